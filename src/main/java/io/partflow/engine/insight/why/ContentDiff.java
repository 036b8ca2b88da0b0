package io.partflow.engine.insight.why;

import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.TextBody;
import io.partflow.engine.insight.why.Difference.Change;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What makes a request differ from an earlier one: part by part, field by field, word by word. Pure.
public final class ContentDiff {
    /*
     * Equal parts in the same order (a longest common subsequence of their hashes) are set aside. Of the parts
     * between them, those with the equal one elsewhere have moved; the rest are paired in order and compared field
     * by field; what is left over was added or removed.
     */
    private static final int SHOWN_CHARACTERS = 200;
    private static final long MOST_CELLS = 4_000_000;

    private final RequestPrint earlier;
    private final @Nullable List<Part> earlierParts;
    private final RequestPrint now;
    private final @Nullable List<Part> nowParts;
    private final List<Difference> differences = new ArrayList<>();

    private ContentDiff(
            RequestPrint earlier, @Nullable List<Part> earlierParts, RequestPrint now, @Nullable List<Part> nowParts) {
        this.earlier = earlier;
        this.earlierParts = earlierParts;
        this.now = now;
        this.nowParts = nowParts;
    }

    /// The differences, in the order of the parts.
    ///
    /// @param earlierParts null where they are no longer held; then the fields are named without their values
    public static List<Difference> of(
            RequestPrint earlier, @Nullable List<Part> earlierParts, RequestPrint now, @Nullable List<Part> nowParts) {
        ContentDiff diff = new ContentDiff(earlier, earlierParts, now, nowParts);
        diff.align();
        return List.copyOf(diff.differences);
    }

    private void align() {
        long[] before = earlier.parts().stream().mapToLong(PartPrint::whole).toArray();
        long[] after = now.parts().stream().mapToLong(PartPrint::whole).toArray();
        boolean[] keptBefore = new boolean[before.length];
        boolean[] keptAfter = new boolean[after.length];
        if ((long) before.length * after.length <= MOST_CELLS) {
            keepCommon(before, after, keptBefore, keptAfter);
        }
        Set<Integer> movedFrom = new HashSet<>();
        List<Integer> left = new ArrayList<>();
        for (int j = 0; j < after.length; j++) {
            if (keptAfter[j]) {
                continue;
            }
            int from = indexOf(before, after[j], keptBefore, movedFrom);
            if (from >= 0) {
                movedFrom.add(from);
                differences.add(
                        new Difference(Change.MOVED, j, "", Integer.toString(from), Integer.toString(j), List.of()));
            } else {
                left.add(j);
            }
        }
        List<Integer> gone = new ArrayList<>();
        for (int i = 0; i < before.length; i++) {
            if (!keptBefore[i] && !movedFrom.contains(i)) {
                gone.add(i);
            }
        }
        int pairs = Math.min(left.size(), gone.size());
        for (int k = 0; k < pairs; k++) {
            fields(gone.get(k), left.get(k));
        }
        for (int k = pairs; k < left.size(); k++) {
            differences.add(whole(Change.ADDED, left.get(k), "", shown(nowParts, left.get(k))));
        }
        for (int k = pairs; k < gone.size(); k++) {
            differences.add(whole(Change.REMOVED, gone.get(k), shown(earlierParts, gone.get(k)), ""));
        }
    }

    private static Difference whole(Change change, int part, String before, String after) {
        return new Difference(change, part, "", before, after, List.of());
    }

    private static void keepCommon(long[] before, long[] after, boolean[] keptBefore, boolean[] keptAfter) {
        int[][] common = new int[before.length + 1][after.length + 1];
        for (int i = before.length - 1; i >= 0; i--) {
            for (int j = after.length - 1; j >= 0; j--) {
                common[i][j] =
                        before[i] == after[j] ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        int i = 0;
        int j = 0;
        while (i < before.length && j < after.length) {
            if (before[i] == after[j]) {
                keptBefore[i++] = true;
                keptAfter[j++] = true;
            } else if (common[i + 1][j] >= common[i][j + 1]) {
                i++;
            } else {
                j++;
            }
        }
    }

    private static int indexOf(long[] all, long wanted, boolean[] kept, Set<Integer> taken) {
        for (int i = 0; i < all.length; i++) {
            if (all[i] == wanted && !kept[i] && !taken.contains(i)) {
                return i;
            }
        }
        return -1;
    }

    private void fields(int before, int after) {
        PartPrint old = earlier.parts().get(before);
        PartPrint fresh = now.parts().get(after);
        Part oldPart = earlierParts == null ? null : earlierParts.get(before);
        Part newPart = nowParts == null ? null : nowParts.get(after);
        if (old.body() != fresh.body()) {
            differences.add(body(after, fresh, oldPart, newPart));
        }
        if (old.role() != fresh.role()) {
            changed(after, "role", oldPart == null ? "" : oldPart.role(), newPart == null ? "" : newPart.role());
        }
        if (old.substream() != fresh.substream()) {
            changed(
                    after,
                    "substream_name",
                    oldPart == null ? "" : oldPart.substream(),
                    newPart == null ? "" : newPart.substream());
        }
        if (!old.mimeType().equals(fresh.mimeType())) {
            changed(after, "mimetype", old.mimeType(), fresh.mimeType());
        }
        for (String name : names(old, fresh)) {
            Long was = old.field(name);
            Long is = fresh.field(name);
            if (was == null || !was.equals(is)) {
                differences.add(new Difference(
                        was == null ? Change.ADDED : is == null ? Change.REMOVED : Change.CHANGED,
                        after,
                        "metadata." + name,
                        value(oldPart, name),
                        value(newPart, name),
                        List.of()));
            }
        }
    }

    private static Set<String> names(PartPrint old, PartPrint fresh) {
        Set<String> names = new TreeSet<>();
        old.metadata().forEach(field -> names.add(field.name()));
        fresh.metadata().forEach(field -> names.add(field.name()));
        return names;
    }

    private static Difference body(int at, PartPrint fresh, @Nullable Part oldPart, @Nullable Part newPart) {
        List<TextDiff.Edit> edits = oldPart != null
                        && newPart != null
                        && oldPart.body() instanceof TextBody(String was)
                        && newPart.body() instanceof TextBody(String is)
                ? TextDiff.of(was, is)
                : List.of();
        return new Difference(
                Change.CHANGED,
                at,
                fresh.sketch() == null ? "data" : "text",
                oldPart == null ? "" : shown(oldPart),
                newPart == null ? "" : shown(newPart),
                edits);
    }

    private void changed(int at, String field, String was, String is) {
        differences.add(new Difference(Change.CHANGED, at, field, was, is, List.of()));
    }

    private static String value(@Nullable Part part, String name) {
        JsonValue value = part == null ? null : part.metadata(name);
        return value == null ? "" : shortened(value.toJson());
    }

    private static String shown(@Nullable List<Part> parts, int at) {
        return parts == null ? "" : shown(parts.get(at));
    }

    private static String shown(Part part) {
        return part.body() instanceof TextBody(String text)
                ? shortened(text)
                : part.mimeType() + ", " + part.sizeBytes() + " bytes";
    }

    private static String shortened(String text) {
        if (text.length() <= SHOWN_CHARACTERS) {
            return text;
        }
        int end = text.offsetByCodePoints(0, text.codePointCount(0, SHOWN_CHARACTERS));
        return text.substring(0, end) + "…";
    }
}

package io.partflow.engine.insight.why;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What was taken out of a text and put in, word by word. Pure.
public final class TextDiff {
    /*
     * Words and what stands between them are the tokens. Common ones at both ends are set aside; the middle is a
     * longest common subsequence by dynamic programming, or one replacement where the table would be too large.
     */
    private static final Pattern TOKEN = Pattern.compile("[\\p{L}\\p{N}_]+|\\s+|[^\\p{L}\\p{N}_\\s]");
    private static final long MOST_CELLS = 1_000_000;

    /// A stretch of text.
    public record Edit(Kind kind, String text) {}

    /// What became of a stretch.
    public enum Kind {
        SAME,
        REMOVED,
        ADDED
    }

    private TextDiff() {}

    /// The stretches in order: those of kind SAME and REMOVED make the earlier text, SAME and ADDED the later one.
    public static List<Edit> of(String earlier, String later) {
        List<String> before = tokens(earlier);
        List<String> after = tokens(later);
        int start = 0;
        int shorter = Math.min(before.size(), after.size());
        while (start < shorter && before.get(start).equals(after.get(start))) {
            start++;
        }
        int end = 0;
        while (end < shorter - start && before.get(before.size() - 1 - end).equals(after.get(after.size() - 1 - end))) {
            end++;
        }
        Edits edits = new Edits();
        before.subList(0, start).forEach(token -> edits.add(Kind.SAME, token));
        middle(before.subList(start, before.size() - end), after.subList(start, after.size() - end), edits);
        before.subList(before.size() - end, before.size()).forEach(token -> edits.add(Kind.SAME, token));
        return edits.done();
    }

    private static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            tokens.add(matcher.group());
        }
        return tokens;
    }

    private static void middle(List<String> before, List<String> after, Edits edits) {
        if ((long) before.size() * after.size() > MOST_CELLS) {
            before.forEach(token -> edits.add(Kind.REMOVED, token));
            after.forEach(token -> edits.add(Kind.ADDED, token));
            return;
        }
        int[][] common = new int[before.size() + 1][after.size() + 1];
        for (int i = before.size() - 1; i >= 0; i--) {
            for (int j = after.size() - 1; j >= 0; j--) {
                common[i][j] = before.get(i).equals(after.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        int i = 0;
        int j = 0;
        while (i < before.size() || j < after.size()) {
            if (i < before.size() && j < after.size() && before.get(i).equals(after.get(j))) {
                edits.add(Kind.SAME, before.get(i++));
                j++;
            } else if (j == after.size() || (i < before.size() && common[i + 1][j] >= common[i][j + 1])) {
                edits.add(Kind.REMOVED, before.get(i++));
            } else {
                edits.add(Kind.ADDED, after.get(j++));
            }
        }
    }

    /// Joins tokens of one kind to stretches.
    private static final class Edits {
        private final List<Edit> done = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();
        private Kind kind = Kind.SAME;

        void add(Kind next, String token) {
            if (next != kind) {
                flush();
                kind = next;
            }
            text.append(token);
        }

        private void flush() {
            if (!text.isEmpty()) {
                done.add(new Edit(kind, text.toString()));
                text.setLength(0);
            }
        }

        List<Edit> done() {
            flush();
            return List.copyOf(done);
        }
    }
}

package io.partflow.engine.content;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// An ordered list of parts, such as a prompt or an answer; may be empty.
public record Content(List<Part> parts) implements Iterable<Part> {
    public static final Content EMPTY = new Content(List.of());

    /// What becomes of parts of another kind than those asked for.
    public enum Others {
        LEFT_OUT,
        REFUSED
    }

    /// Texts of a model that thinks aloud.
    ///
    /// @param reasoning what it thought; may be empty
    /// @param text what it answered; may be empty
    public record Reasoned(String reasoning, String text) {}

    public Content {
        parts = List.copyOf(parts);
    }

    public static Content of(Part... parts) {
        return new Content(List.of(parts));
    }

    public static Content of(List<Part> parts) {
        return new Content(parts);
    }

    /// Number of parts.
    public int size() {
        return parts.size();
    }

    public boolean isEmpty() {
        return parts.isEmpty();
    }

    /// Sum of [Part#sizeBytes].
    public long sizeBytes() {
        long sum = 0;
        for (Part part : parts) {
            sum += part.sizeBytes();
        }
        return sum;
    }

    /// The text of all text parts, without separator; other parts are left out.
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            if (part.isText()) {
                text.append(part.text());
            }
        }
        return text.toString();
    }

    /// The text of the text parts on one substream, without separator.
    public String text(String substream) {
        return of(parts.stream()
                        .filter(part -> part.substream().equals(substream))
                        .toList())
                .text();
    }

    /// The text of all parts, without separator.
    ///
    /// @throws IllegalStateException when a part is no text; the message names its place and MIME type
    public String onlyText() {
        return only("text", Part::isText, Others.REFUSED).text();
    }

    /// The text of the parts that think aloud, apart from that of the others; what is no text is left out.
    public Reasoned reasoned() {
        Map<Boolean, List<Part>> split = parts.stream().collect(Collectors.partitioningBy(Content::isThought));
        return new Reasoned(
                of(split.getOrDefault(true, List.of())).text(),
                of(split.getOrDefault(false, List.of())).text());
    }

    private static boolean isThought(Part part) {
        JsonValue thought = part.bodyFields().get("thought");
        return thought != null && thought.isTruthy();
    }

    /// The images, in order.
    ///
    /// @throws IllegalStateException when another part is there and is refused
    public Content images(Others others) {
        return only("an image", Part::isImage, others);
    }

    /// The videos, in order.
    ///
    /// @throws IllegalStateException when another part is there and is refused
    public Content videos(Others others) {
        return only("a video", part -> MimeType.isVideo(part.mimeType()), others);
    }

    private Content only(String kind, Predicate<Part> wanted, Others others) {
        List<Part> some = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            if (wanted.test(part)) {
                some.add(part);
            } else if (others == Others.REFUSED) {
                throw new IllegalStateException("part " + i + " is not " + kind + " but " + part.mimeType());
            }
        }
        return of(some);
    }

    /// The parts of each MIME type, in the order in which the types come first. Immutable.
    public Map<String, Content> byMimeType() {
        Map<String, List<Part>> groups = new LinkedHashMap<>();
        parts.forEach(part -> groups.computeIfAbsent(part.mimeType(), type -> new ArrayList<>())
                .add(part));
        Map<String, Content> contents = new LinkedHashMap<>();
        groups.forEach((type, some) -> contents.put(type, of(some)));
        return Collections.unmodifiableMap(contents);
    }

    /// The turns: each goes up to the part that ends it, which belongs to it; the last one may be unended. None is
    /// empty.
    public List<Content> turns() {
        List<Content> turns = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).isEndOfTurn() || i == parts.size() - 1) {
                turns.add(of(parts.subList(from, i + 1)));
                from = i + 1;
            }
        }
        return List.copyOf(turns);
    }

    /// The runs: neighbouring parts of one role and substream, those that are files apart from those that are not; as
    /// the messages of a conversation are made. None is empty.
    public List<Content> runs() {
        List<Content> runs = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < parts.size(); i++) {
            if (i == parts.size() - 1 || !isOneRun(parts.get(i), parts.get(i + 1))) {
                runs.add(of(parts.subList(from, i + 1)));
                from = i + 1;
            }
        }
        return List.copyOf(runs);
    }

    /// Whether two neighbouring parts belong to one of the [#runs()].
    public static boolean isOneRun(Part one, Part next) {
        return one.role().equals(next.role())
                && one.substream().equals(next.substream())
                && isFile(one) == isFile(next);
    }

    private static boolean isFile(Part part) {
        return part.metadata("is_file") instanceof JsonValue file && file.isTruthy();
    }

    @Override
    public Iterator<Part> iterator() {
        return parts.iterator();
    }
}

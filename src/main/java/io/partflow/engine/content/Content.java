package io.partflow.engine.content;

import java.util.Iterator;
import java.util.List;

/// An ordered list of parts, such as a prompt or an answer; may be empty.
public record Content(List<Part> parts) implements Iterable<Part> {
    public static final Content EMPTY = new Content(List.of());

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

    @Override
    public Iterator<Part> iterator() {
        return parts.iterator();
    }
}

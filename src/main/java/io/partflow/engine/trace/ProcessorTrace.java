package io.partflow.engine.trace;

import io.partflow.engine.content.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What genai-processors has written down of one traced call: what went in and came out, what went wrong, and the
/// calls made inside. Immutable.
///
/// Times are milliseconds since the start of the outermost trace of the file.
///
/// @param name of the processor, as that program calls it
/// @param id as written; empty if unknown
/// @param endMillis when it ended, or null if it never did
/// @param error the text of what ended it, or null
/// @param cancelled whether it was cancelled
/// @param events in the order they were written down, which is not always that of their times
public record ProcessorTrace(
        String name,
        String id,
        double startMillis,
        @Nullable Double endMillis,
        @Nullable String error,
        Cancelled cancelled,
        List<Event> events) {
    /// Whether a call was cancelled.
    public enum Cancelled {
        YES,
        NO
    }

    /// Which way a part went.
    public enum Direction {
        INPUT,
        OUTPUT
    }

    /// How a call came about.
    public enum Relation {
        /// It was made inside the other.
        CALL,
        /// It is fed by another traced stream.
        CHAIN;

        /// As written.
        public String id() {
            return this == CALL ? "call" : "chain";
        }
    }

    /// Something that happened during the call.
    public sealed interface Event {
        double atMillis();
    }

    /// A part that went in or came out.
    ///
    /// @param hash names the part within the file
    /// @param part null when the file left its content out
    public record PartSeen(
            double atMillis,
            Direction direction,
            String hash,
            @Nullable Part part) implements Event {}

    /// A call inside.
    public record SubTrace(double atMillis, Relation relation, ProcessorTrace trace) implements Event {}

    /// What went wrong, as a text of several lines.
    public record ErrorSeen(double atMillis, String message) implements Event {}

    public ProcessorTrace {
        events = List.copyOf(events);
    }

    /// The parts that went that way, in order.
    public List<PartSeen> parts(Direction direction) {
        return events.stream()
                .filter(PartSeen.class::isInstance)
                .map(PartSeen.class::cast)
                .filter(seen -> seen.direction() == direction)
                .toList();
    }

    /// The calls inside, in order.
    public List<SubTrace> inside() {
        return events.stream()
                .filter(SubTrace.class::isInstance)
                .map(SubTrace.class::cast)
                .toList();
    }

    /// The last line of the error, which names it; empty without error.
    public Optional<String> errorName() {
        String text = error;
        return text == null ? Optional.empty() : Optional.of(lastLine(text));
    }

    /// The last line of a text that is not blank.
    public static String lastLine(String text) {
        String stripped = text.strip();
        return stripped.substring(stripped.lastIndexOf('\n') + 1);
    }

    /// How long the call took; empty if it never ended.
    public OptionalDouble tookMillis() {
        Double end = endMillis;
        return end == null ? OptionalDouble.empty() : OptionalDouble.of(end - startMillis);
    }

    /// This trace and all inside, each before those inside it.
    public List<ProcessorTrace> all() {
        List<ProcessorTrace> all = new ArrayList<>();
        visit(all::add);
        return all;
    }

    private void visit(Consumer<ProcessorTrace> visitor) {
        visitor.accept(this);
        inside().forEach(sub -> sub.trace().visit(visitor));
    }
}

package io.partflow.engine.trace;

import io.partflow.engine.content.Part;
import io.partflow.engine.trace.ProcessorTrace.Direction;
import io.partflow.engine.trace.ProcessorTrace.PartSeen;
import io.partflow.engine.trace.RecordedLine.RecordedPart;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The parts that went into, or came out of, one call of a genai-processors trace. Confined to one thread.
final class TraceTape implements ReplayTape {
    private final List<RecordedPart> parts = new ArrayList<>();
    private final String note;
    private int next;

    TraceTape(Path file, ProcessorTraceFile traces, String node) throws RecordingException {
        List<PartSeen> seen = node.isEmpty() ? inputs(traces) : outputs(file, traces, node);
        double at = 0;
        int missing = 0;
        for (PartSeen each : seen) {
            // Times are taken by several tasks there, and a stream cannot go back.
            at = Math.max(at, each.atMillis());
            Part part = each.part();
            if (part == null) {
                missing++;
            } else {
                long number = parts.size() + 1L;
                parts.add(new RecordedPart(at, number, node, "out", part, number));
            }
        }
        note = missing == 0
                ? ""
                : file.getFileName() + " lacks the content of " + missing + " of the " + seen.size()
                        + " parts: they were too large for it. The others were replayed.";
    }

    private static List<PartSeen> inputs(ProcessorTraceFile traces) {
        return traces.root().all().stream()
                .map(trace -> trace.parts(Direction.INPUT))
                .filter(inputs -> !inputs.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private static List<PartSeen> outputs(Path file, ProcessorTraceFile traces, String node) throws RecordingException {
        ProcessorTrace trace = traces.named(node);
        if (trace == null) {
            throw new RecordingException(
                    "TRACE_NO_SUCH_NODE",
                    file,
                    0,
                    "the trace has no processor named \"" + node + "\"",
                    "Choose one of: "
                            + traces.root().all().stream()
                                    .map(ProcessorTrace::name)
                                    .distinct()
                                    .limit(20)
                                    .collect(Collectors.joining(", "))
                            + ".");
        }
        return trace.parts(Direction.OUTPUT);
    }

    @Override
    public @Nullable RecordedPart next() {
        return next < parts.size() ? parts.get(next++) : null;
    }

    @Override
    public void windToMoment(double atMillis) {
        next = 0;
        while (next < parts.size() && parts.get(next).atMillis() < atMillis) {
            next++;
        }
    }

    @Override
    public void windToPart(long number) {
        next = Math.clamp(number - 1, 0, parts.size());
    }

    @Override
    public long nextNumber() {
        return next + 1L;
    }

    @Override
    public double nextMillis() {
        return parts.isEmpty()
                ? 0
                : Objects.requireNonNull(parts.get(Math.min(next, parts.size() - 1)))
                        .atMillis();
    }

    @Override
    public Optional<String> note() {
        return note.isEmpty() ? Optional.empty() : Optional.of(note);
    }

    @Override
    public void close() {
        // All of it is in memory.
    }
}

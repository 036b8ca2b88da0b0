package io.partflow.ui.inspect.trace;

import io.partflow.engine.content.Part;
import io.partflow.engine.trace.ProcessorTrace;
import io.partflow.engine.trace.ProcessorTrace.Cancelled;
import io.partflow.engine.trace.ProcessorTrace.Direction;
import io.partflow.engine.trace.ProcessorTrace.ErrorSeen;
import io.partflow.engine.trace.ProcessorTrace.Event;
import io.partflow.engine.trace.ProcessorTrace.PartSeen;
import io.partflow.engine.trace.ProcessorTrace.SubTrace;
import io.partflow.engine.trace.ProcessorTraceFile;
import io.partflow.engine.trace.RecordedLine;
import io.partflow.engine.trace.RecordedLine.RecordedEnd;
import io.partflow.engine.trace.RecordedLine.RecordedPart;
import io.partflow.engine.trace.RecordedLine.RecordedRequest;
import io.partflow.engine.trace.RecordingException;
import io.partflow.engine.trace.RecordingReader;
import io.partflow.ui.inspect.trace.TraceItem.Kind;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Messages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Makes trees of trace files and recordings. Pure functions that read files: they belong on no interface thread.
final class TraceTrees {
    /// How many parts of a recording are shown; the rest is counted.
    static final int MOST_PARTS = 2_000;

    private static final int TITLE_CHARACTERS = 120;

    private TraceTrees() {}

    /// @throws RecordingException when the file is neither a recording nor a trace, or a trace that is damaged
    static TraceItem read(Path file) throws IOException, RecordingException {
        return ProcessorTraceFile.isLikely(file)
                ? of(
                        ProcessorTraceFile.read(file, RecordingReader.DEFAULT_MAX_BYTES)
                                .root(),
                        "")
                : ofRecording(file);
    }

    // ---- traces of genai-processors

    private static TraceItem of(ProcessorTrace trace, String relation) {
        List<TraceItem> children = new ArrayList<>();
        for (Event event : trace.events()) {
            children.add(
                    switch (event) {
                        case SubTrace sub -> of(sub.trace(), sub.relation().id());
                        case PartSeen seen ->
                            TraceItem.ofPart(
                                    seen.direction() == Direction.INPUT ? Kind.INPUT : Kind.OUTPUT,
                                    seen.atMillis(),
                                    title(seen),
                                    seen.part());
                        case ErrorSeen error ->
                            TraceItem.ofText(
                                    Kind.ERROR,
                                    error.atMillis(),
                                    ProcessorTrace.lastLine(error.message()),
                                    error.message());
                    });
        }
        return new TraceItem(
                trace.errorName().isPresent() ? Kind.FAILED_CALL : Kind.CALL,
                trace.name(),
                relation,
                trace.startMillis(),
                trace.tookMillis().isPresent() ? trace.tookMillis().getAsDouble() : null,
                (long) trace.parts(Direction.INPUT).size(),
                (long) trace.parts(Direction.OUTPUT).size(),
                state(trace),
                null,
                children);
    }

    private static String state(ProcessorTrace trace) {
        if (trace.errorName().isPresent()) {
            return trace.errorName().get();
        }
        if (trace.cancelled() == Cancelled.YES) {
            return Messages.text("inspect.trace.cancelled");
        }
        return Messages.text(trace.tookMillis().isPresent() ? "inspect.trace.completed" : "inspect.trace.unfinished");
    }

    private static String title(PartSeen seen) {
        Part part = seen.part();
        return part == null ? Messages.text("inspect.trace.leftout") : title(part);
    }

    private static String title(Part part) {
        String lane = part.substream().isEmpty() ? "" : part.substream() + ": ";
        if (!part.isText()) {
            return lane + part.mimeType() + ", " + Formats.bytes(part.body().sizeBytes());
        }
        String text = part.text();
        int end = Math.min(text.length(), TITLE_CHARACTERS);
        if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return lane + text.substring(0, end).replaceAll("\\s+", " ").strip() + (end < text.length() ? "…" : "");
    }

    // ---- recordings

    /// What one node emitted, while it is being read.
    private static final class Emitted {
        final List<TraceItem> shown = new ArrayList<>();
        long parts;
        double first;
        double last;
    }

    private static TraceItem ofRecording(Path file) throws IOException, RecordingException {
        try (RecordingReader reader = RecordingReader.open(file)) {
            Map<String, Emitted> nodes = new LinkedHashMap<>();
            List<TraceItem> notes = new ArrayList<>();
            int shown = 0;
            String state = Messages.text("inspect.trace.interrupted");
            double last = 0;
            boolean more = true;
            while (more) {
                try {
                    RecordedLine line = reader.next();
                    more = line != null;
                    switch (line) {
                        case RecordedPart part -> {
                            last = part.atMillis();
                            Emitted emitted = nodes.computeIfAbsent(part.node(), node -> new Emitted());
                            shown += add(emitted, part, shown);
                        }
                        case RecordedEnd end -> state = end.status();
                        case RecordedRequest request -> last = request.atMillis();
                        case null -> {
                            // the end
                        }
                    }
                } catch (RecordingException bad) {
                    if (notes.size() < 20) {
                        notes.add(TraceItem.ofText(Kind.ERROR, null, String.valueOf(bad.getMessage()), bad.remedy()));
                    }
                }
            }
            reader.note().ifPresent(note -> notes.add(TraceItem.ofText(Kind.NOTE, null, note, "")));
            List<TraceItem> children = new ArrayList<>(notes);
            nodes.forEach((id, emitted) -> children.add(node(id, emitted)));
            long all = nodes.values().stream().mapToLong(each -> each.parts).sum();
            String pipeline = reader.header().pipeline();
            return new TraceItem(
                    Kind.CALL,
                    pipeline.isEmpty() ? String.valueOf(file.getFileName()) : pipeline,
                    "",
                    0.0,
                    last,
                    null,
                    all,
                    state,
                    null,
                    children);
        }
    }

    private static int add(Emitted emitted, RecordedPart part, int shown) {
        emitted.first = emitted.parts == 0 ? part.atMillis() : emitted.first;
        emitted.last = part.atMillis();
        emitted.parts++;
        if (shown >= MOST_PARTS) {
            return 0;
        }
        emitted.shown.add(TraceItem.ofPart(Kind.OUTPUT, part.atMillis(), title(part.part()), part.part()));
        return 1;
    }

    private static TraceItem node(String id, Emitted emitted) {
        List<TraceItem> children = new ArrayList<>(emitted.shown);
        long more = emitted.parts - emitted.shown.size();
        if (more > 0) {
            children.add(TraceItem.ofText(
                    Kind.NOTE, null, Messages.text("inspect.trace.more", Formats.count(more, "part", "parts")), ""));
        }
        return new TraceItem(
                Kind.NODE,
                id.isEmpty() ? Messages.text("inspect.trace.nonode") : id,
                "",
                emitted.first,
                emitted.last - emitted.first,
                null,
                emitted.parts,
                "",
                null,
                children);
    }
}

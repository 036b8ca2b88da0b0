package io.partflow.engine.insight;

import io.partflow.engine.cache.KeyFunction;
import io.partflow.engine.cache.Outcome;
import io.partflow.engine.content.ContentHash;
import io.partflow.engine.insight.curve.AccessTrace;
import io.partflow.engine.trace.RecordedLine;
import io.partflow.engine.trace.RecordedLine.RecordedEnd;
import io.partflow.engine.trace.RecordedLine.RecordedPart;
import io.partflow.engine.trace.RecordedLine.RecordedRequest;
import io.partflow.engine.trace.RecordingException;
import io.partflow.engine.trace.RecordingReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// Accesses read from a file: keys one a line (also compressed by gzip), a recording, or the calls in a trace file of
/// genai-processors. Immutable.
///
/// @param traces by node; a file of keys has one, under an empty name
/// @param notes what should be said about the file, such as lines that could not be used
public record TraceFile(Map<String, AccessTrace> traces, List<String> notes) {
    private static final String SEPARATOR = "*";
    private static final int MOST_NOTES = 20;

    public TraceFile {
        traces = Map.copyOf(traces);
        notes = List.copyOf(notes);
    }

    /// Reads a file of either kind.
    ///
    /// @throws RecordingException when it starts like a recording and is none that can be read
    /// @throws IOException when it cannot be read, or is not UTF-8
    public static TraceFile read(Path file) throws IOException, RecordingException {
        if (TracedCalls.isTraceFile(file)) {
            RecordedHistories calls = TracedCalls.histories(file);
            Map<String, AccessTrace> traces = new LinkedHashMap<>();
            calls.histories().forEach((name, history) -> traces.put(name, history.trace()));
            return new TraceFile(traces, calls.notes());
        }
        return isRecording(file) ? recording(file) : keys(file);
    }

    private static boolean isRecording(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(256);
            return start.length > 0
                    && start[0] == '{'
                    && new String(start, StandardCharsets.UTF_8).contains("partflow-recording");
        }
    }

    private static TraceFile keys(Path file) throws IOException {
        AccessTrace.Builder trace = new AccessTrace.Builder();
        try (InputStream in = Files.newInputStream(file);
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(unzipped(in), StandardCharsets.UTF_8.newDecoder()))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String key = line.strip();
                if (!key.isEmpty() && !key.equals(SEPARATOR)) {
                    trace.add(key);
                }
            }
        }
        return new TraceFile(Map.of("", trace.build()), List.of());
    }

    private static InputStream unzipped(InputStream in) throws IOException {
        PushbackInputStream start = new PushbackInputStream(in, 2);
        byte[] magic = start.readNBytes(2);
        start.unread(magic);
        return magic.length == 2 && magic[0] == (byte) 0x1f && magic[1] == (byte) 0x8b
                ? new GZIPInputStream(start)
                : start;
    }

    /// The requests to caches where the recording has them, else the source parts by their default keys.
    private static TraceFile recording(Path file) throws IOException, RecordingException {
        Map<String, List<Asked>> requests = new LinkedHashMap<>();
        Map<String, List<Asked>> parts = new LinkedHashMap<>();
        List<String> notes = new ArrayList<>();
        try (RecordingReader reader = RecordingReader.open(file)) {
            boolean more = true;
            while (more) {
                try {
                    RecordedLine line = reader.next();
                    more = line != null;
                    if (line != null) {
                        add(line, reader, requests, parts);
                    }
                } catch (RecordingException bad) {
                    if (notes.size() < MOST_NOTES) {
                        notes.add(bad.getMessage());
                    }
                }
            }
            reader.note().ifPresent(notes::add);
        }
        Map<String, AccessTrace> traces = new LinkedHashMap<>();
        (requests.isEmpty() ? parts : requests).forEach((node, asked) -> traces.put(node, trace(asked)));
        return new TraceFile(traces, notes);
    }

    /// Requests end, and are written, in an order that depends on the speed of the run; they are taken as they began.
    private static AccessTrace trace(List<Asked> asked) {
        AccessTrace.Builder trace = new AccessTrace.Builder();
        asked.stream().sorted(Comparator.comparingDouble(Asked::atMillis)).forEach(each -> each.addTo(trace));
        return trace.build();
    }

    /// A key that was asked for.
    private record Asked(
            double atMillis,
            Object key,
            long bytes,
            @Nullable Outcome outcome,
            long computeNanos) {
        void addTo(AccessTrace.Builder trace) {
            if (outcome == null) {
                trace.add(key, bytes, (long) atMillis);
            } else {
                trace.add(key, bytes, (long) atMillis, outcome, computeNanos);
            }
        }
    }

    private static void add(
            RecordedLine line,
            RecordingReader reader,
            Map<String, List<Asked>> requests,
            Map<String, List<Asked>> parts) {
        switch (line) {
            case RecordedRequest request -> {
                boolean asked = request.outcome() != Outcome.UNCACHEABLE && request.outcome() != Outcome.BYPASSED;
                if (asked && !request.key().isEmpty()) {
                    Long bytes = request.answer().bytes();
                    Long cost = request.answer().costNanos();
                    requests.computeIfAbsent(request.node(), node -> new ArrayList<>())
                            .add(new Asked(
                                    request.askedMillis(),
                                    request.key(),
                                    bytes == null ? 1 : bytes,
                                    request.outcome(),
                                    cost == null ? -1 : cost));
                }
            }
            case RecordedPart part -> {
                // parts on reserved substreams go past the nodes that would ask a cache
                boolean counts = reader.header().isSource(part.node())
                        && !reader.header().reserved().holds(part.part());
                ContentHash hash = counts ? KeyFunction.DEFAULT.hash(List.of(part.part())) : null;
                if (hash != null) {
                    parts.computeIfAbsent(part.node(), node -> new ArrayList<>())
                            .add(new Asked(part.atMillis(), hash, part.part().sizeBytes(), null, -1));
                }
            }
            case RecordedEnd end -> {}
        }
    }
}

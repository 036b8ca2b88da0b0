package io.partflow.engine.trace;

import io.partflow.engine.cache.Outcome;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.trace.RecordedLine.RecordedEnd;
import io.partflow.engine.trace.RecordedLine.RecordedPart;
import io.partflow.engine.trace.RecordedLine.RecordedRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a recording holds, in numbers. Immutable; its size depends on how many nodes there are, not on how long the
/// recording is.
///
/// @param durationMillis the moment of the last line; 0 without lines
/// @param parts how many parts it holds
/// @param replayedParts how many of them a replay emits
/// @param bytes the sum of their sizes
/// @param nodes what each node emitted, in the order of their first parts
/// @param requests how the requests to each node's cache ended, in the order of their first requests
/// @param misses moments of requests that were misses, in order; the first [#MOST_MISSES]
/// @param end how the run ended, or null if it was interrupted
/// @param unknownFields where parts have fields that this version does not know, as JSON pointers, each
/// once; they are kept and replayed; the first [#MOST_PROBLEMS]
/// @param problems what is wrong with single lines; the first [#MOST_PROBLEMS]
/// @param badLines how many lines could not be read
/// @param note what should be said about the file as a whole; empty when all is well
public record RecordingOutline(
        RecordingHeader header,
        double durationMillis,
        long parts,
        long replayedParts,
        long bytes,
        Map<String, Emitted> nodes,
        Map<String, Map<Outcome, Long>> requests,
        List<Double> misses,
        @Nullable RecordedEnd end,
        List<String> unknownFields,
        List<Failure> problems,
        long badLines,
        String note) {
    /// The most problems of single lines that are kept.
    public static final int MOST_PROBLEMS = 20;

    /// The most moments of misses that are kept.
    public static final int MOST_MISSES = 10_000;

    /// What one node emitted.
    ///
    /// @param source whether a replay emits its parts
    public record Emitted(Replayed source, long parts, long bytes, double firstMillis, double lastMillis) {
        /// Whether a replay emits the node's parts.
        public enum Replayed {
            YES,
            NO
        }

        private Emitted and(RecordedPart part) {
            return new Emitted(source, parts + 1, bytes + part.part().sizeBytes(), firstMillis, part.atMillis());
        }
    }

    public RecordingOutline {
        unknownFields = List.copyOf(unknownFields);
        problems = List.copyOf(problems);
        misses = List.copyOf(misses);
    }

    /// Reads a recording to its end, one line at a time.
    ///
    /// @param maxBytes the longest line and the largest media file to read, at least 1
    /// @throws RecordingException when the file is no recording
    /// @throws IOException when it cannot be read
    public static RecordingOutline read(Path file, long maxBytes) throws IOException, RecordingException {
        try (RecordingReader reader = RecordingReader.open(file, maxBytes)) {
            return new Count(reader).read();
        }
    }

    /// One reading. Confined to its thread.
    private static final class Count {
        private final RecordingReader reader;
        private final Map<String, Emitted> nodes = new LinkedHashMap<>();
        private final Map<String, Map<Outcome, Long>> requests = new LinkedHashMap<>();
        private final List<Double> misses = new ArrayList<>();
        private final Set<String> unknownFields = new LinkedHashSet<>();
        private final List<Failure> problems = new ArrayList<>();
        private double duration;
        private long badLines;
        private @Nullable RecordedEnd end;

        Count(RecordingReader reader) {
            this.reader = reader;
        }

        RecordingOutline read() throws IOException {
            boolean more = true;
            while (more) {
                try {
                    RecordedLine line = reader.next();
                    more = line != null;
                    if (line != null) {
                        duration = line.atMillis();
                        count(line);
                    }
                } catch (RecordingException bad) {
                    badLines++;
                    if (problems.size() < MOST_PROBLEMS) {
                        problems.add(bad.failure());
                    }
                }
            }
            return new RecordingOutline(
                    reader.header(),
                    duration,
                    nodes.values().stream().mapToLong(Emitted::parts).sum(),
                    nodes.values().stream()
                            .filter(node -> node.source() == Emitted.Replayed.YES)
                            .mapToLong(Emitted::parts)
                            .sum(),
                    nodes.values().stream().mapToLong(Emitted::bytes).sum(),
                    nodes,
                    requests,
                    misses,
                    end,
                    List.copyOf(unknownFields),
                    problems,
                    badLines,
                    reader.note().orElse(""));
        }

        private void count(RecordedLine line) {
            switch (line) {
                case RecordedPart part -> {
                    for (String field : part.part().unknownFields()) {
                        if (unknownFields.size() < MOST_PROBLEMS) {
                            unknownFields.add(field);
                        }
                    }
                    nodes.put(
                            part.node(),
                            nodes.getOrDefault(
                                            part.node(),
                                            new Emitted(
                                                    reader.header().isSource(part.node())
                                                            ? Emitted.Replayed.YES
                                                            : Emitted.Replayed.NO,
                                                    0,
                                                    0,
                                                    part.atMillis(),
                                                    part.atMillis()))
                                    .and(part));
                }
                case RecordedRequest request -> {
                    requests.computeIfAbsent(request.node(), node -> new EnumMap<>(Outcome.class))
                            .merge(request.outcome(), 1L, Long::sum);
                    if (request.outcome() == Outcome.MISS && misses.size() < MOST_MISSES) {
                        misses.add(request.atMillis());
                    }
                }
                case RecordedEnd last -> end = last;
            }
        }
    }
}

package io.partflow.engine.insight;

import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.cache.KeyFunction;
import io.partflow.engine.cache.Outcome;
import io.partflow.engine.content.ContentHash;
import io.partflow.engine.content.Part;
import io.partflow.engine.insight.history.CacheHistory;
import io.partflow.engine.insight.history.CacheRequest;
import io.partflow.engine.insight.history.InferredDepartures;
import io.partflow.engine.insight.why.RequestPrint;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.trace.RecordedAnswer;
import io.partflow.engine.trace.RecordedCache;
import io.partflow.engine.trace.RecordedLine;
import io.partflow.engine.trace.RecordedLine.RecordedPart;
import io.partflow.engine.trace.RecordedLine.RecordedRequest;
import io.partflow.engine.trace.RecordingException;
import io.partflow.engine.trace.RecordingHeader;
import io.partflow.engine.trace.RecordingLevel;
import io.partflow.engine.trace.RecordingReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What was asked of each node's cache while a run was recorded: what advice, ablation, gaps, regrets and ledger are
/// made of. Immutable.
///
/// @param histories by node; for a trace file by the name of the processor
/// @param notes what the file does not tell
public record RecordedHistories(Map<String, CacheHistory> histories, List<String> notes) {
    /*
     * Requests are taken in the order in which they began: they end, and are written, in an order that depends on how
     * fast the run went, with those that shared a computation right behind it.
     *
     * A recording with requests to caches is read twice: once for the requests, once for the parts they were about.
     * A part is the input of a request when its key under the options of the request's node has the hash of the
     * request's key; so inputs of all nodes are found at level "all", and at level "events" those of nodes that are
     * fed by a source. The input of a node that caches whole streams is all that one port emitted, or all sources.
     * Without requests, every source part counts as a request of a cache with the default settings,
     * whose hits are simulated.
     */
    private static final int MOST_REQUESTS = 1 << 20;
    private static final int MOST_PRINTS = 1 << 16;
    private static final int MOST_NOTES = 20;
    private static final long MOST_STREAM_BYTES = 256L << 20;

    public RecordedHistories {
        histories = Map.copyOf(histories);
        notes = List.copyOf(notes);
    }

    /// Reads a recording, or a trace file of genai-processors.
    ///
    /// @throws RecordingException when it is neither, or cannot be understood
    /// @throws IOException when it cannot be read
    public static RecordedHistories read(Path file) throws IOException, RecordingException {
        return TracedCalls.isTraceFile(file) ? TracedCalls.histories(file) : new Reading(file).histories();
    }

    /// A request with the moment it began, finer than whole milliseconds.
    private record Asked(double atMillis, CacheRequest request) {}

    /// One reading of one recording. Confined to its thread.
    private static final class Reading {
        private final Path file;
        private final List<String> notes = new ArrayList<>();
        private final Map<String, List<Asked>> requests = new TreeMap<>();
        private final Map<String, Map<Long, RequestPrint>> prints = new HashMap<>();
        // By node: the keys that were asked for, by the number of their hash.
        private final Map<String, Map<Long, CacheKey>> wanted = new HashMap<>();
        private final Map<String, List<Long>> overheads = new HashMap<>();
        private @Nullable RecordingHeader header;
        private long read;

        Reading(Path file) {
            this.file = file;
        }

        RecordedHistories histories() throws IOException, RecordingException {
            each(line -> {
                if (line instanceof RecordedRequest request) {
                    asked(request);
                }
            });
            if (requests.isEmpty()) {
                each(line -> {
                    if (line instanceof RecordedPart part) {
                        asDefault(part);
                    }
                });
            } else {
                findInputs();
            }
            if (read > MOST_REQUESTS) {
                notes.add("The recording has " + read + " requests; the first " + MOST_REQUESTS + " are looked at.");
            }
            Map<String, CacheHistory> histories = new LinkedHashMap<>();
            requests.forEach((node, list) -> histories.put(node, history(node, ordered(list))));
            return new RecordedHistories(histories, notes);
        }

        /// Passes every line that can be read.
        private void each(Consumer<RecordedLine> taker) throws IOException, RecordingException {
            try (RecordingReader reader = RecordingReader.open(file)) {
                boolean first = header == null;
                header = reader.header();
                boolean more = true;
                while (more) {
                    try {
                        RecordedLine line = reader.next();
                        more = line != null;
                        if (line != null) {
                            taker.accept(line);
                        }
                    } catch (RecordingException bad) {
                        if (first && notes.size() < MOST_NOTES) {
                            notes.add(bad.getMessage());
                        }
                    }
                }
                if (first) {
                    reader.note().ifPresent(notes::add);
                }
            }
        }

        private void asked(RecordedRequest request) {
            boolean counts = request.outcome() != Outcome.UNCACHEABLE && request.outcome() != Outcome.BYPASSED;
            if (!counts || request.key().isEmpty() || ++read > MOST_REQUESTS) {
                return;
            }
            CacheKey key = CacheKey.parse(request.key());
            long id = key == null ? ContentHash.ofText(request.key()).low() : NodeWatch.id(key);
            RecordedAnswer answer = request.answer();
            Long bytes = answer.bytes();
            Long cost = answer.costNanos();
            Long overhead = answer.overheadNanos();
            if (overhead != null) {
                overheads
                        .computeIfAbsent(request.node(), node -> new ArrayList<>())
                        .add(overhead);
            }
            add(
                    request.node(),
                    request.askedMillis(),
                    new CacheRequest(
                            id,
                            (long) request.askedMillis(),
                            request.outcome(),
                            bytes == null ? 1 : bytes,
                            cost == null ? -1 : cost,
                            answer.usage(),
                            number(answer.hash())));
            if (key != null) {
                wanted.computeIfAbsent(request.node(), node -> new HashMap<>())
                        .putIfAbsent(key.hash().low(), key);
            }
        }

        private void add(String node, double atMillis, CacheRequest request) {
            requests.computeIfAbsent(node, each -> new ArrayList<>()).add(new Asked(atMillis, request));
        }

        private static List<CacheRequest> ordered(List<Asked> list) {
            return list.stream()
                    .sorted(Comparator.comparingDouble(Asked::atMillis))
                    .map(Asked::request)
                    .toList();
        }

        private static long number(@Nullable String answer) {
            CacheKey hash = answer == null ? null : CacheKey.parse(answer);
            return hash == null ? 0 : hash.hash().low() == 0 ? 1 : hash.hash().low();
        }

        private void asDefault(RecordedPart part) {
            RecordingHeader head = header;
            List<Part> input = List.of(part.part());
            // parts on reserved substreams go past the nodes that would ask a cache
            boolean counts = head != null
                    && head.isSource(part.node())
                    && !head.reserved().holds(part.part());
            ContentHash hash = counts ? KeyFunction.DEFAULT.hash(input) : null;
            if (hash == null || ++read > MOST_REQUESTS) {
                return;
            }
            CacheKey key = new CacheKey("", hash);
            add(
                    part.node(),
                    part.atMillis(),
                    new CacheRequest(
                            NodeWatch.id(key),
                            (long) part.atMillis(),
                            Outcome.MISS,
                            Math.max(1, part.part().sizeBytes()),
                            -1,
                            Usage.NONE,
                            0));
            remember(part.node(), key, input, part.atMillis());
        }

        private void findInputs() throws IOException, RecordingException {
            Map<CacheSettings.KeyOptions, KeyFunction> functions = new HashMap<>();
            Map<CacheSettings.KeyOptions, Set<String>> nodes = new HashMap<>();
            StreamsSeen streams = new StreamsSeen();
            for (String node : wanted.keySet()) {
                if (isAskedWhole(node)) {
                    continue;
                }
                CacheSettings.KeyOptions options = cache(node).settings().key();
                functions.computeIfAbsent(options, KeyFunction::of);
                nodes.computeIfAbsent(options, each -> new TreeSet<>()).add(node);
            }
            each(line -> {
                if (line instanceof RecordedPart part) {
                    streams.add(part);
                    List<Part> input = List.of(part.part());
                    functions.forEach((options, function) -> {
                        ContentHash hash = function.hash(input);
                        for (String node : nodes.getOrDefault(options, Set.of())) {
                            Map<Long, CacheKey> keys = wanted.getOrDefault(node, Map.of());
                            CacheKey key = hash == null ? null : keys.get(hash.low());
                            if (key != null && key.hash().equals(hash)) {
                                remember(node, key, input, part.atMillis());
                            }
                        }
                    });
                }
            });
            wanted.keySet().stream().filter(this::isAskedWhole).forEach(streams::find);
            for (String node : requests.keySet()) {
                if (prints.getOrDefault(node, Map.of()).isEmpty()) {
                    notes.add("The recording does not hold what " + node + " was asked, so nothing can be said of the"
                            + " fields of its keys; " + remedy(node));
                }
            }
        }

        private boolean isAskedWhole(String node) {
            return cache(node).settings().scope() == CacheSettings.Scope.STREAM;
        }

        private String remedy(String node) {
            RecordingHeader head = header;
            if (head == null || head.level() != RecordingLevel.ALL) {
                return "record with --record-level all.";
            }
            return isAskedWhole(node)
                    ? "what came of several nodes, or is too large, cannot be put together again."
                    : "it was not recorded.";
        }

        /// What each port emitted, to be found as what was asked for as a whole. Confined to the reading.
        private final class StreamsSeen {
            private final Map<String, List<Part>> byPort = new LinkedHashMap<>();
            private final List<Part> sources = new ArrayList<>();
            private final boolean needed = wanted.keySet().stream().anyMatch(Reading.this::isAskedWhole);
            private double fromMillis = -1;
            private long bytes;

            void add(RecordedPart seen) {
                RecordingHeader head = header;
                if (!needed || head == null || head.reserved().holds(seen.part()) || bytes > MOST_STREAM_BYTES) {
                    return;
                }
                bytes += seen.part().sizeBytes();
                fromMillis = fromMillis < 0 ? seen.atMillis() : fromMillis;
                if (bytes > MOST_STREAM_BYTES) {
                    byPort.clear();
                    sources.clear();
                    return;
                }
                byPort.computeIfAbsent(seen.node() + '.' + seen.port(), port -> new ArrayList<>())
                        .add(seen.part());
                if (head.isSource(seen.node())) {
                    sources.add(seen.part());
                }
            }

            void find(String node) {
                List<List<Part>> candidates = new ArrayList<>(byPort.values());
                candidates.add(sources);
                Map<Long, CacheKey> keys = wanted.getOrDefault(node, Map.of());
                for (List<Part> input : candidates) {
                    ContentHash hash = input.isEmpty()
                            ? null
                            : KeyFunction.of(cache(node).settings().key()).hash(input);
                    CacheKey key = hash == null ? null : keys.get(hash.low());
                    if (key != null && key.hash().equals(hash)) {
                        remember(node, key, input, fromMillis);
                    }
                }
            }
        }

        private void remember(String node, CacheKey key, List<Part> input, double atMillis) {
            Map<Long, RequestPrint> known = prints.computeIfAbsent(node, each -> new HashMap<>());
            if (known.size() < MOST_PRINTS) {
                known.computeIfAbsent(NodeWatch.id(key), id -> RequestPrint.of(key, input, (long) atMillis));
            }
        }

        private RecordedCache cache(String node) {
            RecordingHeader head = header;
            return (head == null ? Optional.<RecordedCache>empty() : head.cache(node))
                    .orElseGet(() -> new RecordedCache("", CacheSettings.DEFAULT));
        }

        private CacheHistory history(String node, List<CacheRequest> asked) {
            RecordedCache cache = cache(node);
            boolean simulated = wanted.isEmpty() && asked.stream().allMatch(each -> each.computeNanos() < 0);
            List<CacheRequest> list = simulated ? InferredDepartures.served(asked, cache.settings()) : asked;
            return new CacheHistory(
                    node,
                    cache.processor(),
                    cache.settings(),
                    list,
                    InferredDepartures.of(list, cache.settings()),
                    prints.getOrDefault(node, Map.of()),
                    1,
                    median(overheads.getOrDefault(node, List.of())));
        }

        private static long median(List<Long> values) {
            return values.isEmpty() ? -1 : values.stream().sorted().toList().get(values.size() / 2);
        }
    }
}

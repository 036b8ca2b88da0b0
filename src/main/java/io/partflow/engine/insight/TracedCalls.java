package io.partflow.engine.insight;

import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.cache.KeyFunction;
import io.partflow.engine.cache.Outcome;
import io.partflow.engine.content.ContentHash;
import io.partflow.engine.content.Part;
import io.partflow.engine.insight.history.CacheHistory;
import io.partflow.engine.insight.history.CacheRequest;
import io.partflow.engine.insight.why.RequestPrint;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.trace.ProcessorTrace;
import io.partflow.engine.trace.ProcessorTrace.Direction;
import io.partflow.engine.trace.ProcessorTrace.PartSeen;
import io.partflow.engine.trace.ProcessorTraceFile;
import io.partflow.engine.trace.RecordingException;
import io.partflow.engine.trace.RecordingReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// The calls in a trace file of genai-processors as requests to caches that were not there. Stateless.
final class TracedCalls {
    /*
     * Every call is a request for its whole input; it was computed, and took as long as it took. Its answer is what
     * came out. A call that failed, was cancelled or never ended has no answer; one whose parts the file left out
     * has an input that nobody knows, and is known by the hashes of its parts.
     */
    private static final int START = 1 << 12;

    private TracedCalls() {}

    static boolean isTraceFile(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            String start = new String(in.readNBytes(START), StandardCharsets.UTF_8).stripLeading();
            return start.startsWith("{")
                    && (start.contains("\"parts_store\"") || start.contains("\"trace\""))
                    && !start.contains("partflow-recording");
        }
    }

    static RecordedHistories histories(Path file) throws IOException, RecordingException {
        Map<String, List<ProcessorTrace>> calls = new TreeMap<>();
        for (ProcessorTrace call : ProcessorTraceFile.read(file, RecordingReader.DEFAULT_MAX_BYTES)
                .root()
                .all()) {
            if (!call.parts(Direction.INPUT).isEmpty()) {
                calls.computeIfAbsent(call.name(), name -> new ArrayList<>()).add(call);
            }
        }
        Map<String, CacheHistory> histories = new TreeMap<>();
        calls.forEach((name, list) -> histories.put(name, history(name, list)));
        return new RecordedHistories(
                histories,
                List.of("A trace file tells of no caches: every call counts as a request that was computed."));
    }

    private static CacheHistory history(String name, List<ProcessorTrace> calls) {
        List<CacheRequest> requests = new ArrayList<>();
        Map<Long, RequestPrint> prints = new HashMap<>();
        calls.sort(Comparator.comparingDouble(ProcessorTrace::startMillis));
        for (ProcessorTrace call : calls) {
            List<PartSeen> seen = call.parts(Direction.INPUT);
            List<Part> input =
                    seen.stream().map(PartSeen::part).filter(Objects::nonNull).toList();
            boolean whole = input.size() == seen.size();
            ContentHash hash = whole ? KeyFunction.DEFAULT.hash(input) : ofHashes(seen);
            if (hash == null) {
                continue;
            }
            CacheKey key = new CacheKey(name + ":", hash);
            long id = NodeWatch.id(key);
            requests.add(request(call, id));
            if (whole) {
                prints.putIfAbsent(id, RequestPrint.of(key, input, (long) call.startMillis()));
            }
        }
        CacheSettings settings = CacheSettings.DEFAULT.withScope(CacheSettings.Scope.STREAM);
        return new CacheHistory(name, name, settings, requests, List.of(), prints, 1, -1);
    }

    private static ContentHash ofHashes(List<PartSeen> seen) {
        return ContentHash.ofText(
                String.join(" ", seen.stream().map(PartSeen::hash).toList()));
    }

    private static CacheRequest request(ProcessorTrace call, long id) {
        boolean answered = call.tookMillis().isPresent()
                && call.error() == null
                && call.cancelled() == ProcessorTrace.Cancelled.NO;
        long bytes = 0;
        for (PartSeen out : call.parts(Direction.OUTPUT)) {
            Part part = out.part();
            bytes += part == null ? 0 : part.sizeBytes();
        }
        long answer = ofHashes(call.parts(Direction.OUTPUT)).low();
        return new CacheRequest(
                id,
                (long) call.startMillis(),
                Outcome.MISS,
                Math.max(1, bytes),
                answered ? Math.round(call.tookMillis().orElse(0) * 1e6) : -1,
                Usage.NONE,
                answered ? answer == 0 ? 1 : answer : 0);
    }
}

package io.partflow.pipeline;

import io.partflow.engine.content.CanonicalForm;
import io.partflow.engine.content.ContentHash;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.WireForm;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// A trace file as genai-processors writes it: one outer call, and calls of part processors inside. Confined to one
/// thread.
final class TraceFileOfCalls {
    private static final LocalDateTime START = LocalDateTime.parse("2026-11-22T07:00:00");

    private final Map<String, String> parts = new TreeMap<>();
    private final List<String> calls = new ArrayList<>();

    private String hash(Part part) {
        ContentHash hash = Objects.requireNonNull(CanonicalForm.hash(List.of(part)));
        parts.put(hash.hex(), WireForm.toJson(part));
        return hash.hex();
    }

    private static String time(int millis) {
        return "\""
                + START.plusNanos(millis * 1_000_000L)
                        .format(DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS"))
                + "\"";
    }

    private String seen(Part part, boolean input, int atMillis) {
        return "{\"timestamp\":" + time(atMillis) + ",\"part_hash\":\"" + hash(part) + "\",\"is_input\":" + input + "}";
    }

    void call(String name, int startMillis, int endMillis, List<Part> input, Part output) {
        List<String> events = new ArrayList<>();
        input.forEach(part -> events.add(seen(part, true, startMillis)));
        events.add(seen(output, false, endMillis));
        calls.add("{\"timestamp\":" + time(startMillis) + ",\"relation\":\"call\",\"sub_trace\":{\"name\":\"" + name
                + "\",\"trace_id\":\"c" + calls.size() + "\",\"start_time\":" + time(startMillis) + ",\"end_time\":"
                + time(endMillis) + ",\"error\":null,\"cancelled\":false,\"events\":[" + String.join(",", events)
                + "]}}");
    }

    String json() {
        List<String> store = new ArrayList<>();
        parts.forEach((hash, part) -> store.add("\"" + hash + "\":" + part));
        return "{\"parts_store\":{" + String.join(",", store) + "},\"trace\":{\"name\":\"Outer\",\"trace_id\":\"o\","
                + "\"start_time\":" + time(0) + ",\"end_time\":" + time(1_000_000) + ",\"error\":null,"
                + "\"cancelled\":false,\"events\":[" + String.join(",", calls) + "]}}";
    }
}

package io.partflow.engine.cache.sqlite;

import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.CacheTier.Limits;
import io.partflow.engine.cache.StoredValue;
import io.partflow.engine.content.ContentHash;
import io.partflow.engine.content.JsonNull;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonString;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.WireForm;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.stream.StreamClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/// A store of ours is read by Python's own sqlite3, and one that Python has written is read here, while neither knows
/// of the other. Started by hand or by the profile `python`; needs `python3`.
final class PythonExchange {
    private static final String PREFIX = "pf1:test@1:0123456789abcdef:";

    private PythonExchange() {}

    public static void main(String[] args) throws Exception {
        Path script = Path.of(args[0]);
        Path folder = Files.createTempDirectory("partflow-python");
        int theirs = oursReadByPython(script, folder);
        int ours = pythonsReadHere(script, folder);
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
        System.out.println("python3 read " + theirs + " keys of ours, and we " + ours + " of python3's");
    }

    private static int oursReadByPython(Path script, Path folder) throws Exception {
        Path file = folder.resolve("ours.db");
        Path truth = folder.resolve("ours.jsonl");
        List<String> lines = new ArrayList<>();
        StreamClock clock = StreamClock.system();
        // It stays open here: python3 reads beside us what is in the log alone.
        try (SqliteStore store = SqliteStore.open(file, clock)) {
            SqliteTier tier = store.tier(PREFIX, Limits.NONE, eviction -> {});
            for (int i = 0; i < 300; i++) {
                CacheKey key = new CacheKey(PREFIX, ContentHash.ofText("k" + i));
                List<Part> parts = parts(i);
                boolean over = i % 7 == 0;
                long end = over ? clock.millis() - 1 : i % 2 == 0 ? Long.MAX_VALUE : clock.millis() + 3_600_000;
                tier.put(new StoredValue(key, parts, "n", "test", 10, clock.millis(), end, 1, Usage.NONE));
                lines.add(JsonObject.builder()
                        .put("key", JsonValue.of(key.text()))
                        .put("value_json", over ? JsonNull.NULL : JsonValue.of(WireForm.toJson(parts)))
                        .build()
                        .toJson());
            }
            Files.write(truth, lines);
            python(script, "read", file, truth);
            var unused = tier.lookup(new CacheKey(PREFIX, ContentHash.ofText("k1")));
            if (!store.problems().isEmpty()) {
                throw new IllegalStateException(store.problems().toString());
            }
        }
        return lines.size();
    }

    private static List<Part> parts(int i) {
        Random random = new Random(i);
        List<Part> parts = new ArrayList<>();
        for (int j = 0; j < i % 4; j++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            parts.add(j % 2 == 0 ? Part.text("grün 😀 \u2028 \u007f " + i) : Part.blob(bytes, "image/png"));
        }
        return parts;
    }

    private static int pythonsReadHere(Path script, Path folder) throws Exception {
        Path file = folder.resolve("theirs.db");
        Path truth = folder.resolve("theirs.jsonl");
        python(script, "write", file, truth);
        int read = 0;
        try (SqliteStore store = SqliteStore.open(file, StreamClock.system())) {
            SqliteTier tier = store.tier("ocr/", Limits.NONE, eviction -> {});
            for (String line : Files.readAllLines(truth)) {
                JsonObject entry = JsonObject.parse(line);
                String text = ((JsonString) entry.get("key")).value();
                CacheKey key = CacheKey.parse(text);
                StoredValue value = key == null ? null : tier.lookup(key);
                String found = value == null ? null : WireForm.toJson(value.parts());
                String expected = entry.get("value_json") instanceof JsonString form
                        ? WireForm.toJson(WireForm.readContent(form.value().getBytes(StandardCharsets.UTF_8))
                                .parts())
                        : null;
                if (!Objects.equals(found, expected)) {
                    throw new IllegalStateException(text + ": " + found + ", not " + expected);
                }
                read++;
            }
        }
        return read;
    }

    private static void python(Path script, String what, Path store, Path truth)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder("python3", script.toString(), what, store.toString(), truth.toString())
                .inheritIO()
                .start();
        int status = process.waitFor();
        if (status != 0) {
            throw new IllegalStateException("python3 found something else; it ended with " + status);
        }
    }
}

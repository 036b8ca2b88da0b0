package io.partflow.engine.trace;

import io.partflow.engine.cache.Outcome;
import io.partflow.engine.content.BlobBody;
import io.partflow.engine.content.JsonNull;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.WireForm;
import io.partflow.engine.processor.Usage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Writes a recording line by line, as the run goes.
///
/// Thread-safe. Each line is handed to the system in one piece before the call returns, so a killed process leaves
/// whole lines and at most one
/// unfinished last one, which a reader drops. Blobs over 64 KiB are files of their own, complete before the line
/// that names them. Nothing is
/// queued. A line that could not be written is taken back, so that later ones are good again.
public final class RecordingWriter implements AutoCloseable {
    /// The largest blob that stands in its line, in bytes.
    public static final int INLINE_BYTES = 64 << 10;

    private static final double MICROS_PER_MILLI = 1e3;
    private static final String SUFFIX = ".parts.jsonl";

    private final RecordingLevel level;
    private final MediaFolder media;
    // Not a channel: an interrupt, which is how a run is cancelled, would close that for all threads.
    private final RandomAccessFile file;
    private final ReentrantLock lock = new ReentrantLock();
    private long lastMicros;
    private long parts;

    private RecordingWriter(RecordingLevel level, MediaFolder media, RandomAccessFile file) {
        this.level = level;
        this.media = media;
        this.file = file;
    }

    /// Starts a recording, in place of an older file of that name. Large blobs go to a folder beside it, named
    /// after it.
    ///
    /// @throws IOException when the file cannot be written
    public static RecordingWriter create(Path file, RecordingHeader header) throws IOException {
        Path absolute = file.toAbsolutePath();
        String name = absolute.getFileName().toString();
        String stem = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
        String mediaName = stem + ".media";
        Path folder = absolute.getParent();
        if (folder == null) {
            throw new IOException(file + " is no file name");
        }
        Files.createDirectories(folder);
        RandomAccessFile opened = new RandomAccessFile(absolute.toFile(), "rw");
        try {
            opened.setLength(0);
            RecordingWriter writer =
                    new RecordingWriter(header.level(), new MediaFolder(folder.resolve(mediaName)), opened);
            writer.write(compact(header.withMedia(mediaName).toJson()));
            return writer;
        } catch (IOException | RuntimeException failed) {
            opened.close();
            throw failed;
        }
    }

    public RecordingLevel level() {
        return level;
    }

    /// Records what a source emitted.
    ///
    /// @param atNanos since the run's start; an earlier moment than the last line's counts as that one
    public void source(long atNanos, String node, String port, Part part) throws IOException {
        part(atNanos, node, port, part);
    }

    /// Records what any other node emitted, at level ALL only.
    public void emitted(long atNanos, String node, String port, Part part) throws IOException {
        if (level == RecordingLevel.ALL) {
            part(atNanos, node, port, part);
        }
    }

    private void part(long atNanos, String node, String port, Part part) throws IOException {
        String wire;
        String tail = "";
        if (part.body() instanceof BlobBody blob && blob.data().length() > INLINE_BYTES) {
            String file = media.keep(blob.data(), part.mimeType());
            wire = WireForm.toJsonDetached(part);
            tail = ",\"media\":\"" + file + "\",\"bytes\":" + blob.data().length();
        } else {
            wire = WireForm.toJson(part);
        }
        lock.lock();
        try {
            long seq = parts + 1;
            write("{\"at_ms\":" + moment(atNanos) + ",\"seq\":" + seq + ",\"node\":" + quoted(node) + ",\"port\":"
                    + quoted(port) + ",\"part\":" + wire + tail + "}");
            parts = seq;
        } finally {
            lock.unlock();
        }
    }

    /// Records a request to a cache, at the levels EVENTS and ALL only.
    ///
    /// @param key the key's text; empty where the content had none
    /// @param bytes the size of the value, or null if unknown
    /// @param costNanos how long computing it took, or null if unknown
    /// @param evicted the text of the key whose entry had to go for it, or null
    public void request(
            long atNanos,
            String node,
            String key,
            Outcome outcome,
            @Nullable Long bytes,
            @Nullable Long costNanos,
            @Nullable String evicted)
            throws IOException {
        request(atNanos, atNanos, node, key, outcome, RecordedAnswer.of(bytes, costNanos), evicted);
    }

    /// As above, with all that is known of the answer.
    ///
    /// @param atNanos when the request ended
    /// @param askedNanos when it began, not after its end
    public void request(
            long atNanos,
            long askedNanos,
            String node,
            String key,
            Outcome outcome,
            RecordedAnswer answer,
            @Nullable String evicted)
            throws IOException {
        if (level == RecordingLevel.INPUTS) {
            return;
        }
        JsonObject.Builder cache = JsonObject.builder()
                .put("node", node)
                .put("key", key)
                .put("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .put("bytes", number(answer.bytes()))
                .put("costNanos", number(answer.costNanos()))
                .put("evicted", evicted == null ? JsonNull.NULL : JsonValue.of(evicted));
        if (askedNanos < atNanos) {
            cache.put("askedMs", Math.max(0, askedNanos) / 1_000 / MICROS_PER_MILLI);
        }
        String hash = answer.hash();
        Long overhead = answer.overheadNanos();
        Usage usage = answer.usage();
        if (overhead != null) {
            cache.put("overheadNanos", overhead);
        }
        if (hash != null) {
            cache.put("answer", hash);
        }
        if (!usage.equals(Usage.NONE)) {
            cache.put("tokensIn", usage.tokensIn())
                    .put("tokensOut", usage.tokensOut())
                    .put("costMicroUsd", usage.costMicroUsd());
        }
        event(atNanos, "cache", cache.build());
    }

    private static JsonValue number(@Nullable Long value) {
        return value == null ? JsonNull.NULL : JsonValue.of(value);
    }

    /// Records how the run ended; the last line.
    ///
    /// @param status completed, cancelled or failed
    public void end(long atNanos, String status) throws IOException {
        lock.lock();
        try {
            event(
                    atNanos,
                    "end",
                    JsonObject.builder()
                            .put("status", status)
                            .put("parts", parts)
                            .build());
        } finally {
            lock.unlock();
        }
    }

    private void event(long atNanos, String name, JsonObject value) throws IOException {
        lock.lock();
        try {
            write("{\"at_ms\":" + moment(atNanos) + "," + quoted(name) + ":" + compact(value) + "}");
        } finally {
            lock.unlock();
        }
    }

    /// The moment in milliseconds with at most three decimals, not before the last one.
    private String moment(long atNanos) {
        lastMicros = Math.max(lastMicros, Math.max(0, atNanos) / 1_000);
        long fraction = lastMicros % 1_000;
        String whole = Long.toString(lastMicros / 1_000);
        if (fraction == 0) {
            return whole;
        }
        String digits = Long.toString(1_000 + fraction).substring(1);
        return whole + "." + digits.replaceFirst("0+$", "");
    }

    private static String quoted(String text) {
        return JsonValue.of(text).toJson();
    }

    private static String compact(JsonObject object) {
        StringBuilder json = new StringBuilder("{");
        for (String name : object.names()) {
            JsonValue value = object.get(name);
            if (value != null) {
                json.append(json.length() == 1 ? "" : ",")
                        .append(quoted(name))
                        .append(':')
                        .append(value.toJson());
            }
        }
        return json.append('}').toString();
    }

    private void write(String line) throws IOException {
        // JSON text of parts is ASCII, and so is everything else here.
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.US_ASCII);
        long start = file.getFilePointer();
        try {
            file.write(bytes);
        } catch (IOException failed) {
            takeBack(start, failed);
            throw failed;
        }
    }

    private void takeBack(long start, IOException failed) {
        try {
            file.setLength(start);
            file.seek(start);
        } catch (IOException alsoFailed) {
            failed.addSuppressed(alsoFailed);
        }
    }

    /// Waits until the disk holds all lines written so far, so that they outlive a loss of power too.
    public void sync() throws IOException {
        file.getFD().sync();
    }

    /// Closes the file; without [#end] before, the recording counts as interrupted.
    @Override
    public void close() throws IOException {
        file.close();
    }
}

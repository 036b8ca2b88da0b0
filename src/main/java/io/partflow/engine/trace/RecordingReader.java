package io.partflow.engine.trace;

import io.partflow.engine.cache.Outcome;
import io.partflow.engine.content.Bytes;
import io.partflow.engine.content.JsonInteger;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonReal;
import io.partflow.engine.content.JsonString;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.WireForm;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.trace.RecordedLine.RecordedEnd;
import io.partflow.engine.trace.RecordedLine.RecordedPart;
import io.partflow.engine.trace.RecordedLine.RecordedRequest;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads a recording line by line.
///
/// Confined to one thread; holds one line at a time. A bad line is told by an exception and passed over: the next
/// call goes on behind it. An
/// unfinished last line, as a killed process leaves it, is dropped, and [#note()] says so at the end.
public final class RecordingReader implements AutoCloseable {
    /// The longest line and the largest media file read when a caller does not say otherwise, in bytes.
    public static final long DEFAULT_MAX_BYTES = 256L << 20;

    private final Path file;
    private final long maxBytes;
    private final LineSource lines;
    private final RecordingHeader header;
    private final @Nullable MediaFolder media;
    private double lastMillis;
    private long parts;
    private long lastNumber;
    private boolean ended;
    private @Nullable String note;
    private @Nullable Pending pending;

    /// A line that was looked at and not read yet.
    private record Pending(LineSource.Line line, JsonObject json, double atMillis) {}

    /// What can be told of the next line without reading its part.
    ///
    /// @param node empty unless the line holds a part
    record Glance(double atMillis, String node, Kind kind) {
        enum Kind {
            PART,
            OTHER
        }
    }

    /// A place before a line, to come back to.
    record Mark(long offset, long lines, double lastMillis, long parts) {}

    private RecordingReader(
            Path file, long maxBytes, LineSource lines, RecordingHeader header, @Nullable MediaFolder media) {
        this.file = file;
        this.maxBytes = maxBytes;
        this.lines = lines;
        this.header = header;
        this.media = media;
    }

    /// Opens a recording with the default limit.
    public static RecordingReader open(Path file) throws IOException, RecordingException {
        return open(file, DEFAULT_MAX_BYTES);
    }

    /// Opens a recording and reads its header.
    ///
    /// @param maxBytes the longest line and the largest media file to read, at least 1
    /// @throws RecordingException when the file is no recording, or a newer one
    /// @throws IOException when it cannot be read
    public static RecordingReader open(Path file, long maxBytes) throws IOException, RecordingException {
        LineSource lines =
                new LineSource(new FileInputStream(file.toFile()), (int) Math.min(maxBytes, Integer.MAX_VALUE - 64));
        try {
            LineSource.Line first = lines.next();
            if (first == null) {
                throw new RecordingException(
                        "RECORDING_NO_HEADER",
                        file,
                        0,
                        "the file has no complete line",
                        "Choose a recording (*.parts.jsonl); this one ended before its first line was written.");
            }
            RecordingHeader header = header(file, first);
            String folder = header.media();
            MediaFolder media = folder == null
                    ? null
                    : new MediaFolder(file.toAbsolutePath().resolveSibling(folder));
            return new RecordingReader(file, maxBytes, lines, header, media);
        } catch (IOException | RecordingException | RuntimeException failed) {
            lines.close();
            throw failed;
        }
    }

    private static RecordingHeader header(Path file, LineSource.Line first) throws RecordingException {
        try {
            RecordingHeader header = RecordingHeader.read(JsonObject.parse(first.text()));
            String folder = header.media();
            if (folder != null && !MediaFolder.isInside(folder)) {
                throw outside(file, 1, folder);
            }
            return header;
        } catch (IllegalArgumentException bad) {
            throw new RecordingException(
                    "RECORDING_BAD_HEADER",
                    file,
                    1,
                    reason(bad),
                    "Choose a recording (*.parts.jsonl) that this version can read, or open it with a newer Partflow.");
        }
    }

    public RecordingHeader header() {
        return header;
    }

    /// The next line, or null at the end.
    ///
    /// @throws RecordingException when the line, or the media file it names, cannot be used; the reader then stands
    /// behind it
    /// @throws IOException when the file cannot be read on
    public @Nullable RecordedLine next() throws IOException, RecordingException {
        Pending seen = pending == null ? look() : pending;
        pending = null;
        return seen == null ? null : read(seen);
    }

    /// Looks at the next line, which [#next()] will read or [#drop()] pass over; null at the end. A bad line is told
    /// and passed over, as by [#next()].
    @Nullable
    Glance glance() throws IOException, RecordingException {
        if (pending == null) {
            pending = look();
        }
        Pending seen = pending;
        if (seen == null) {
            return null;
        }
        return seen.json().get("part") instanceof JsonObject
                ? new Glance(seen.atMillis(), text(seen.json(), "node"), Glance.Kind.PART)
                : new Glance(seen.atMillis(), "", Glance.Kind.OTHER);
    }

    /// Passes over the line last looked at.
    void drop() {
        Pending seen = pending;
        if (seen != null) {
            lastMillis = seen.atMillis();
            if (seen.json().get("part") instanceof JsonObject) {
                parts++;
            } else if (seen.json().get("end") instanceof JsonObject) {
                ended = true;
            }
        }
        pending = null;
    }

    /// The place before the next line. Nothing may be looked at and left.
    Mark mark() {
        if (pending != null) {
            throw new IllegalStateException("line " + pending.line().number() + " was looked at and not read");
        }
        return new Mark(lines.offset(), lines.number(), lastMillis, parts);
    }

    /// Goes back, or on, to a place marked before.
    void returnTo(Mark mark) throws IOException {
        InputStream in = new FileInputStream(file.toFile());
        try {
            in.skipNBytes(mark.offset());
        } catch (IOException | RuntimeException failed) {
            in.close();
            throw failed;
        }
        lines.restart(in, mark.offset(), mark.lines());
        pending = null;
        lastMillis = mark.lastMillis();
        lastNumber = mark.lines();
        parts = mark.parts();
        ended = false;
        note = null;
    }

    private @Nullable Pending look() throws IOException, RecordingException {
        while (true) {
            LineSource.Line line = lines.next();
            if (line == null) {
                finish();
                return null;
            }
            lastNumber = line.number();
            if (line.bytes() > maxBytes) {
                throw new RecordingException(
                        "RECORDING_LINE_TOO_LONG",
                        file,
                        line.number(),
                        "the line has " + line.bytes() + " bytes, more than " + maxBytes,
                        "Raise the limit for files, or record large texts as media.");
            }
            if (!line.text().isBlank()) {
                try {
                    JsonObject json = JsonObject.parse(line.text());
                    return new Pending(line, json, moment(json));
                } catch (IllegalArgumentException bad) {
                    throw badLine(line.number(), bad);
                }
            }
        }
    }

    private RecordingException badLine(long line, IllegalArgumentException bad) {
        return new RecordingException(
                "RECORDING_BAD_LINE",
                file,
                line,
                reason(bad),
                "Correct or remove this line; all others can be replayed.");
    }

    private void finish() {
        if (lines.unfinishedBytes() > 0) {
            note = "The last line of " + file.getFileName() + " is unfinished (" + lines.unfinishedBytes()
                    + " bytes after line " + Math.max(1, lastNumber) + ") and was left out.";
        } else if (!ended) {
            note = file.getFileName() + " has no end line: its run was interrupted. All its lines were read.";
        }
    }

    /// What should be said about the recording as a whole; known once [#next()] has returned null, empty when all
    /// is well.
    public Optional<String> note() {
        return Optional.ofNullable(note);
    }

    private RecordedLine read(Pending seen) throws IOException, RecordingException {
        LineSource.Line line = seen.line();
        JsonObject json = seen.json();
        double at = seen.atMillis();
        try {
            RecordedLine read;
            if (json.get("part") instanceof JsonObject part) {
                read = part(json, part, at, line.number());
            } else if (json.get("cache") instanceof JsonObject cache) {
                read = request(cache, at, line.number());
            } else if (json.get("end") instanceof JsonObject end) {
                Long count = whole(end, "parts");
                ended = true;
                read = new RecordedEnd(at, text(end, "status"), count == null ? parts : count, line.number());
            } else {
                throw new IllegalArgumentException("the line has no part");
            }
            lastMillis = at;
            return read;
        } catch (IllegalArgumentException bad) {
            throw badLine(line.number(), bad);
        }
    }

    private double moment(JsonObject json) {
        double at = switch (json.get("at_ms")) {
            case JsonInteger number -> number.doubleValue();
            case JsonReal number -> number.value();
            case null, default -> throw new IllegalArgumentException("at_ms is missing or no number");
        };
        if (!Double.isFinite(at) || at < lastMillis) {
            throw new IllegalArgumentException("at_ms is " + at + ", before the line above it (" + lastMillis + ")");
        }
        return at;
    }

    private RecordedPart part(JsonObject json, JsonObject wire, double at, long line)
            throws IOException, RecordingException {
        Part part = json.get("media") instanceof JsonString name
                ? WireForm.withData(WireForm.readDetached(wire), load(name.value(), whole(json, "bytes"), line))
                : WireForm.read(wire.toJson());
        parts++;
        Long seq = whole(json, "seq");
        String port = text(json, "port");
        return new RecordedPart(
                at, seq == null ? parts : seq, text(json, "node"), port.isEmpty() ? "out" : port, part, line);
    }

    private Bytes load(String name, @Nullable Long bytes, long line) throws IOException, RecordingException {
        if (!MediaFolder.isInside(name)) {
            throw outside(file, line, name);
        }
        if (media == null) {
            throw new IllegalArgumentException("the line names the media file " + name + ", the header no folder");
        }
        Path blob = media.resolve(name);
        if (!Files.isRegularFile(blob)) {
            throw new RecordingException(
                    "RECORDING_MEDIA_MISSING",
                    file,
                    line,
                    "the media file " + name + " is not in " + header.media(),
                    "Put the folder " + header.media() + " that belongs to the recording beside it.");
        }
        if (!media.reallyHolds(blob)) {
            throw outside(file, line, name);
        }
        long size = Files.size(blob);
        if (size > maxBytes) {
            throw new RecordingException(
                    "FILE_TOO_LARGE",
                    file,
                    line,
                    "the media file " + name + " has " + size + " bytes, more than " + maxBytes,
                    "Raise the limit for files, or leave this part out.");
        }
        if (bytes != null && bytes != size) {
            throw new RecordingException(
                    "RECORDING_MEDIA_DAMAGED",
                    file,
                    line,
                    "the media file " + name + " has " + size + " bytes instead of " + bytes,
                    "Copy the folder " + header.media() + " again from where the recording was made.");
        }
        try (InputStream in = new FileInputStream(blob.toFile())) {
            return Bytes.wrapUnsafe(in.readAllBytes());
        }
    }

    private static RecordingException outside(Path file, long line, String name) {
        return new RecordingException(
                "RECORDING_MEDIA_OUTSIDE",
                file,
                line,
                "the media path \"" + name + "\" leads outside the recording's own folder",
                "Do not trust this recording; media paths are relative and have no \"..\".");
    }

    private static RecordedRequest request(JsonObject cache, double at, long line) {
        String outcome = text(cache, "outcome").toUpperCase(Locale.ROOT);
        String evicted = text(cache, "evicted");
        String hash = text(cache, "answer");
        RecordedAnswer answer = new RecordedAnswer(
                whole(cache, "bytes"),
                whole(cache, "costNanos"),
                whole(cache, "overheadNanos"),
                hash.isEmpty() ? null : hash,
                new Usage(amount(cache, "tokensIn"), amount(cache, "tokensOut"), amount(cache, "costMicroUsd")));
        Outcome ended = Outcome.valueOf(outcome);
        return new RecordedRequest(
                at,
                asked(cache, at, ended, answer),
                text(cache, "node"),
                text(cache, "key"),
                ended,
                answer,
                evicted.isEmpty() ? null : evicted,
                line);
    }

    /// Older recordings tell only how long a request took: what it spent in the cache, and computing if it did.
    private static double asked(JsonObject cache, double at, Outcome outcome, RecordedAnswer answer) {
        JsonValue written = cache.get("askedMs");
        if (written instanceof JsonReal number && Double.isFinite(number.value())) {
            return Math.clamp(number.value(), 0, at);
        }
        if (written instanceof JsonInteger number && number.isLong()) {
            return Math.clamp((double) number.longValue(), 0, at);
        }
        Long overhead = answer.overheadNanos();
        Long cost = answer.costNanos();
        if (overhead == null) {
            return at;
        }
        double nanos = overhead + (outcome == Outcome.MISS && cost != null ? cost.doubleValue() : 0);
        return Math.clamp(at - nanos / 1e6, 0, at);
    }

    private static String text(JsonObject json, String name) {
        return json.get(name) instanceof JsonString text ? text.value() : "";
    }

    private static @Nullable Long whole(JsonObject json, String name) {
        JsonValue value = json.get(name);
        return value instanceof JsonInteger number && number.isLong() ? Long.valueOf(number.longValue()) : null;
    }

    private static long amount(JsonObject json, String name) {
        Long value = whole(json, name);
        return value == null ? 0 : Math.max(0, value);
    }

    private static String reason(RuntimeException bad) {
        String message = bad.getMessage();
        return message == null || message.isBlank() ? bad.getClass().getSimpleName() : message;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}

package io.partflow.engine.trace;

import io.partflow.engine.content.JsonInteger;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonReal;
import io.partflow.engine.content.JsonString;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.WireForm;
import io.partflow.engine.trace.RecordedLine.RecordedEnd;
import io.partflow.engine.trace.RecordedLine.RecordedPart;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
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
    private final RecordedMedia media;
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

    private RecordingReader(Path file, long maxBytes, LineSource lines, RecordingHeader header) {
        this.file = file;
        this.maxBytes = maxBytes;
        this.lines = lines;
        this.header = header;
        this.media = new RecordedMedia(file, header.media(), maxBytes);
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
            return new RecordingReader(file, maxBytes, lines, header);
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
                throw RecordedMedia.outside(file, 1, folder);
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
                ? new Glance(seen.atMillis(), LineFields.text(seen.json(), "node"), Glance.Kind.PART)
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
                read = LineFields.request(cache, at, line.number());
            } else if (json.get("end") instanceof JsonObject end) {
                Long count = LineFields.whole(end, "parts");
                ended = true;
                read = new RecordedEnd(
                        at, LineFields.text(end, "status"), count == null ? parts : count, line.number());
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
                ? WireForm.withData(
                        WireForm.readDetached(wire), media.load(name.value(), LineFields.whole(json, "bytes"), line))
                : WireForm.read(wire.toJson());
        parts++;
        Long seq = LineFields.whole(json, "seq");
        String port = LineFields.text(json, "port");
        return new RecordedPart(
                at,
                seq == null ? parts : seq,
                LineFields.text(json, "node"),
                port.isEmpty() ? "out" : port,
                part,
                line);
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

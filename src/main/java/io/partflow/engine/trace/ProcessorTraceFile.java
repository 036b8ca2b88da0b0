package io.partflow.engine.trace;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonBoolean;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonString;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.WireForm;
import io.partflow.engine.content.WireFormException;
import io.partflow.engine.trace.ProcessorTrace.Cancelled;
import io.partflow.engine.trace.ProcessorTrace.Direction;
import io.partflow.engine.trace.ProcessorTrace.ErrorSeen;
import io.partflow.engine.trace.ProcessorTrace.Event;
import io.partflow.engine.trace.ProcessorTrace.PartSeen;
import io.partflow.engine.trace.ProcessorTrace.Relation;
import io.partflow.engine.trace.ProcessorTrace.SubTrace;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A trace file of genai-processors, read whole. Immutable.
///
/// @param started when the outermost trace began, as written: a local time of the machine that wrote it
/// @param parts every different part of the trace by its name there, in the order of the file; a part whose content
/// the file left out for its size is not among them
/// @param leftOut how many those are
/// @param root the outermost trace
public record ProcessorTraceFile(String started, Map<String, Part> parts, int leftOut, ProcessorTrace root) {
    // As deep as a person could follow; a file made to break its reader goes further.
    private static final int MOST_LEVELS = 200;

    public ProcessorTraceFile {
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }

    /// Whether a file begins as such a trace does, and not as a recording.
    public static boolean isLikely(Path file) throws IOException {
        try (InputStream in = new FileInputStream(file.toFile())) {
            String begin = new String(in.readNBytes(512), StandardCharsets.ISO_8859_1).strip();
            return begin.startsWith("{") && begin.contains("\"parts_store\"")
                    || begin.matches("(?s)\\{\\s*\"trace\"\\s*:.*");
        }
    }

    /// Reads a file.
    ///
    /// @param maxBytes the largest to read, at least 1
    /// @throws RecordingException when it is no such trace, damaged or too large; it names file and line
    /// @throws IOException when it cannot be read
    public static ProcessorTraceFile read(Path file, long maxBytes) throws IOException, RecordingException {
        long size = Files.size(file);
        if (size > maxBytes) {
            throw new RecordingException(
                    "FILE_TOO_LARGE",
                    file,
                    0,
                    "the trace has " + size + " bytes, more than " + maxBytes,
                    "Trace with a smaller max_size_bytes or image_size, or raise the limit for files.");
        }
        byte[] bytes;
        try (InputStream in = new FileInputStream(file.toFile())) {
            bytes = in.readAllBytes();
        }
        if (new String(bytes, 0, Math.min(bytes.length, 64), StandardCharsets.ISO_8859_1).isBlank()) {
            throw damaged(file, 0, "the file is empty");
        }
        return new Reading(file).read(bytes);
    }

    private static RecordingException damaged(Path file, long line, String reason) {
        return new RecordingException(
                "TRACE_DAMAGED",
                file,
                line,
                reason,
                "Choose a complete trace file as genai-processors writes it (NAME_ID.json); copy it again, or trace"
                        + " again.");
    }

    /// The trace with that name, the first one from the outside; null if there is none.
    @Nullable
    ProcessorTrace named(String name) {
        return root.all().stream()
                .filter(trace -> trace.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /// One reading of one file. Confined to its thread.
    private static final class Reading {
        private final Path file;
        private final Map<String, Part> parts = new LinkedHashMap<>();
        private int leftOut;
        private LocalDateTime start = LocalDateTime.MIN;

        Reading(Path file) {
            this.file = file;
        }

        ProcessorTraceFile read(byte[] bytes) throws RecordingException {
            JsonValue trace = null;
            boolean storeSeen = false;
            try (JsonParser parser = WireForm.parser(bytes)) {
                try {
                    if (parser.nextToken() != JsonToken.START_OBJECT) {
                        throw damaged(file, line(parser), "the file is no JSON object");
                    }
                    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                        parser.nextToken();
                        if (name.equals("parts_store")) {
                            storeSeen = true;
                            readStore(parser);
                        } else if (name.equals("trace")) {
                            trace = JsonValue.read(parser);
                        } else {
                            parser.skipChildren();
                        }
                    }
                    if (parser.nextToken() != null) {
                        throw damaged(file, line(parser), "more text follows the end of the trace");
                    }
                } catch (JsonEOFException e) {
                    throw damaged(file, line(parser), "the file ends in the middle of the trace");
                } catch (IOException e) {
                    throw damaged(file, line(parser), "the text is no JSON");
                } catch (WireFormException e) {
                    throw damaged(
                            file,
                            line(parser),
                            isCut(e) ? "the file ends in the middle of the trace" : firstSentence(e));
                }
            } catch (IOException e) {
                throw damaged(file, 0, "the text is no JSON");
            }
            if (!storeSeen || !(trace instanceof JsonObject object)) {
                throw new RecordingException(
                        "TRACE_NOT_ONE",
                        file,
                        0,
                        "the file is JSON, but no trace: it lacks "
                                + (storeSeen ? "the object \"trace\"" : "\"parts_store\""),
                        "Choose a trace file of genai-processors (NAME_ID.json) or a recording (*.parts.jsonl).");
            }
            String started = text(object, "start_time");
            try {
                start = time(started);
                return new ProcessorTraceFile(started, parts, leftOut, trace(object, 0));
            } catch (IllegalArgumentException | DateTimeException e) {
                throw damaged(file, 0, String.valueOf(e.getMessage()));
            }
        }

        private static boolean isCut(WireFormException e) {
            return e.getCause() instanceof JsonEOFException;
        }

        private static String firstSentence(WireFormException e) {
            String message = String.valueOf(e.getMessage());
            int end = message.indexOf(". ");
            return end < 0 ? message : message.substring(0, end);
        }

        private static long line(JsonParser parser) {
            return parser.currentLocation().getLineNr();
        }

        private void readStore(JsonParser parser) throws IOException, RecordingException {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw damaged(file, line(parser), "\"parts_store\" is no object");
            }
            for (String hash = parser.nextFieldName(); hash != null; hash = parser.nextFieldName()) {
                parser.nextToken();
                long line = line(parser);
                if (!(JsonValue.read(parser) instanceof JsonObject part)) {
                    throw damaged(file, line, "the part " + hash + " is no object");
                }
                if (!part.has("part")) {
                    leftOut++;
                    continue;
                }
                try {
                    parts.put(hash, WireForm.read(part.toJson()));
                } catch (WireFormException e) {
                    throw damaged(file, line, "the part " + hash + " cannot be read: " + firstSentence(e));
                }
            }
        }

        private ProcessorTrace trace(JsonObject json, int level) {
            if (level > MOST_LEVELS) {
                throw new IllegalArgumentException("traces lie in each other more than " + MOST_LEVELS + " deep");
            }
            String name = text(json, "name");
            List<Event> events = new ArrayList<>();
            if (json.get("events") instanceof JsonArray array) {
                for (JsonValue each : array) {
                    if (!(each instanceof JsonObject event)) {
                        throw new IllegalArgumentException("an event of \"" + name + "\" is no object");
                    }
                    events.add(event(event, name, level));
                }
            }
            String end = text(json, "end_time");
            return new ProcessorTrace(
                    name,
                    text(json, "trace_id"),
                    millis(text(json, "start_time")),
                    end.isEmpty() ? null : Double.valueOf(millis(end)),
                    json.get("error") instanceof JsonString error ? error.value() : null,
                    json.get("cancelled") instanceof JsonBoolean cancelled && cancelled.value()
                            ? Cancelled.YES
                            : Cancelled.NO,
                    events);
        }

        private Event event(JsonObject json, String of, int level) {
            double at = millis(text(json, "timestamp"));
            if (json.get("part_hash") instanceof JsonString hash) {
                boolean input = json.get("is_input") instanceof JsonBoolean flag && flag.value();
                return new PartSeen(
                        at, input ? Direction.INPUT : Direction.OUTPUT, hash.value(), parts.get(hash.value()));
            }
            if (json.get("sub_trace") instanceof JsonObject sub) {
                Relation relation = text(json, "relation").equals("chain") ? Relation.CHAIN : Relation.CALL;
                return new SubTrace(at, relation, trace(sub, level + 1));
            }
            if (json.get("error_message") instanceof JsonString error) {
                return new ErrorSeen(at, error.value());
            }
            throw new IllegalArgumentException(
                    "an event of \"" + of + "\" has neither part_hash nor sub_trace nor error_message");
        }

        private double millis(String time) {
            return Duration.between(start, time(time)).toNanos() / 1e6;
        }

        private static LocalDateTime time(String text) {
            if (text.isEmpty()) {
                throw new IllegalArgumentException("a start_time or timestamp is missing");
            }
            try {
                return LocalDateTime.parse(text);
            } catch (DateTimeException e) {
                return OffsetDateTime.parse(text)
                        .withOffsetSameInstant(ZoneOffset.UTC)
                        .toLocalDateTime();
            }
        }

        private static String text(JsonObject json, String name) {
            return json.get(name) instanceof JsonString text ? text.value() : "";
        }
    }
}

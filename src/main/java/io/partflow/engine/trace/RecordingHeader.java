package io.partflow.engine.trace;

import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonInteger;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonString;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Substream;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The first line of a recording. Immutable.
///
/// @param created when the run started, as written; empty if unknown
/// @param partflow the version of the program that wrote it; empty if unknown
/// @param pipeline the name of the pipeline; empty if unknown
/// @param level what it holds
/// @param media the folder of large blobs, relative to the recording's own, or null if it names none
/// @param sources the ids of the source nodes, which tells source lines from others at level ALL; empty if unknown
/// @param further fields of others, kept as they are; among them how nodes were cached, see [#cache], and which
/// substreams were reserved, see [#reserved]
public record RecordingHeader(
        String created,
        String partflow,
        String pipeline,
        RecordingLevel level,
        @Nullable String media,
        List<String> sources,
        JsonObject further) {
    public static final String FORMAT = "partflow-recording";
    public static final int VERSION = 1;

    private static final String CACHES = "caches";
    private static final String RESERVED = "reservedSubstreams";

    /// Always three decimals, as every other time that is written.
    private static final DateTimeFormatter MILLISECONDS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    private static final List<String> OWN =
            List.of("format", "version", "created", "partflow", "pipeline", "level", "media", "clock", "sources");

    public RecordingHeader {
        sources = List.copyOf(sources);
    }

    /// The header of a new recording.
    ///
    /// @param created written to the millisecond, cut off
    /// @param partflow the version of the program
    /// @param sources the ids of the run's source nodes
    public static RecordingHeader of(
            Instant created, String partflow, String pipeline, RecordingLevel level, List<String> sources) {
        return new RecordingHeader(
                MILLISECONDS.format(created), partflow, pipeline, level, null, sources, JsonObject.EMPTY);
    }

    RecordingHeader withMedia(String folder) {
        return new RecordingHeader(created, partflow, pipeline, level, folder, sources, further);
    }

    /// This header with how nodes were cached, by id; nothing changes where there are none.
    RecordingHeader withCaches(Map<String, RecordedCache> caches) {
        if (caches.isEmpty() || level == RecordingLevel.INPUTS) {
            return this;
        }
        JsonObject.Builder each = JsonObject.builder();
        new TreeMap<>(caches).forEach((node, cache) -> each.put(node, cache.toJson()));
        return new RecordingHeader(
                created, partflow, pipeline, level, media, sources, further.with(CACHES, each.build()));
    }

    /// This header with the substreams that the pipeline reserves; nothing changes where they are the usual ones.
    public RecordingHeader withReserved(Substream.Reserved reserved) {
        if (reserved.equals(Substream.Reserved.USUAL)) {
            return this;
        }
        JsonArray names =
                new JsonArray(reserved.names().stream().map(JsonValue::of).toList());
        return new RecordingHeader(created, partflow, pipeline, level, media, sources, further.with(RESERVED, names));
    }

    /// The substreams whose parts go past all nodes; the usual ones where none were written down.
    public Substream.Reserved reserved() {
        return further.get(RESERVED) instanceof JsonArray names
                ? new Substream.Reserved(texts(names))
                : Substream.Reserved.USUAL;
    }

    private static List<String> texts(JsonArray array) {
        return array.values().stream()
                .filter(JsonString.class::isInstance)
                .map(value -> ((JsonString) value).value())
                .toList();
    }

    /// How a node was cached; empty where that was not written down.
    public Optional<RecordedCache> cache(String node) {
        return further.get(CACHES) instanceof JsonObject caches && caches.get(node) instanceof JsonObject cache
                ? Optional.of(RecordedCache.read(cache))
                : Optional.empty();
    }

    /// Whether lines of that node are what a replay emits.
    public boolean isSource(String node) {
        return level != RecordingLevel.ALL || sources.isEmpty() || sources.contains(node);
    }

    JsonObject toJson() {
        JsonObject.Builder json = JsonObject.builder()
                .put("format", FORMAT)
                .put("version", VERSION)
                .put("created", created)
                .put("partflow", partflow)
                .put("pipeline", pipeline)
                .put("level", level.id());
        if (media != null) {
            json.put("media", media);
        }
        json.put("clock", "ms-since-run-start");
        if (!sources.isEmpty()) {
            json.put(
                    "sources", new JsonArray(sources.stream().map(JsonValue::of).toList()));
        }
        further.names().forEach(name -> {
            JsonValue value = further.get(name);
            if (value != null) {
                json.put(name, value);
            }
        });
        return json.build();
    }

    /// Reads a header.
    ///
    /// @throws IllegalArgumentException when it is none, or one of a newer version; the message says which
    static RecordingHeader read(JsonObject json) {
        if (!FORMAT.equals(text(json, "format"))) {
            throw new IllegalArgumentException("the first line is not the header of a recording");
        }
        if (!(json.get("version") instanceof JsonInteger version) || !version.isLong() || version.longValue() < 1) {
            throw new IllegalArgumentException("the header has no version");
        }
        if (version.longValue() > VERSION) {
            throw new IllegalArgumentException("the recording has version " + version + ", newer than " + VERSION);
        }
        String level = text(json, "level");
        String media = text(json, "media");
        List<String> sources = json.get("sources") instanceof JsonArray array ? texts(array) : List.of();
        JsonObject further = json;
        for (String own : OWN) {
            further = further.without(own);
        }
        return new RecordingHeader(
                text(json, "created"),
                text(json, "partflow"),
                text(json, "pipeline"),
                level.isEmpty() ? RecordingLevel.INPUTS : RecordingLevel.of(level),
                media.isEmpty() ? null : media,
                sources,
                further);
    }

    private static String text(JsonObject json, String name) {
        return json.get(name) instanceof JsonString text ? text.value() : "";
    }
}

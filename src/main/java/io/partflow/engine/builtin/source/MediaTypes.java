package io.partflow.engine.builtin.source;

import io.partflow.engine.content.MimeType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MediaTypeRegistry;
import org.apache.tika.mime.MimeTypeException;
import org.apache.tika.mime.MimeTypes;

/// Says what a file is, by its first bytes; between kinds of text its name decides. All methods are pure
/// and thread-safe.
///
/// MIME types are part of cache keys, so every type has one spelling here, whatever the table of file types
/// calls it.
final class MediaTypes {
    /// How many first bytes the decision looks at.
    static final int PREFIX_BYTES = 64 * 1024;

    static final String UNKNOWN = "application/octet-stream";

    /// The spelling we use, by the one found.
    private static final Map<String, String> SPELLING = Map.ofEntries(
            Map.entry("audio/vnd.wave", "audio/wav"),
            Map.entry("audio/x-wav", "audio/wav"),
            Map.entry("audio/wave", "audio/wav"),
            Map.entry("audio/x-flac", "audio/flac"),
            Map.entry("audio/vorbis", "audio/ogg"),
            Map.entry("audio/opus", "audio/ogg"),
            Map.entry("audio/speex", "audio/ogg"),
            Map.entry("audio/x-oggflac", "audio/ogg"),
            Map.entry("audio/x-oggpcm", "audio/ogg"),
            Map.entry("application/ogg", "audio/ogg"),
            Map.entry("audio/x-mpeg", "audio/mpeg"),
            Map.entry("audio/x-aiff", "audio/aiff"),
            Map.entry("audio/x-aac", "audio/aac"),
            Map.entry("image/x-ms-bmp", "image/bmp"),
            Map.entry("image/x-bmp", "image/bmp"),
            Map.entry("text/x-web-markdown", "text/markdown"),
            Map.entry("text/x-yaml", "text/yaml"),
            Map.entry("application/xml", "text/xml"),
            Map.entry("application/xhtml+xml", "text/html"),
            Map.entry("application/javascript", "text/javascript"),
            Map.entry("application/x-ndjson", "application/jsonl"));

    /// Types whose first bytes are always told apart: a file named so and not recognised is no such file.
    private static final Set<String> DEPENDABLE = Set.of(
            "image/png",
            "image/jpeg",
            "image/gif",
            "image/bmp",
            "image/tiff",
            "image/webp",
            "audio/wav",
            "audio/flac",
            "audio/ogg",
            "application/pdf");

    /// What a file is.
    ///
    /// @param mimeType never empty; [#UNKNOWN] when nothing is known
    /// @param namedAs what the name promises when the content is something else, or empty
    record Found(String mimeType, String namedAs) {
        boolean isText() {
            return MimeType.isText(mimeType);
        }

        boolean isWronglyNamed() {
            return !namedAs.isEmpty();
        }
    }

    private MediaTypes() {}

    /// The table of types takes a moment to load, so it is loaded when the first file is looked at.
    private static final class Table {
        static final MimeTypes TYPES = MimeTypes.getDefaultMimeTypes();
        static final MediaTypeRegistry REGISTRY = TYPES.getMediaTypeRegistry();
    }

    /// @param name the file's name, with its extension
    /// @param prefix the first bytes, at most [#PREFIX_BYTES]; not empty
    static Found of(String name, byte[] prefix) {
        MediaType content = detect(prefix, "");
        MediaType named = byName(name);
        boolean nameKnown = !isUnknown(named);
        boolean nameText = nameKnown && isText(named);
        boolean contentText = isText(content)
                || content.getType().equals("message")
                || startsWithMark(prefix)
                || isUnknown(content) && nameText && !hasNul(prefix);
        String promised = nameKnown ? spelling(named) : "";
        if (contentText) {
            boolean specific = !isUnknown(content) && isText(content);
            String type = nameText ? promised : specific ? spelling(content) : MimeType.TEXT_PLAIN;
            return new Found(type, nameKnown && !nameText ? promised : "");
        }
        if (isUnknown(content)) {
            boolean wrong = nameText || DEPENDABLE.contains(promised);
            return new Found(nameKnown && !wrong ? promised : UNKNOWN, wrong ? promised : "");
        }
        String type = spelling(content);
        if (!nameKnown || promised.equals(type) || Table.REGISTRY.isSpecializationOf(content, named)) {
            return new Found(type, "");
        }
        if (Table.REGISTRY.isSpecializationOf(named, content)) {
            return new Found(promised, "");
        }
        return new Found(type, promised);
    }

    /// The usual extension of a type, with its dot; empty when there is none.
    static String extension(String mimeType) {
        try {
            return Table.TYPES.forName(mimeType).getExtension();
        } catch (MimeTypeException e) {
            return "";
        }
    }

    private static MediaType byName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".jsonl") || lower.endsWith(".ndjson")) {
            return MediaType.parse("application/jsonl");
        }
        return detect(null, lower);
    }

    private static MediaType detect(byte @org.jspecify.annotations.Nullable [] prefix, String name) {
        Metadata metadata = new Metadata();
        if (!name.isEmpty()) {
            metadata.set(TikaCoreProperties.RESOURCE_NAME_KEY, name);
        }
        try {
            return Table.TYPES.detect(prefix == null ? null : new ByteArrayInputStream(prefix), metadata);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isUnknown(MediaType type) {
        return type.equals(MediaType.OCTET_STREAM) || type.equals(MediaType.EMPTY);
    }

    private static boolean isText(MediaType type) {
        return type.getType().equals("text")
                || MimeType.isText(type.toString())
                || Table.REGISTRY.isInstanceOf(type, MediaType.TEXT_PLAIN);
    }

    /// One spelling for each type; what is text but not called so becomes plain text, images written as
    /// text stay images.
    private static String spelling(MediaType type) {
        String name = type.getBaseType().toString();
        String ours = SPELLING.getOrDefault(name, name);
        boolean callable = MimeType.isText(ours) || MimeType.isImage(ours) || !isText(type);
        return callable ? ours : MimeType.TEXT_PLAIN;
    }

    private static boolean startsWithMark(byte[] prefix) {
        return TextEncoding.byMark(prefix) != null;
    }

    private static boolean hasNul(byte[] prefix) {
        for (byte each : prefix) {
            if (each == 0) {
                return true;
            }
        }
        return false;
    }
}

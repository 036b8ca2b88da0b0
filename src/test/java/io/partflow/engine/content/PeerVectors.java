package io.partflow.engine.content;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// What genai-processors was seen to do, as files of cases.
///
/// They are resources under `/peer`; the system property `partflow.vectors` names a folder to read instead.
/// A file that is not there is read from the resources.
public final class PeerVectors {
    private PeerVectors() {}

    /// The file `name`, such as `keys.json`.
    public static JsonObject read(String name) {
        try {
            return JsonObject.parse(new String(bytes(name), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    /// Whether a folder is named, so that nothing is known of how many cases there are and which.
    public static boolean areOthers() {
        return !System.getProperty("partflow.vectors", "").isEmpty();
    }

    private static Path folder() {
        return Path.of(System.getProperty("partflow.vectors", ""));
    }

    /// The bytes of the file `name`.
    public static byte[] bytes(String name) throws IOException {
        Path own = folder().resolve(name);
        if (areOthers() && Files.exists(own)) {
            return Files.readAllBytes(own);
        }
        try (InputStream in = PeerVectors.class.getResourceAsStream("/peer/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }

    /// The objects of an array field.
    public static List<JsonObject> objects(JsonObject of, String name) {
        return array(of, name).values().stream().map(JsonObject.class::cast).toList();
    }

    public static JsonArray array(JsonObject of, String name) {
        return (JsonArray) field(of, name);
    }

    public static String text(JsonObject of, String name) {
        return ((JsonString) field(of, name)).value();
    }

    public static String textOr(JsonObject of, String name, String otherwise) {
        return of.has(name) ? text(of, name) : otherwise;
    }

    public static int number(JsonObject of, String name) {
        return Math.toIntExact(((JsonInteger) field(of, name)).longValue());
    }

    /// A number that may be written with or without a fraction.
    public static double real(JsonObject of, String name) {
        return switch (field(of, name)) {
            case JsonInteger whole -> whole.longValue();
            case JsonReal real -> real.value();
            default -> throw new IllegalArgumentException(name + " of " + of.toJson());
        };
    }

    public static boolean flag(JsonObject of, String name) {
        return ((JsonBoolean) field(of, name)).value();
    }

    public static JsonValue field(JsonObject of, String name) {
        return Objects.requireNonNull(of.get(name), name);
    }
}

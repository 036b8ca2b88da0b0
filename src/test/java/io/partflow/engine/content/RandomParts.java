package io.partflow.engine.content;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Makes parts of every shape from a seed: the same seed, the same parts.
final class RandomParts {
    private static final String[] WORDS = {
        "hello",
        "café",
        "日本語",
        "😀",
        "\"",
        "\\",
        "\n",
        "\t\b\f\r",
        "\u0000",
        "\u007f",
        "\u0080",
        "ÿ",
        "\ue000",
        "\ud800",
        "\udc00",
        "/",
        "<&>",
        " ",
        "a long run of clean text that needs no escape at all"
    };
    private static final String[] MIME_TYPES = {"", "text/plain", "Text/HTML", "application/json", "image/png", "x"};

    private static final JsonValue SIGNATURE = JsonValue.of("+/8");

    private final Random random;

    RandomParts(long seed) {
        random = new Random(seed);
    }

    List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            parts.add(part());
        }
        return parts;
    }

    Part part() {
        Part part = Part.of(body(), word(2), word(2), pick(MIME_TYPES), object(2));
        return random.nextInt(5) == 0 ? part.withBodyFields(bodyFields()) : part;
    }

    private JsonObject bodyFields() {
        JsonObject fields = JsonObject.of("thought", JsonValue.of(random.nextBoolean()), "thoughtSignature", SIGNATURE);
        return random.nextBoolean() ? fields : fields.with("media_resolution", object(1));
    }

    private PartBody body() {
        if (random.nextInt(6) == 0) {
            return structured();
        }
        if (random.nextInt(3) > 0) {
            return new TextBody(word(random.nextInt(10) == 0 ? 400 : 6));
        }
        byte[] data = new byte[random.nextInt(10) == 0 ? random.nextInt(20_000) : random.nextInt(40)];
        random.nextBytes(data);
        return new BlobBody(Bytes.of(data), pick(MIME_TYPES), random.nextBoolean() ? null : word(2));
    }

    private PartBody structured() {
        return switch (random.nextInt(5)) {
            case 0 -> PartBody.FunctionCall.of(word(2), object(3));
            case 1 -> PartBody.FunctionResponse.result(word(2), value(2));
            case 2 -> PartBody.FileReference.of(word(2), pick(MIME_TYPES));
            case 3 -> PartBody.ExecutableCode.of(word(6), "PYTHON");
            default -> PartBody.CodeExecutionResult.of("OUTCOME_OK", word(6));
        };
    }

    String word(int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            text.append(pick(WORDS));
        }
        return text.toString();
    }

    JsonObject object(int depth) {
        JsonObject.Builder fields = JsonObject.builder();
        for (int i = random.nextInt(random.nextInt(20) == 0 ? 30 : 4); i > 0; i--) {
            fields.put(name() + i, value(depth - 1));
        }
        return fields.build();
    }

    /// A name without halves of surrogate pairs, which can be written but not read.
    private String name() {
        return word(2).codePoints()
                .filter(c -> Character.getType(c) != Character.SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    JsonValue value(int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 7)) {
            case 0 -> JsonValue.of(word(3));
            case 1 -> JsonValue.of(random.nextLong() >> random.nextInt(64));
            case 2 -> JsonValue.of(new BigInteger(200, random).negate());
            case 3 -> JsonValue.of(Double.longBitsToDouble(random.nextLong()));
            case 4 -> JsonValue.of(random.nextInt(1000) / 8.0);
            case 5 -> JsonValue.of(random.nextBoolean());
            case 6 -> JsonNull.NULL;
            case 7 -> object(depth);
            default -> JsonArray.of(value(depth - 1), value(depth - 1));
        };
    }

    private String pick(String[] from) {
        return from[random.nextInt(from.length)];
    }
}

package io.partflow.engine.insight.why;

import io.partflow.engine.content.BlobBody;
import io.partflow.engine.content.CanonicalForm;
import io.partflow.engine.content.ContentHash;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.TextBody;
import io.partflow.engine.content.image.ImageLooks;
import io.partflow.engine.content.image.ImageSignature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is remembered of a part after the part itself is gone: hashes of its fields, and what it looks like.
/// Immutable.
///
/// @param body a hash of the body alone
/// @param normalised hashes of the text with each set of normalisations applied, by the bits of their ordinals, or
/// empty without text
/// @param metadata a hash of each entry, in the order of names; without `capture_time`, which no key holds
/// @param sketch of the text, or null
/// @param signature of the image, or null
public record PartPrint(
        long body,
        long role,
        long substream,
        String mimeType,
        List<Field> metadata,
        List<Long> normalised,
        @Nullable TextSketch sketch,
        @Nullable ImageSignature signature) {
    /// A metadata entry.
    public record Field(String name, long value) {}

    // Larger images take longer to decode than an explanation is worth.
    // Two pictures of different things differ by about half of the 64 bits; by this many, nobody takes one for the
    // other.
    private static final double ALIEN_BITS = 24;
    private static final long MOST_PIXELS = 4_000_000;
    private static final int MOST_IMAGE_BYTES = 4 << 20;
    private static final ImageLooks LOOKS = new ImageLooks(MOST_PIXELS);

    public PartPrint {
        metadata = List.copyOf(metadata);
        normalised = List.copyOf(normalised);
    }

    public static PartPrint of(Part part) {
        List<Field> fields = new ArrayList<>();
        for (String name : part.metadata().names()) {
            JsonValue value = part.metadata(name);
            if (value != null && !name.equals(Part.CAPTURE_TIME)) {
                fields.add(new Field(name, hash(value.toJson())));
            }
        }
        String text = part.body() instanceof TextBody(String body) ? body : null;
        return new PartPrint(
                bodyHash(part, text),
                hash(part.role()),
                hash(part.substream()),
                part.mimeType(),
                fields,
                text == null ? List.of() : Normalised.hashes(text),
                text == null ? null : TextSketch.of(text),
                signature(part));
    }

    private static long bodyHash(Part part, @Nullable String text) {
        if (text != null) {
            return hash(text);
        }
        ContentHash hash = CanonicalForm.hash(part.withMetadata(JsonObject.EMPTY)
                .withRole("")
                .withSubstream("")
                .withMimeType("application/octet-stream"));
        return hash == null ? 0 : hash.low();
    }

    static long hash(String text) {
        return ContentHash.ofText(text).low();
    }

    private static @Nullable ImageSignature signature(Part part) {
        if (!part.isImage() || !(part.body() instanceof BlobBody blob) || blob.sizeBytes() > MOST_IMAGE_BYTES) {
            return null;
        }
        try {
            return LOOKS.signature(part);
        } catch (IOException unreadable) {
            // A picture that cannot be read is only ever equal to itself.
            return null;
        }
    }

    /// A number for all that counts in the key.
    public long whole() {
        long hash = withoutMetadata();
        for (Field field : metadata) {
            hash = mixed(hash, field.name().hashCode(), field.value());
        }
        return hash;
    }

    /// A number for all but the metadata.
    public long withoutMetadata() {
        return mixed(mixed(body, role, substream), mimeType.hashCode(), 1);
    }

    /// Three numbers as one.
    public static long mixed(long a, long b, long c) {
        long hash = (a ^ Long.rotateLeft(b, 21) ^ Long.rotateLeft(c, 43)) * 0x9e3779b97f4a7c15L;
        return (hash ^ (hash >>> 29)) * 0xbf58476d1ce4e5b9L + b;
    }

    /// The value of a metadata entry, or null.
    public @Nullable Long field(String name) {
        for (Field field : metadata) {
            if (field.name().equals(name)) {
                return field.value();
            }
        }
        return null;
    }

    /// How alike two parts' bodies are, 0 to 1.
    double similarity(PartPrint other) {
        if (body == other.body) {
            return 1;
        }
        if (sketch != null && other.sketch != null) {
            return sketch.similarity(other.sketch);
        }
        if (signature != null && other.signature != null) {
            return Math.max(0, 1 - signature.distance(other.signature) / ALIEN_BITS);
        }
        return 0;
    }
}

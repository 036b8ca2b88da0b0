package io.partflow.bench;

import com.fasterxml.jackson.core.Base64Variant;
import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.partflow.engine.content.BlobBody;
import io.partflow.engine.content.CanonicalForm;
import io.partflow.engine.content.ContentHash;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.TextBody;
import io.partflow.engine.content.hash.Xxh128;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import net.openhft.hashing.LongTupleHashFunction;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// The cache key of one part: ours, the peer (Jackson's generator, told to write the same canonical text
/// into a reused array, which is checked, and the same hash) and the hash alone, over as many bytes as the
/// canonical text has: the library's, which the peer uses, and ours.
///
/// The canonical text escapes 0x7F, which Jackson does when it is given escapes of one's own: then it takes
/// another way through its code. `peerJacksonWithoutDelete` is told nothing of 0x7F and is right only for
/// texts without it, as these are.
///
/// The texts are pieces of the sample chapter, with its line ends and curly quotes; `clean` has no char to
/// escape.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Thread)
public class KeyBench {
    private static final LongTupleHashFunction XXH128 = LongTupleHashFunction.xx128();
    private static final JsonFactory WITHOUT_DELETE = new JsonFactoryBuilder()
            .configure(JsonWriteFeature.ESCAPE_NON_ASCII, true)
            .configure(JsonWriteFeature.WRITE_HEX_UPPER_CASE, false)
            .build();
    private static final JsonFactory JACKSON = WITHOUT_DELETE.copy().setCharacterEscapes(new DeleteEscaped());
    private static final PrettyPrinter SPACED = new Spaced();
    private static final Base64Variant URL_SAFE =
            new Base64Variant(Base64Variants.MODIFIED_FOR_URL, "padded", true, '=', Integer.MAX_VALUE);

    /// JSON's own escapes and 0x7F, which the canonical text escapes too.
    private static final class DeleteEscaped extends CharacterEscapes {
        private static final long serialVersionUID = 1;
        private static final int[] CODES = standardAsciiEscapesForJSON();

        static {
            CODES[0x7F] = ESCAPE_STANDARD;
        }

        @Override
        public int[] getEscapeCodesForAscii() {
            return CODES;
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int code) {
            return null;
        }
    }

    /// A space behind each comma and colon, as the canonical text has it.
    private static final class Spaced extends MinimalPrettyPrinter {
        private static final long serialVersionUID = 1;

        @Override
        public void writeObjectFieldValueSeparator(JsonGenerator json) throws IOException {
            json.writeRaw(": ");
        }

        @Override
        public void writeObjectEntrySeparator(JsonGenerator json) throws IOException {
            json.writeRaw(", ");
        }

        @Override
        public void writeArrayValueSeparator(JsonGenerator json) throws IOException {
            json.writeRaw(", ");
        }
    }

    /// What the part holds.
    @Param({"bytes-1m", "text-1m", "clean-1m", "text-1k", "text-100"})
    public String content;

    private Part part;
    private byte[] canonical;
    private final long[] hash = new long[2];
    private final Xxh128 ownHash = new Xxh128();
    private final Output output = new Output();

    /// Gives its array away without a copy.
    private static final class Output extends ByteArrayOutputStream {
        Output() {
            super(8 << 20);
        }

        byte[] array() {
            return buf;
        }
    }

    @Setup
    public void make() throws IOException {
        String chapter = Files.readString(Path.of("samples", "media", "text", "alice-chapter-1.txt"));
        part = switch (content) {
            case "bytes-1m" -> {
                byte[] bytes = new byte[1 << 20];
                new Random(1).nextBytes(bytes);
                yield Part.blob(bytes, "image/png");
            }
            case "text-1m" -> Part.text(of(chapter, 1 << 20));
            case "clean-1m" -> Part.text(of(chapter.replaceAll("[^ !#-\\[\\]-~]", " "), 1 << 20));
            case "text-1k" -> Part.text(chapter.substring(2_000, 3_024));
            default -> Part.text(chapter.substring(2_000, 2_100));
        };
        String text = CanonicalForm.text(java.util.List.of(part));
        peerJackson();
        String peer = new String(output.array(), 0, output.size(), java.nio.charset.StandardCharsets.US_ASCII);
        if (!peer.equals(text)) {
            int at = java.util.Arrays.mismatch(
                    peer.toCharArray(), String.valueOf(text).toCharArray());
            throw new IllegalStateException("the peer writes another text from index " + at + " on: "
                    + peer.substring(Math.max(0, at - 20), Math.min(peer.length(), at + 40)));
        }
        canonical = text == null ? new byte[0] : text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }

    private static String of(String text, int chars) {
        return text.repeat(chars / text.length() + 1).substring(0, chars);
    }

    @Benchmark
    public ContentHash key() {
        return CanonicalForm.hash(part);
    }

    @Benchmark
    public long limitHash() {
        XXH128.hashBytes(canonical, hash);
        return hash[0];
    }

    @Benchmark
    public long oursHash() {
        ownHash.finish(canonical, canonical.length);
        return ownHash.low();
    }

    @Benchmark
    public long peerJackson() throws IOException {
        return write(JACKSON);
    }

    @Benchmark
    public long peerJacksonWithoutDelete() throws IOException {
        return write(WITHOUT_DELETE);
    }

    private long write(JsonFactory factory) throws IOException {
        output.reset();
        try (JsonGenerator json = factory.createGenerator(output)) {
            json.setPrettyPrinter(SPACED);
            json.writeStartArray();
            json.writeStartObject();
            json.writeObjectFieldStart("metadata");
            json.writeEndObject();
            json.writeStringField("mimetype", part.mimeType());
            json.writeObjectFieldStart("part");
            if (part.body() instanceof TextBody text) {
                json.writeStringField("text", text.text());
            } else if (part.body() instanceof BlobBody blob) {
                json.writeObjectFieldStart("inline_data");
                json.writeFieldName("data");
                json.writeBinary(
                        URL_SAFE, blob.data().inputStream(), blob.data().length());
                json.writeStringField("mime_type", blob.mimeType());
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeStringField("role", part.role());
            json.writeStringField("substream_name", part.substream());
            json.writeEndObject();
            json.writeEndArray();
        }
        XXH128.hashBytes(output.array(), 0, output.size(), hash);
        return hash[0];
    }
}

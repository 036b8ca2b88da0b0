package io.partflow.engine.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WireFormPropertyTest {
    private static final int ROUNDS = 2_000;

    @Test
    void parts_writtenAndRead_areTheSameParts() {
        for (long seed = 0; seed < ROUNDS; seed++) {
            List<Part> parts = new RandomParts(seed).parts();
            String json = WireForm.toJson(parts);

            Content read = WireForm.readContent(json);

            assertEquals(parts, read.parts(), "seed " + seed);
            assertEquals(json, WireForm.toJson(read.parts()), "seed " + seed);
            assertEquals(read, WireForm.readContent(WireForm.toBytes(parts)), "seed " + seed);
            assertEquals(CanonicalForm.hash(parts), CanonicalForm.hash(read.parts()), "seed " + seed);
            assertEquals(Content.of(parts).sizeBytes(), read.sizeBytes(), "seed " + seed);
        }
    }

    @Test
    void texts_written_arePrintableAsciiThatJsonReadersUnderstand() {
        for (long seed = 0; seed < ROUNDS; seed++) {
            List<Part> parts = new RandomParts(seed).parts();
            String json = WireForm.toJson(parts);

            assertTrue(json.chars().allMatch(c -> c >= ' ' && c <= '~'), "seed " + seed);
            JsonArray tree = (JsonArray) JsonValue.parse(json);
            assertEquals(json, tree.toJson(), "seed " + seed);
        }
    }

    @Test
    void canonicalText_isTheSortedTreeWithoutCaptureTime() {
        for (long seed = 0; seed < ROUNDS; seed++) {
            List<Part> parts = new RandomParts(seed).parts();
            List<Part> captured = parts.stream()
                    .map(part -> part.withMetadata(Part.CAPTURE_TIME, JsonValue.of(1.5)))
                    .toList();

            String canonical = CanonicalForm.text(parts);

            assertEquals(JsonValue.parse(WireForm.toJson(parts)).toCanonicalJson(), canonical, "seed " + seed);
            assertEquals(canonical, CanonicalForm.text(captured), "seed " + seed);
        }
    }

    @Test
    void keys_ofDifferentCanonicalTexts_differ() {
        Map<ContentHash, String> seen = new HashMap<>();
        for (long seed = 0; seed < ROUNDS; seed++) {
            List<Part> parts = new RandomParts(seed).parts();
            String canonical = String.valueOf(CanonicalForm.text(parts));
            ContentHash hash = CanonicalForm.hash(parts);

            assertEquals(ContentHash.ofText(canonical), hash, "seed " + seed);
            if (hash != null) {
                String before = seen.putIfAbsent(hash, canonical);
                assertTrue(before == null || before.equals(canonical), "seed " + seed);
            }
        }
    }

    @Test
    void blobs_ofEveryLengthAroundThePieces_areTheJdksBase64() {
        for (int length :
                List.of(0, 1, 2, 3, 4, 383, 384, 385, 767, 768, 769, 6143, 6144, 6145, 6529, 12_287, 12_289)) {
            Bytes data = PeerParts.patternBytes(length, 131, 7);
            String expected = Base64.getUrlEncoder().encodeToString(data.toArray());

            Part part = Part.blob(data, "image/png");

            assertEquals(
                    "{\"part\": {\"inline_data\": {\"data\": \"" + expected + "\", \"mime_type\": \"image/png\"}},"
                            + " \"role\": \"\", \"substream_name\":"
                            + " \"\", \"mimetype\": \"image/png\","
                            + " \"metadata\": {}}",
                    WireForm.toJson(part));
            assertEquals(part, WireForm.read(WireForm.toJson(part)));
        }
    }

    @Test
    void texts_ofEveryLengthAroundThePieces_areEscapedAtEveryPlace() {
        for (int length : List.of(11, 12, 13, 20, 63, 64, 65, 1023, 1024, 1025, 2049)) {
            for (int at = 0; at < length; at += length > 100 ? 31 : 1) {
                for (char odd : new char[] {'"', '\n', '\u007f', '\u00ff', '\u0100', '\uffff', '\ud83d'}) {
                    char[] chars = "a".repeat(length).toCharArray();
                    chars[at] = odd;
                    chars[length - 1] = '\\';
                    String text = new String(chars);

                    String json = JsonValue.of(text).toJson();

                    assertEquals(reference(text), json, length + " characters, odd at " + at);
                }
            }
        }
    }

    private static String reference(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                default -> {
                    if (c < 0x7f) {
                        json.append(c);
                    } else {
                        json.append(String.format("\\u%04x", (int) c));
                    }
                }
            }
        }
        return json.append('"').toString();
    }

    @Test
    void sizeBytes_ofText_isItsUtf8Length() {
        for (long seed = 0; seed < ROUNDS; seed++) {
            String text = new RandomParts(seed).word(seed % 20 == 0 ? 3_000 : 8);
            // a lone surrogate takes three bytes, as its replacement character does
            String whole = new String(text.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE);

            long size = Part.text(text).sizeBytes();

            assertEquals(whole.getBytes(StandardCharsets.UTF_8).length + 4, size, "seed " + seed);
        }
    }
}

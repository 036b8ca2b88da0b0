package io.partflow.engine.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireFormTest {
    @Test
    void part_withPartFieldOnly_getsDefaults() {
        Part part = WireForm.read("{\"part\": {\"text\": \"a\"}}");

        assertEquals(Part.text("a"), part);
    }

    @Test
    void part_withNulls_getsDefaults() {
        Part part = WireForm.read("{\"part\": {\"text\": \"a\", \"inline_data\": null}, \"role\": null,"
                + " \"substream_name\": null, \"mimetype\": null, \"metadata\": null}");

        assertEquals(Part.text("a"), part);
    }

    @Test
    void mimeType_notGiven_isThatOfTheBlob() {
        Part part = WireForm.read("{\"part\": {\"inline_data\": {\"data\": \"\", \"mime_type\": \"image/gif\"}}}");

        assertEquals("image/gif", part.mimeType());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"inline_data\": {\"data\": \"-__-Pj8=\", \"mime_type\": \"image/png\"}}",
                "{\"inlineData\": {\"data\": \"+//+Pj8=\", \"mimeType\": \"image/png\"}}",
                "{\"inlineData\": {\"mimeType\": \"image/png\", \"data\": \"+//+Pj8\"}}",
                "{\"inline_data\": {\"data\": \"-_/+Pj8\", \"mime_type\": \"image/png\", \"display_name\": null}}"
            })
    void blob_inEitherSpellingAndAlphabet_isTheSame(String inner) {
        Part part = WireForm.read("{\"part\": " + inner + "}");

        assertEquals(Part.blob(new byte[] {-5, -1, -2, 0x3e, 0x3f}, "image/png"), part);
    }

    @Test
    void blob_withDisplayName_keepsItBetweenDataAndType() {
        String json =
                "{\"part\": {\"inline_data\": {\"data\": \"AA==\", \"display_name\": \"n\", \"mime_type\": \"a/b\"}},"
                        + " \"role\": \"\", \"substream_name\": \"\", \"mimetype\": \"a/b\", \"metadata\": {}}";

        assertEquals(json, WireForm.toJson(WireForm.read(json)));
    }

    @Test
    void metadata_withPythonsNumbers_survives() {
        String json = "{\"part\": {\"text\": \"x\"}, \"role\": \"\", \"substream_name\": \"\", \"mimetype\":"
                + " \"text/plain\", \"metadata\": {\"a\": NaN, \"b\": [Infinity, -Infinity, -0.0, 0, 1e+16, 1.0],"
                + " \"c\": 123456789012345678901234567890, \"d\": {\"e\": null}}}";

        assertEquals(json, WireForm.toJson(WireForm.read(json)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0007',
            value = {
                "{\"part\": {\"text\": \"a\", \"inline_data\": {\"data\": \"\"}}} | /part/inline_data | second",
                "{\"part\": {\"text\": 1}} | /part/text | string",
                "{\"part\": {\"inline_data\": {\"data\": \"A\"}}} | /part/inline_data/data | within a byte",
                "{\"part\": {\"inline_data\": {\"data\": \"A.B=\"}}} | /part/inline_data/data | character 2",
                "{\"part\": {\"inline_data\": {\"mime_type\": \"a/b\"}}} | /part/inline_data | missing",
                "{\"part\": {\"text\": \"a\"}, \"metadata\": []} | /metadata | object",
                "{\"role\": \"user\"} |  | \"part\" is missing",
                "[] |  | object",
                "{\"part\": {\"text\": \"a\"} | /part | not JSON at line 1",
            })
    void part_thatIsWrong_isRefusedWithPathAndRemedy(String json, String path, String reason) {
        WireFormException refused = assertThrows(WireFormException.class, () -> WireForm.read(json));

        assertEquals(path == null ? "" : path, refused.path());
        assertTrue(String.valueOf(refused.getMessage()).contains(reason), refused.getMessage());
        assertTrue(String.valueOf(refused.getMessage()).endsWith(refused.remedy()), refused.getMessage());
    }

    @Test
    void content_withOneWrongPart_namesItsPlace() {
        WireFormException refused = assertThrows(
                WireFormException.class,
                () -> WireForm.readContent("[{\"part\": {\"text\": \"a\"}}, {\"part\": {\"text\": 2}}]"));

        assertEquals("/1/part/text", refused.path());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[", "[] []", "[1]", "nul"})
    void content_thatIsNoArrayOfParts_isRefused(String json) {
        assertThrows(WireFormException.class, () -> WireForm.readContent(json));
    }

    @Test
    void detachedBlob_completedWithItsData_isTheSamePart() {
        Part part = Part.blob(new byte[] {1, 2, 3}, "image/png").withRole("user");

        String json = WireForm.toJsonDetached(part);
        Part read = WireForm.readDetached((JsonObject) JsonValue.parse(json));

        assertEquals(
                "{\"part\": {\"inline_data\": {\"mime_type\": \"image/png\"}}, \"role\": \"user\", \"substream_name\":"
                        + " \"\", \"mimetype\": \"image/png\", \"metadata\": {}}",
                json);
        assertEquals(part, WireForm.withData(read, part.bytes()));
        assertThrows(WireFormException.class, () -> WireForm.read(json));
        assertThrows(IllegalArgumentException.class, () -> WireForm.withData(Part.text("a"), Bytes.EMPTY));
    }

    @Test
    void parser_insideALargerText_readsOnePartAndGoesOn() throws IOException {
        try (JsonParser parser = WireForm.parser("{\"at\": 1, \"part\": {\"part\": {\"text\": \"a\"}}, \"seq\": 7}")) {
            while (!"part".equals(parser.currentName())) {
                parser.nextToken();
            }

            Part part = WireForm.read(parser);

            assertEquals(Part.text("a"), part);
            assertEquals("seq", parser.nextFieldName());
            assertEquals(JsonToken.VALUE_NUMBER_INT, parser.nextToken());
        }
    }

    @Test
    void noParts_areAnEmptyArray() {
        assertEquals("[]", WireForm.toJson(List.of()));
        assertEquals(Content.EMPTY, WireForm.readContent(" [ ] "));
    }
}

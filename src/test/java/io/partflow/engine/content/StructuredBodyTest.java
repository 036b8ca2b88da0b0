package io.partflow.engine.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class StructuredBodyTest {
    @Test
    void functionCall_inCamelCaseAndAnyOrder_isWrittenAsDeclared() {
        Part part = WireForm.read(
                "{\"part\": {\"functionCall\": {\"willContinue\": false, \"name\": \"f\", \"new_field\": 1,"
                        + " \"args\": {\"camelCase\": null}, \"id\": null, \"partialArgs\": []}}}");

        assertEquals(
                "{\"function_call\": {\"args\": {\"camelCase\": null}, \"name\": \"f\", \"partial_args\": [],"
                        + " \"will_continue\": false, \"new_field\": 1}}",
                inner(part));
        assertEquals(MimeType.FUNCTION_CALL, part.mimeType());
        assertTrue(
                part.body() instanceof PartBody.FunctionCall call && call.name().equals("f") && call.id() == null);
    }

    @Test
    void fieldsOneLevelDeeper_areReadInCamelCaseAndWithoutNulls() {
        String call = "{\"part\": {\"functionCall\": {\"name\": \"f\", \"partialArgs\": [{\"willContinue\": true,"
                + " \"nullValue\": null, \"numberValue\": 1, \"jsonPath\": \"$.a\"}]}}}";
        String beside = "{\"part\": {\"text\": \"t\", \"videoMetadata\": {\"startOffset\": \"1s\", \"fps\": null},"
                + " \"toolCall\": {\"toolType\": \"T\", \"args\": {\"camelCase\": null}},"
                + " \"audioTranscription\": {\"languageCode\": \"en\", \"words\": [{\"endOffset\": \"2s\","
                + " \"word\": \"w\", \"startOffset\": null}]}, \"mediaResolution\": {\"numTokens\": 5}}}";

        assertEquals(
                "{\"function_call\": {\"name\": \"f\", \"partial_args\": [{\"json_path\": \"$.a\","
                        + " \"number_value\": 1.0, \"will_continue\": true}]}}",
                inner(WireForm.read(call)));
        assertEquals(
                "{\"media_resolution\": {\"num_tokens\": 5}, \"text\": \"t\", \"video_metadata\": {\"start_offset\":"
                        + " \"1s\"}, \"tool_call\": {\"tool_type\": \"T\", \"args\": {\"camelCase\": null}},"
                        + " \"audio_transcription\": {\"language_code\": \"en\", \"words\": [{\"word\": \"w\","
                        + " \"end_offset\": \"2s\"}]}}",
                inner(WireForm.read(beside)));
        assertEquals(List.of(), WireForm.read(beside).unknownFields());
    }

    @Test
    void contentAsAnswer_isItsTextsOrItsBytes() {
        Content texts = Content.of(Part.text("a"), Part.text("b"));
        Content mixed = Content.of(Part.text("a"), Part.blob(new byte[] {-1, -2, -3}, "image/png"));

        assertEquals(
                "{\"function_response\": {\"scheduling\": \"SILENT\", \"id\": \"7\", \"name\": \"f\","
                        + " \"response\": {\"error\": \"ab\"}}}",
                inner(Part.of(PartBody.FunctionResponse.error("f", texts)
                        .withId("7")
                        .with(PartBody.FunctionResponse.Scheduling.SILENT))));
        assertEquals(
                "{\"function_response\": {\"will_continue\": false, \"parts\": [{\"inline_data\": {\"mime_type\":"
                        + " \"text/plain\", \"data\": \"YQ==\"}}, {\"inline_data\": {\"mime_type\": \"image/png\","
                        + " \"data\": \"__79\"}}], \"name\": \"f\"}}",
                inner(Part.of(PartBody.FunctionResponse.result("f", mixed)
                        .with(PartBody.FunctionResponse.Continuation.LAST))));
    }

    @Test
    void cancellation_namesTheCallItIsOf() {
        assertTrue(Part.toolCancellation("42").body() instanceof PartBody.FunctionResponse response
                && "42".equals(response.cancelledCall()));
        assertNull(PartBody.FunctionResponse.result("f", JsonValue.of(1)).cancelledCall());
    }

    @Test
    void protoMessage_saysItsType() {
        Part part = Part.protoMessage("my.Message", Bytes.of(new byte[] {1}));

        assertTrue(MimeType.isProtoMessage(part.mimeType(), "my.Message"));
        assertEquals(Bytes.of(new byte[] {1}), part.bytes());
    }

    @Test
    void args_withNumbersAndNamesThatJsonLacks_areReplacedAsThePeerDoes() {
        JsonObject args = JsonObject.of("a\ud800", JsonArray.of(JsonValue.of(Double.NaN), JsonValue.of("\ud800")));

        Part part = Part.of(PartBody.FunctionCall.of("f", args));

        assertEquals(
                "{\"function_call\": {\"args\": {\"a\\ufffd\\ufffd\\ufffd\": [null, \"\\ud800\"]}, \"name\": \"f\"}}",
                inner(part));
        assertEquals(part, WireForm.read(WireForm.toJson(part)));
    }

    @Test
    void functionResponse_withBlobs_hasThemInUrlSafeBase64() {
        Part part = WireForm.read("{\"part\": {\"function_response\": {\"name\": \"f\", \"parts\":"
                + " [{\"inlineData\": {\"data\": \"//79\", \"mimeType\": \"image/png\"}}]}}}");

        assertEquals(
                "{\"function_response\": {\"parts\": [{\"inline_data\": {\"mime_type\": \"image/png\","
                        + " \"data\": \"__79\"}}], \"name\": \"f\"}}",
                inner(part));
    }

    @Test
    void functionResponse_withBadBase64_isRefusedWithItsPath() {
        WireFormException refused = assertThrows(
                WireFormException.class,
                () -> WireForm.read(
                        "{\"part\": {\"function_response\": {\"parts\": [{\"inline_data\": {\"data\": \"!\"}}]}}}"));

        assertEquals("/part/function_response", refused.path());
    }

    @Test
    void fieldsBesideThePayload_standWhereDeclared() {
        String json = "{\"part\": {\"thoughtSignature\": \"+/8\", \"thought\": true, \"mediaResolution\": {\"a\": 1},"
                + " \"text\": \"t\", \"partMetadata\": null}}";

        Part part = WireForm.read(json);

        assertEquals(
                "{\"media_resolution\": {\"a\": 1}, \"text\": \"t\", \"thought\": true, \"thought_signature\":"
                        + " \"-_8=\"}",
                inner(part));
        assertEquals(
                List.of("media_resolution", "thought", "thought_signature"),
                part.bodyFields().names());
        assertEquals("t", part.withRole("model").text());
        assertEquals(part.bodyFields(), part.withText("u").withRole("r").bodyFields());
        assertFalse(part.equals(Part.text("t")));
        assertFalse(
                String.valueOf(CanonicalForm.hash(part)).equals(String.valueOf(CanonicalForm.hash(Part.text("t")))));
        assertSame(part, part.withBodyFields(part.bodyFields()));
    }

    @Test
    void fieldsBesideThePayload_inTheKey_areSortedWithIt() {
        Part part = Part.blob(new byte[] {1}, "image/png")
                .withBodyFields(JsonObject.of("thought", JsonValue.of(true), "audio_transcription", JsonObject.EMPTY));

        assertEquals(
                "[{\"metadata\": {}, \"mimetype\": \"image/png\", \"part\": {\"audio_transcription\": {},"
                        + " \"inline_data\": {\"data\": \"AQ==\", \"mime_type\": \"image/png\"}, \"thought\": true},"
                        + " \"role\": \"\", \"substream_name\": \"\"}]",
                CanonicalForm.text(List.of(part)));
    }

    @Test
    void fileReference_reportsPlainTextAndHoldsNoText() {
        Part part = Part.of(PartBody.FileReference.of("gs://b/x.png", "image/png"));

        assertEquals("text/plain", part.mimeType());
        assertEquals("", part.text());
        assertTrue(part.bytes().isEmpty());
        assertTrue(part.body() instanceof PartBody.FileReference file
                && file.uri().equals("gs://b/x.png")
                && "image/png".equals(file.fileMimeType()));
        assertEquals("FileReference[file_uri, mime_type]", part.body().toString());
    }

    @Test
    void sizeBytes_isTheJsonOfFieldsAndFieldsBeside() {
        Part call = Part.of(PartBody.FunctionCall.of("f", JsonObject.EMPTY));

        assertEquals("{\"args\": {}, \"name\": \"f\"}".length() + 4, call.sizeBytes());
        Part thought = call.withBodyFields(JsonObject.of("thought", JsonValue.of(true)));
        assertEquals(call.sizeBytes() + "{\"thought\": true}".length(), thought.sizeBytes());
    }

    @Test
    void accessors_ofAbsentFields_areEmpty() {
        PartBody.FunctionResponse response = new PartBody.FunctionResponse(JsonObject.EMPTY);

        assertEquals("", response.name());
        assertEquals(JsonObject.EMPTY, response.response());
        assertNull(response.id());
        assertEquals("", new PartBody.ExecutableCode(JsonObject.EMPTY).code());
        assertEquals("", new PartBody.CodeExecutionResult(JsonObject.EMPTY).output());
        assertEquals(JsonObject.EMPTY, new PartBody.FunctionCall(JsonObject.EMPTY).args());
    }

    private static String inner(Part part) {
        return PeerVectors.field(JsonObject.parse(WireForm.toJson(part)), "part")
                .toJson();
    }
}

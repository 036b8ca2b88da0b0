package io.partflow.engine.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The mended quirk: genai-processors refuses fields that it does not know, a newer program's parts would
/// be lost.
class UnknownFieldsTest {
    private static final String END =
            ", \"role\": \"\", \"substream_name\": \"\", \"mimetype\": \"text/plain\", \"metadata\": {}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0007',
            value = {
                "{\"text\": \"a\", \"hologram\": {\"z\": [1, null]}} | /part/hologram",
                "{\"hologram\": {\"z\": 1}} | /part/hologram",
                "{\"tool_call\": {\"id\": \"7\"}} | ",
                "{} | ",
                "{\"inline_data\": {\"data\": \"AQ==\", \"mime_type\": \"text/plain\", \"crc\": 5}} |"
                        + " /part/inline_data/crc",
                "{\"file_data\": {\"file_uri\": \"gs://b\", \"etag\": \"x\"}} | /part/file_data/etag",
                "{\"function_call\": {\"args\": {\"free\": 1}, \"name\": \"f\", \"speed\": 2.0}} |"
                        + " /part/function_call/speed",
                "{\"function_response\": {\"parts\": [{\"inline_data\": {\"data\": \"AQ==\", \"crc\": 1}, \"x\": 2}],"
                        + " \"name\": \"f\", \"why\": true}} |"
                        + " /part/function_response/parts/inline_data/crc /part/function_response/parts/x"
                        + " /part/function_response/why",
                "{\"text\": \"a\", \"video_metadata\": {\"fps\": 2.0, \"lens\": 1}} | /part/video_metadata/lens",
                "{\"text\": \"a\", \"part_metadata\": {\"lens\": null}} | ",
                "{\"text\": \"a\", \"audio_transcription\": {\"words\": [{\"word\": \"a\", \"sure\": 1}]}} |"
                        + " /part/audio_transcription/words/sure",
                "{\"function_call\": {\"name\": \"f\", \"partial_args\": [{\"json_path\": \"$.a\", \"n\": 1}]}} |"
                        + " /part/function_call/partial_args/n",
                "{\"tool_call\": {\"id\": \"7\", \"why\": 1}} | /part/tool_call/why",
                "{\"executable_code\": {\"code\": \"1\", \"language\": \"PYTHON\", \"line\": 3}} |"
                        + " /part/executable_code/line",
                "{\"code_execution_result\": {\"outcome\": \"OK\", \"ms\": 3}} | /part/code_execution_result/ms",
            })
    void unknownField_isKeptLetterByLetterAndTold(String inner, String paths) {
        String json = "{\"part\": " + inner + END + "}";

        Part part = WireForm.read(json).withMimeType("text/plain");

        assertThat(WireForm.toJson(part)).isEqualTo(json);
        assertThat(WireForm.read(WireForm.toJson(part))).isEqualTo(part);
        assertThat(part.unknownFields()).isEqualTo(paths == null ? List.of() : List.of(paths.split(" ")));
    }

    @Test
    void unknownFieldBesideRole_isKeptThroughEveryChange() {
        String json = "{\"part\": {\"text\": \"a\"}" + END + ", \"lang\": \"en\", \"weights\": [NaN, 1]}";

        Part part = WireForm.read(json);

        assertThat(WireForm.toJson(part)).isEqualTo(json);
        assertThat(part.unknownFields()).containsExactly("/lang", "/weights");
        Part changed = part.withRole("user").withText("b").withMetadata("n", JsonValue.of(1));
        assertThat(changed.otherFields()).isEqualTo(part.otherFields());
        assertThat(changed.unknownFields()).isEqualTo(part.unknownFields());
        assertThat(part.sizeBytes())
                .isEqualTo(Part.text("a").sizeBytes() + part.otherFields().jsonLength());
        assertThat(part).isNotEqualTo(Part.text("a")).isNotEqualTo(part.withOtherFields(JsonObject.EMPTY));
        assertThat(part.withOtherFields(JsonObject.of("role", JsonValue.of("x"))))
                .isEqualTo(Part.text("a"));
    }

    @Test
    void unknownFields_countInTheKeyInTheOrderOfTheirNames() {
        Part part =
                WireForm.read("{\"part\": {\"inline_data\": {\"mime_type\": \"a/b\", \"data\": \"AQ==\", \"crc\": 1,"
                        + " \"zip\": 2, \"e\": 3}, \"a\": 4}, \"n\": 5, \"zz\": {\"b\": 1, \"a\": 2}}");

        assertThat(CanonicalForm.text(List.of(part)))
                .isEqualTo("[{\"metadata\": {}, \"mimetype\": \"a/b\", \"n\": 5, \"part\": {\"a\": 4, \"inline_data\":"
                        + " {\"crc\": 1, \"data\": \"AQ==\", \"e\": 3, \"mime_type\": \"a/b\", \"zip\": 2}},"
                        + " \"role\": \"\", \"substream_name\": \"\", \"zz\": {\"a\": 2, \"b\": 1}}]");
        assertThat(CanonicalForm.hash(part))
                .isEqualTo(ContentHash.ofText(Objects.requireNonNull(CanonicalForm.text(List.of(part)))));
    }

    @Test
    void ordinaryPart_hasNone() {
        assertThat(Part.text("a").unknownFields()).isEmpty();
        assertThat(Part.blob(new byte[1], "image/png").unknownFields()).isEmpty();
        assertThat(WireForm.read("{\"part\": {\"text\": \"a\", \"thoughtSignature\": \"AQ==\", \"thought\": true}}")
                        .unknownFields())
                .isEmpty();
    }

    @Test
    void blobWithUnknownField_keepsItWhenItsBytesComeLater() {
        Part part = WireForm.readDetached("{\"part\": {\"inline_data\": {\"mime_type\": \"a/b\", \"crc\": 1}}}");

        assertThat(WireForm.toJson(WireForm.withData(part, Bytes.of(new byte[] {1}))))
                .contains("{\"data\": \"AQ==\", \"mime_type\": \"a/b\", \"crc\": 1}");
    }
}

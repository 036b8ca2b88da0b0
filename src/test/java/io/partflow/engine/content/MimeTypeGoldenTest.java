package io.partflow.engine.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MimeTypeGoldenTest {
    private static final Map<String, Predicate<String>> PREDICATES = Map.ofEntries(
            Map.entry("is_text", MimeType::isText),
            Map.entry("is_json", MimeType::isJson),
            Map.entry("is_dataclass", MimeType::isDataclass),
            Map.entry("is_dataclass_Foo", mime -> MimeType.isDataclass(mime, "Foo")),
            Map.entry("is_image", MimeType::isImage),
            Map.entry("is_video", MimeType::isVideo),
            Map.entry("is_audio", MimeType::isAudio),
            Map.entry("is_streaming_audio", MimeType::isStreamingAudio),
            Map.entry("is_wav", MimeType::isWav),
            Map.entry("is_html", MimeType::isHtml),
            Map.entry("is_source_code", MimeType::isSourceCode),
            Map.entry("is_pdf", MimeType::isPdf),
            Map.entry("is_csv", MimeType::isCsv),
            Map.entry("is_python", MimeType::isPython),
            Map.entry("is_exception", MimeType::isException),
            Map.entry("is_proto_message", MimeType::isProtoMessage));

    private static final List<JsonObject> CASES = PeerVectors.objects(PeerVectors.read("misc.json"), "mimetypes");

    static List<JsonObject> cases() {
        return CASES;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void predicates_ofPeerType_answerAsThePeer(JsonObject given) {
        String mime = PeerVectors.text(given, "mime");

        PREDICATES.forEach((name, predicate) ->
                assertEquals(PeerVectors.flag(given, name), predicate.test(mime), name + " of " + mime));
        assertEquals(PeerVectors.number(given, "frame_rate"), MimeType.frameRateHz(mime), mime);
        assertEquals(PREDICATES.size() + 2, given.size(), mime);
    }

    @Test
    void cases_ofTheFile_areAllThere() {
        assertTrue(PeerVectors.areOthers() || CASES.size() == 24, CASES.size() + " types");
    }

    @Test
    void frameRate_isTheNumberAfterTheFirstRate() {
        assertEquals(8000, MimeType.frameRateHz("audio/l16;bitrate=8000"));
        assertEquals(16_000, MimeType.frameRateHz("audio/l16;Rate=8000"));
        assertEquals(24_000, MimeType.frameRateHz("audio/wav", 24_000));
        assertEquals(24_000, MimeType.frameRateHz("audio/l16;rate=", 24_000));
        assertEquals(24_000, MimeType.frameRateHz("audio/l16;rate=99999999999999999999", 24_000));
        assertEquals(0, MimeType.frameRateHz("video/mp4;rate=30"));
    }

    @Test
    void letters_thatOnlyLookAlike_doNotCount() {
        for (String mime : Set.of("ımage/png", "İmage/png", "text/x-exceptıon", "applıcation/json")) {
            assertFalse(MimeType.isImage(mime) || MimeType.isException(mime) || MimeType.isJson(mime), mime);
        }
        assertTrue(MimeType.isProtoMessage("application/x-protobuf; type=a.B", "a.B"));
        assertFalse(MimeType.isDataclass("application/json; type=foo", "Foo"));
        assertTrue(MimeType.isDataclass("application/json; type=Foobar", "Foo"));
    }
}

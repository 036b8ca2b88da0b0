package io.partflow.cli;

import static io.partflow.cli.Invocation.partflow;
import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.PeerVectors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TraceCommandTest {
    private static final String HEADER =
            "{\"format\":\"partflow-recording\",\"version\":1,\"created\":\"2026-01-01T00:00:00.000Z\","
                    + "\"partflow\":\"0.1.0\",\"pipeline\":\"p\",\"level\":\"events\"}\n";
    private static final String PART =
            "{\"at_ms\":1.5,\"seq\":1,\"node\":\"ask\",\"port\":\"out\",\"part\":{\"part\":{\"text\":\"abc\"}}}\n";
    private static final String HIT =
            "{\"at_ms\":2,\"cache\":{\"node\":\"answer\",\"key\":\"k\",\"outcome\":\"hit\",\"bytes\":1,\"costNanos\":1}}\n";
    private static final String END = "{\"at_ms\":9,\"end\":{\"status\":\"completed\",\"parts\":1}}\n";

    @TempDir
    private Path folder;

    private String write(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private String peer(String name) throws Exception {
        return Files.write(folder.resolve(name), PeerVectors.bytes("interop/" + name))
                .toString();
    }

    static List<JsonObject> traces() {
        return PeerVectors.objects(PeerVectors.read("interop/traces.json"), "traces");
    }

    @ParameterizedTest
    @MethodSource("traces")
    void traceOfGenaiProcessors_isToldAsItIs(JsonObject given) throws Exception {
        Invocation.Result result = partflow("trace", "--json", peer(PeerVectors.text(given, "file")));

        assertThat(result.status()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(JsonObject.parse(result.out())).isEqualTo(given);
    }

    @Test
    void recordingWithFieldsNobodyKnows_isReadWhole_andEachIsToldOnce() throws Exception {
        String odd = PART.replace("\"text\":\"abc\"", "\"text\":\"abc\",\"hologram\":1");
        Invocation.Result result = partflow("trace", write("odd.parts.jsonl", HEADER + odd + odd + END));

        assertThat(result.status()).isZero();
        assertThat(result.err().lines())
                .containsExactly("info UNKNOWN_FIELD  odd.parts.jsonl: /part/hologram is not known here. It is kept,"
                        + " replayed, and counts in keys.");
    }

    @Test
    void traceAsText_isATreeWithTimesCountsAndErrors() throws Exception {
        Invocation.Result result = partflow("trace", peer("trace_nested_Xc7eaNFirsvw6qGj5TQr5s.json"));

        assertThat(result.status()).isZero();
        assertThat(result.out())
                .contains("13 different parts")
                .contains("\n    Outer ")
                .contains("\n        shout ")
                .contains("failed: ValueError: broken at FAIL")
                .contains("not ended");
    }

    @Test
    void recording_isToldNodeByNode() throws Exception {
        String file = write("x.parts.jsonl", HEADER + PART + HIT + END);

        Invocation.Result text = partflow("trace", file);
        JsonObject json = JsonObject.parse(partflow("trace", file, "--json").out());

        assertThat(text.status()).isZero();
        assertThat(text.err()).isEmpty();
        assertThat(text.out())
                .contains(
                        "recording of \"p\"", "by Partflow 0.1.0", "1 part (", "9.00 ms", "completed", "ask", "answer");
        assertThat(json.get("durationMs")).isEqualTo(JsonValue.of(9.0));
        assertThat(json.get("parts")).isEqualTo(JsonValue.of(1));
        assertThat(json.get("status")).isEqualTo(JsonValue.of("completed"));
        assertThat(json.get("note")).isEqualTo(JsonValue.ofNull());
        assertThat(String.valueOf(json.get("caches"))).contains("\"hit\": 1");
    }

    @Test
    void sampleRecording_has400Parts() {
        Invocation.Result result = partflow("trace", "samples/streams/hello-hits.parts.jsonl");

        assertThat(result.status()).isZero();
        assertThat(result.out()).contains("400 parts");
    }

    @Test
    void recordingThatIsCut_isToldWithAllThatIsWhole() throws Exception {
        Invocation.Result result = partflow("trace", write("cut.parts.jsonl", HEADER + PART + "{\"at_ms\":3,\"pa"));

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).contains("1 part (", "interrupted");
        assertThat(result.err())
                .contains("RECORDING_UNFINISHED")
                .contains("cut.parts.jsonl")
                .contains("line 2")
                .contains("can be replayed");
    }

    @Test
    void badLine_isNamed_andTheRestIsTold() throws Exception {
        Invocation.Result result =
                partflow("trace", write("bad.parts.jsonl", HEADER + "{\"at_ms\":1,\"part\":7}\n" + PART + END));

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).contains("1 part (");
        assertThat(result.err()).contains("bad.parts.jsonl line 2").contains("Correct or remove this line");
    }

    @Test
    void filesOfAnotherKind_areRefusedWithFileAndRemedy() throws Exception {
        for (String[] each : new String[][] {
            {"empty.parts.jsonl", ""},
            {"text.txt", "just some text\nand more\n"},
            {"other.json", "{\"a\": 1}\n"},
            {"part.json", "{\n  \"parts_store\": {},\n  \"trace\": {\"name\": "},
            {"newer.parts.jsonl", "{\"format\":\"partflow-recording\",\"version\":9}\n"}
        }) {
            Invocation.Result result = partflow("trace", write(each[0], each[1]));

            assertThat(result.status()).as(each[0]).isEqualTo(1);
            assertThat(result.out()).as(each[0]).isEmpty();
            assertThat(result.err()).as(each[0]).contains("error").contains(each[0]);
            assertThat(result.err().lines().count()).as(each[0]).isGreaterThanOrEqualTo(2);
        }
        Invocation.Result missing =
                partflow("trace", folder.resolve("none.json").toString());
        assertThat(missing.status()).isEqualTo(1);
        assertThat(missing.err()).contains("There is no file");
        assertThat(partflow("trace", folder.toString()).err()).contains("cannot be read");
        assertThat(partflow("trace").status()).isEqualTo(2);
    }
}

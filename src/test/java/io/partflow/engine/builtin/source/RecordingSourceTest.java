package io.partflow.engine.builtin.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.builtin.FakeContext;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.WireForm;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingSourceTest {
    private static final String HEADER =
            "{\"format\":\"partflow-recording\",\"version\":1,\"level\":\"inputs\",\"clock\":\"ms-since-run-start\"}\n";
    private static final String END = "{\"at_ms\":9000,\"end\":{\"status\":\"completed\",\"parts\":2}}\n";

    @TempDir
    Path folder;

    private static String line(double at, String node, Part part) {
        return "{\"at_ms\":" + at + ",\"seq\":1,\"node\":\"" + node + "\",\"port\":\"out\",\"part\":"
                + WireForm.toJson(part) + "}\n";
    }

    private FakeContext replay(String recording, JsonObject more) throws Exception {
        Files.writeString(folder.resolve("x.parts.jsonl"), recording);
        return new FakeContext().run(RecordingSource.ENTRY, more.with("file", JsonValue.of("x.parts.jsonl")), folder);
    }

    private FakeContext replay(String recording) throws Exception {
        return replay(recording, JsonObject.EMPTY);
    }

    @Test
    void sample_isReplayedWithItsMoments() throws Exception {
        FakeContext context = new FakeContext()
                .run(
                        RecordingSource.ENTRY,
                        JsonObject.of("file", JsonValue.of("streams/hello-hits.parts.jsonl")),
                        Path.of("samples").toAbsolutePath());

        assertThat(context.failures).isEmpty();
        assertThat(context.parts).hasSize(400).allMatch(part -> part.role().equals("user"));
        assertThat(context.moments).hasSize(400).isSorted();
        assertThat(context.moments.get(399)).isBetween(59_000.0, 60_000.0);
        assertThat(context.origins.get(0).recordingLine()).isEqualTo(2);
    }

    @Test
    void linesOfCachesAndOtherNodes_areLeftOut() throws Exception {
        String recording = HEADER
                + line(1, "a", Part.text("from a"))
                + "{\"at_ms\":2,\"cache\":{\"node\":\"m\",\"key\":\"k\",\"outcome\":\"miss\",\"bytes\":1,\"costNanos\":1,\"evicted\":null}}\n"
                + line(3, "b", Part.text("from b"))
                + END;

        assertThat(replay(recording).texts()).containsExactly("from a", "from b");
        assertThat(replay(recording, JsonObject.of("node", JsonValue.of("b"))).texts())
                .containsExactly("from b");
    }

    @Test
    void badLine_isToldAndTheNextIsReplayed() throws Exception {
        FakeContext context = replay(HEADER
                + line(1, "a", Part.text("one"))
                + "{\"at_ms\":2,\"part\":{\"part\":7}}\n"
                + line(3, "a", Part.text("two"))
                + END);

        assertThat(context.texts()).containsExactly("one", "two");
        assertThat(context.failures).hasSize(1);
        assertThat(context.failures.get(0).message()).contains("x.parts.jsonl", "3");
    }

    @Test
    void fieldsThatNobodyKnows_areReplayed_andEachIsToldOnce() throws Exception {
        String odd = line(1, "a", Part.text("one")).replace("{\"text\": ", "{\"hologram\": 1, \"text\": ");
        FakeContext context = replay(HEADER + odd + odd + line(3, "a", Part.text("two")) + END);

        assertThat(context.texts()).containsExactly("one", "one", "two");
        assertThat(context.parts.getFirst().unknownFields()).containsExactly("/part/hologram");
        assertThat(context.failures).isEmpty();
        assertThat(context.warnings).hasSize(1);
        assertThat(context.warnings.getFirst().code()).isEqualTo("UNKNOWN_FIELD");
        assertThat(context.warnings.getFirst().message()).contains("x.parts.jsonl, line 2", "/part/hologram", "kept");
    }

    @Test
    void unfinishedLastLine_isDroppedAndSaid() throws Exception {
        FakeContext context = replay(HEADER + line(1, "a", Part.text("one")) + "{\"at_ms\":2,\"par");

        assertThat(context.texts()).containsExactly("one");
        assertThat(context.codes()).containsExactly("RECORDING_UNFINISHED");
    }

    @Test
    void missingFileOrOneThatIsNoRecording_isToldWithARemedy() throws Exception {
        FakeContext missing = new FakeContext()
                .run(RecordingSource.ENTRY, JsonObject.of("file", JsonValue.of("gone.parts.jsonl")), folder);
        FakeContext other = replay("some text\nand more\n");

        assertThat(missing.codes()).containsExactly("FILE_MISSING");
        assertThat(other.failures).hasSize(1);
        assertThat(other.failures.get(0).remedy()).isNotBlank();
        assertThat(other.parts).isEmpty();
    }
}

package io.partflow.engine.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonBoolean;
import io.partflow.engine.content.JsonNull;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonString;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.PeerVectors;
import io.partflow.engine.trace.ProcessorTrace.Cancelled;
import io.partflow.engine.trace.ProcessorTrace.Direction;
import io.partflow.engine.trace.ProcessorTrace.PartSeen;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Reads the traces that genai-processors wrote and compares with what it says is in them.
class ProcessorTraceFileGoldenTest {
    private static final long LIMIT = RecordingReader.DEFAULT_MAX_BYTES;

    @TempDir
    private Path folder;

    static Path copy(String name, Path folder) throws Exception {
        return Files.write(folder.resolve(name), PeerVectors.bytes("interop/" + name));
    }

    static List<JsonObject> traces() {
        return PeerVectors.objects(PeerVectors.read("interop/traces.json"), "traces");
    }

    @ParameterizedTest
    @MethodSource("traces")
    void trace_hasTheTreePartsAndErrorsItIsSaidToHave(JsonObject given) throws Exception {
        String name = PeerVectors.text(given, "file");
        Path file = copy(name, folder);
        assertThat(ProcessorTraceFile.isLikely(file)).isTrue();

        ProcessorTraceFile read = ProcessorTraceFile.read(file, LIMIT);

        assertThat(read.parts()).as(name).hasSize(PeerVectors.number(given, "parts_store"));
        assertSame((JsonObject) Objects.requireNonNull(given.get("trace")), read.root(), name);
    }

    private static void assertSame(JsonObject expected, ProcessorTrace trace, String path) {
        String here = path + " / " + trace.name();
        assertThat(trace.name()).as(here).isEqualTo(PeerVectors.text(expected, "name"));
        assertThat(trace.cancelled())
                .as(here)
                .isEqualTo(
                        ((JsonBoolean) PeerVectors.field(expected, "cancelled")).value()
                                ? Cancelled.YES
                                : Cancelled.NO);
        JsonValue error = PeerVectors.field(expected, "error_last_line");
        assertThat(trace.errorName().orElse(null))
                .as(here)
                .isEqualTo(error instanceof JsonNull ? null : ((JsonString) error).value());
        assertThat(trace.parts(Direction.INPUT)).as(here).hasSize(PeerVectors.number(expected, "inputs"));
        assertThat(trace.parts(Direction.OUTPUT)).as(here).hasSize(PeerVectors.number(expected, "outputs"));
        JsonArray sub = PeerVectors.array(expected, "sub");
        assertThat(trace.inside()).as(here).hasSize(sub.size());
        for (int i = 0; i < sub.size(); i++) {
            JsonArray pair = (JsonArray) sub.values().get(i);
            assertThat(JsonValue.of(trace.inside().get(i).relation().id()))
                    .as(here)
                    .isEqualTo(pair.values().getFirst());
            assertSame((JsonObject) pair.values().get(1), trace.inside().get(i).trace(), here);
        }
    }

    @Test
    void trace_knowsTimesAndContents() throws Exception {
        ProcessorTraceFile read =
                ProcessorTraceFile.read(copy("trace_simple_VxzDWhXUkEWw8893iXuJGp.json", folder), LIMIT);

        assertThat(read.started()).isEqualTo("2026-11-22T06:42:29.251291");
        assertThat(read.root().tookMillis()).hasValue(3.318);
        ProcessorTrace tagger = Objects.requireNonNull(read.named("tagger"));
        assertThat(tagger.startMillis()).isEqualTo(1.391);
        PartSeen last = tagger.parts(Direction.OUTPUT).getLast();
        assertThat(Objects.requireNonNull(last.part()).substream()).isEqualTo("status");
        assertThat(last.atMillis()).isEqualTo(2.433);
    }

    @Test
    void trace_cutAtAnyByte_isTold_andNeverRead() throws Exception {
        byte[] whole = Files.readAllBytes(copy("trace_simple_VxzDWhXUkEWw8893iXuJGp.json", folder));
        Path cut = folder.resolve("cut.json");
        for (int length = 0; length < whole.length - 1; length += length < 400 ? 1 : 37) {
            Files.write(cut, Arrays.copyOf(whole, length));
            int at = length;
            assertThatThrownBy(() -> ProcessorTraceFile.read(cut, LIMIT))
                    .as("cut at %d", at)
                    .isInstanceOf(RecordingException.class)
                    .hasMessageContaining("cut.json")
                    .extracting(e -> ((RecordingException) e).remedy())
                    .asString()
                    .isNotBlank();
        }
    }

    private RecordingException refused(String text) throws Exception {
        Path file = Files.writeString(folder.resolve("x.json"), text);
        try {
            ProcessorTraceFile.read(file, 10_000);
        } catch (RecordingException e) {
            return e;
        }
        throw new AssertionError("was read: " + text);
    }

    @Test
    void filesThatAreNoTrace_areRefusedWithALineAndARemedy() throws Exception {
        assertThat(refused("")).hasMessageContaining("empty");
        assertThat(refused("[1]")).hasMessageContaining("no JSON object").hasMessageContaining("line 1");
        assertThat(refused("{\"a\":1}")).hasMessageContaining("no trace");
        assertThat(refused("{\"parts_store\":{}}")).hasMessageContaining("lacks");
        assertThat(refused("{\"parts_store\":{},\n\"trace\":{\"name\":}}")).hasMessageContaining("line 2");
        assertThat(refused("{\"parts_store\":{\n\n\"h\":{\"part\":{\"text\":7}}},\"trace\":{}}"))
                .hasMessageContaining("line 3")
                .hasMessageContaining("part h");
        assertThat(refused("{\"parts_store\":{},\"trace\":{\"name\":\"x\"}}")).hasMessageContaining("start_time");
        assertThat(refused("{\"parts_store\":{},\"trace\":{\"name\":\"x\",\"start_time\":\"yesterday\"}}"))
                .hasMessageContaining("yesterday");
        assertThat(refused("x".repeat(10_001))).hasMessageContaining("more than 10000");
        String begin = "{\"name\":\"x\",\"start_time\":\"2026-01-01T00:00:00\",\"events\":[";
        assertThat(refused("{\"parts_store\":{},\"trace\":" + begin + "{\"timestamp\":\"2026-01-01T00:00:00\"}]}}"))
                .hasMessageContaining("neither part_hash");
    }

    @Test
    void partThatTheFileLeftOut_isCounted_andItsEventsStay() throws Exception {
        Path file = Files.writeString(folder.resolve("big.json"), """
            {"parts_store": {"h1": {"role": "", "substream_name": "", "mimetype": "image/png", "metadata": {}},
                             "h2": {"part": {"text": "small"}}},
             "trace": {"name": "t", "start_time": "2026-01-01T00:00:00", "cancelled": true, "events": [
               {"id": "1", "timestamp": "2026-01-01T00:00:01", "is_input": true, "part_hash": "h1"},
               {"id": "2", "timestamp": "2026-01-01T00:00:02.5", "is_input": true, "part_hash": "h2"}]}}
            """);
        ProcessorTraceFile read = ProcessorTraceFile.read(file, LIMIT);

        assertThat(read.leftOut()).isEqualTo(1);
        assertThat(read.root().cancelled()).isEqualTo(Cancelled.YES);
        assertThat(read.root().tookMillis()).isEmpty();
        assertThat(read.root().parts(Direction.INPUT)).hasSize(2);
        assertThat(read.root().parts(Direction.INPUT).getFirst().part()).isNull();
        try (ReplayTape tape = ReplayTape.open(file, "", LIMIT)) {
            assertThat(Objects.requireNonNull(tape.next()).atMillis()).isEqualTo(2_500);
            assertThat(tape.next()).isNull();
            assertThat(tape.note().orElseThrow()).contains("1 of the 2 parts");
        }
    }
}

package io.partflow.engine.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partflow.engine.content.Part;
import io.partflow.engine.trace.RecordedLine.RecordedPart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTapeTest {
    private static final int PARTS = 1_000;

    @TempDir
    private Path folder;

    private Path recording() throws Exception {
        Path file = folder.resolve("long.parts.jsonl");
        RecordingHeader header = RecordingHeader.of(Instant.EPOCH, "0.1.0", "long", RecordingLevel.ALL, List.of("ask"));
        try (RecordingWriter writer = RecordingWriter.create(file, header)) {
            for (int i = 1; i <= PARTS; i++) {
                writer.source(i * 10_000_000L, "ask", "out", Part.text("p" + i));
                writer.emitted(i * 10_000_000L, "answer", "out", Part.text("a" + i));
            }
            writer.end(PARTS * 10_000_000L, "completed");
        }
        return file;
    }

    private ReplayTape open(Path file, String node) throws Exception {
        return ReplayTape.open(file, node, RecordingReader.DEFAULT_MAX_BYTES);
    }

    private static List<String> rest(ReplayTape tape) throws Exception {
        List<String> texts = new ArrayList<>();
        for (RecordedPart part = tape.next(); part != null; part = tape.next()) {
            texts.add(part.part().isText() ? part.part().text() : part.part().mimeType());
        }
        return texts;
    }

    @Test
    void tape_givesWhatSourcesEmitted_orOneNode() throws Exception {
        try (ReplayTape tape = open(recording(), "")) {
            assertThat(rest(tape)).hasSize(PARTS).startsWith("p1", "p2").doesNotContain("a1");
            assertThat(tape.nextNumber()).isEqualTo(PARTS + 1);
        }
        try (ReplayTape tape = open(folder.resolve("long.parts.jsonl"), "answer")) {
            assertThat(rest(tape)).hasSize(PARTS).startsWith("a1", "a2");
        }
    }

    @Test
    void tape_woundAnywhereInAnyOrder_goesOnFromThere() throws Exception {
        long seed = 42;
        Random random = new Random(seed);
        try (ReplayTape tape = open(recording(), "")) {
            for (int i = 0; i < 300; i++) {
                int number = 1 + random.nextInt(PARTS);
                if (random.nextBoolean()) {
                    tape.windToPart(number);
                } else {
                    // Anything after the part before it leads to the part.
                    tape.windToMoment(number * 10 - random.nextInt(10));
                }
                assertThat(tape.nextNumber()).as("seed %d, turn %d", seed, i).isEqualTo(number);
                assertThat(tape.nextMillis()).isEqualTo(number * 10.0);
                for (int read = 0; read < random.nextInt(100); read++) {
                    RecordedPart part = tape.next();
                    assertThat(part == null ? "end" : part.part().text())
                            .as("seed %d, turn %d", seed, i)
                            .isEqualTo(number + read <= PARTS ? "p" + (number + read) : "end");
                }
            }
        }
    }

    @Test
    void tape_woundBeyondItsEnd_standsAtTheEnd_andCanComeBack() throws Exception {
        try (ReplayTape tape = open(recording(), "")) {
            tape.windToMoment(1e9);
            assertThat(tape.next()).isNull();
            tape.windToPart(PARTS + 50);
            assertThat(tape.next()).isNull();
            tape.windToMoment(0);
            assertThat(rest(tape)).hasSize(PARTS);
            assertThat(tape.note()).isEmpty();
            tape.windToPart(PARTS);
            assertThat(rest(tape)).containsExactly("p" + PARTS);
        }
    }

    @Test
    void badLines_keepTheirPlaceInTheCount() throws Exception {
        Path file = Files.writeString(folder.resolve("bad.parts.jsonl"), """
            {"format":"partflow-recording","version":1}
            {"at_ms":1,"part":{"part":{"text":"a"}}}
            {"at_ms":2,"part":{"part":7}}
            {"at_ms":3,"par
            {"at_ms":4,"part":{"part":{"text":"b"}}}
            {"at_ms":5,"end":{"status":"completed","parts":3}}
            """);
        try (ReplayTape tape = open(file, "")) {
            assertThat(String.valueOf(tape.next())).contains("a");
            assertThatThrownBy(tape::next).isInstanceOf(RecordingException.class);
            assertThatThrownBy(tape::next).isInstanceOf(RecordingException.class);
            assertThat(tape.nextNumber()).isEqualTo(3);
            assertThat(rest(tape)).containsExactly("b");
            tape.windToPart(3);
            assertThat(rest(tape)).containsExactly("b");
            tape.windToMoment(3);
            assertThat(rest(tape)).containsExactly("b");
        }
    }

    @Test
    void processorTrace_replaysWhatWentIntoItsOutermostCall() throws Exception {
        Path file = ProcessorTraceFileGoldenTest.copy("trace_simple_VxzDWhXUkEWw8893iXuJGp.json", folder);
        try (ReplayTape tape = open(file, "")) {
            List<RecordedPart> parts = new ArrayList<>();
            for (RecordedPart part = tape.next(); part != null; part = tape.next()) {
                parts.add(part);
            }
            assertThat(parts).hasSize(5);
            assertThat(parts.getFirst().part().text()).isEqualTo("a");
            assertThat(parts.getFirst().atMillis()).isEqualTo(1.898);
            assertThat(parts.get(3).part().isAudio()).isTrue();
            tape.windToPart(2);
            assertThat(tape.nextMillis()).isEqualTo(1.928);
            assertThat(String.valueOf(tape.next())).contains("b");
        }
        try (ReplayTape tape = open(file, "shout")) {
            assertThat(rest(tape)).hasSize(5).startsWith("A", "B", "A");
        }
        assertThatThrownBy(() -> open(file, "nobody"))
                .isInstanceOf(RecordingException.class)
                .hasMessageContaining("nobody")
                .extracting(e -> ((RecordingException) e).remedy())
                .asString()
                .contains("tagger, shout");
    }
}

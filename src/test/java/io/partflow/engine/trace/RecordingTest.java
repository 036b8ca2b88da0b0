package io.partflow.engine.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partflow.engine.cache.Outcome;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.trace.RecordedLine.RecordedEnd;
import io.partflow.engine.trace.RecordedLine.RecordedPart;
import io.partflow.engine.trace.RecordedLine.RecordedRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {
    private static final Instant CREATED = Instant.parse("2026-01-02T03:04:05.678901234Z");

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("talk.parts.jsonl");
    }

    private static RecordingHeader header(RecordingLevel level) {
        return RecordingHeader.of(CREATED, "0.1.0", "hello-hits", level, List.of("ask"));
    }

    private static Part blob(int bytes) {
        byte[] data = new byte[bytes];
        new Random(bytes).nextBytes(data);
        return Part.blob(data, "image/png");
    }

    private List<RecordedLine> readAll(Path file) throws Exception {
        List<RecordedLine> lines = new ArrayList<>();
        try (RecordingReader reader = RecordingReader.open(file)) {
            for (RecordedLine line = reader.next(); line != null; line = reader.next()) {
                lines.add(line);
            }
        }
        return lines;
    }

    private Path write(String... lines) throws IOException {
        return Files.writeString(file(), String.join("\n", lines) + "\n");
    }

    private static final String HEADER =
            "{\"format\":\"partflow-recording\",\"version\":1,\"level\":\"inputs\",\"media\":\"talk.media\"}";

    @Test
    void recording_writtenAndRead_isTheSame() throws Exception {
        Part text = Part.text("h\u00e9llo \uD83D\uDE00", "user").withMetadata("x", JsonValue.of(Double.NaN));
        Part small = blob(RecordingWriter.INLINE_BYTES);
        Part large = blob(RecordingWriter.INLINE_BYTES + 1);
        try (RecordingWriter writer = RecordingWriter.create(file(), header(RecordingLevel.ALL))) {
            writer.source(1_200_125_999L, "ask", "out", text);
            writer.source(1_300_000_000L, "ask", "out", small);
            writer.request(1_304_500_000L, "answer", "pf1:x:00", Outcome.MISS, 812L, 4_100_000L, null);
            writer.emitted(1_305_000_000L, "answer", "out", large);
            writer.end(60_000_000_000L, "completed");
        }

        List<RecordedLine> lines = readAll(file());
        assertThat(lines)
                .containsExactly(
                        new RecordedPart(1200.125, 1, "ask", "out", text, 2),
                        new RecordedPart(1300, 2, "ask", "out", small, 3),
                        new RecordedRequest(
                                1304.5,
                                1304.5,
                                "answer",
                                "pf1:x:00",
                                Outcome.MISS,
                                RecordedAnswer.of(812L, 4_100_000L),
                                null,
                                4),
                        new RecordedPart(1305, 3, "answer", "out", large, 5),
                        new RecordedEnd(60_000, "completed", 3, 6));
        try (RecordingReader reader = RecordingReader.open(file())) {
            assertThat(reader.header().pipeline()).isEqualTo("hello-hits");
            assertThat(reader.header().created()).isEqualTo("2026-01-02T03:04:05.678Z");
            assertThat(reader.header().isSource("ask")).isTrue();
            assertThat(reader.header().isSource("answer")).isFalse();
            assertThat(reader.header().media()).isEqualTo("talk.media");
        }
    }

    @Test
    void request_thatTookTime_tellsWhenItWasAsked() throws Exception {
        RecordedAnswer shared = new RecordedAnswer(8L, 4_000_000L, 1_500_000L, null, Usage.NONE);
        try (RecordingWriter writer = RecordingWriter.create(file(), header(RecordingLevel.EVENTS))) {
            writer.request(9_000_000L, 2_000_125L, "answer", "k", Outcome.COALESCED, shared, null);
            writer.end(9_000_000L, "completed");
        }

        assertThat(Files.readString(file())).contains("\"askedMs\":2.0");
        assertThat(readAll(file()).getFirst())
                .isEqualTo(new RecordedRequest(9, 2, "answer", "k", Outcome.COALESCED, shared, null, 2));
    }

    /// As recordings were written before: the moment follows from what the request took.
    @Test
    void request_withoutTheMomentItWasAsked_isDatedBackByWhatItTook() throws Exception {
        RecordedAnswer computed = new RecordedAnswer(8L, 4_000_000L, 1_500_000L, null, Usage.NONE);
        try (RecordingWriter writer = RecordingWriter.create(file(), header(RecordingLevel.EVENTS))) {
            writer.request(9_000_000L, 9_000_000L, "answer", "k", Outcome.MISS, computed, null);
            writer.request(9_000_000L, 9_000_000L, "answer", "k", Outcome.COALESCED, computed, null);
            writer.end(9_000_000L, "completed");
        }

        assertThat(readAll(file()))
                .filteredOn(RecordedRequest.class::isInstance)
                .extracting(line -> ((RecordedRequest) line).askedMillis())
                .containsExactly(3.5, 7.5);
    }

    @Test
    void lines_haveTheDocumentedForm() throws Exception {
        try (RecordingWriter writer = RecordingWriter.create(file(), header(RecordingLevel.EVENTS))) {
            writer.source(1_200_120_000L, "ask", "out", Part.text("hi", "user"));
            writer.request(1_300_000_000L, "answer", "k", Outcome.HIT, null, null, null);
            writer.end(1_300_000_001L, "cancelled");
        }

        assertThat(Files.readAllLines(file()))
                .containsExactly(
                        "{\"format\":\"partflow-recording\",\"version\":1,\"created\":\"2026-01-02T03:04:05.678Z\","
                                + "\"partflow\":\"0.1.0\",\"pipeline\":\"hello-hits\",\"level\":\"events\","
                                + "\"media\":\"talk.media\",\"clock\":\"ms-since-run-start\",\"sources\":[\"ask\"]}",
                        "{\"at_ms\":1200.12,\"seq\":1,\"node\":\"ask\",\"port\":\"out\",\"part\":{\"part\": "
                                + "{\"text\": \"hi\"}, \"role\": \"user\", \"substream_name\": \"\", "
                                + "\"mimetype\": \"text/plain\", \"metadata\": {}}}",
                        "{\"at_ms\":1300,\"cache\":{\"node\":\"answer\",\"key\":\"k\",\"outcome\":\"hit\","
                                + "\"bytes\":null,\"costNanos\":null,\"evicted\":null}}",
                        "{\"at_ms\":1300,\"end\":{\"status\":\"cancelled\",\"parts\":1}}");
    }

    @Test
    void levels_leaveOutWhatTheyDoNotHold() throws Exception {
        for (RecordingLevel level : RecordingLevel.values()) {
            try (RecordingWriter writer = RecordingWriter.create(file(), header(level))) {
                writer.source(0, "ask", "out", Part.text("a"));
                writer.request(0, "answer", "k", Outcome.MISS, null, null, null);
                writer.emitted(0, "answer", "out", Part.text("b"));
            }
            assertThat(readAll(file())).as(level.id()).hasSize(level.ordinal() + 1);
        }
    }

    @Test
    void largeBlobs_areFilesNamedByTheirHash_eachOnce() throws Exception {
        Part large = blob(100_000);
        try (RecordingWriter writer = RecordingWriter.create(file(), header(RecordingLevel.INPUTS))) {
            writer.source(0, "ask", "out", large);
            writer.source(0, "ask", "out", large);
        }

        try (var files = Files.list(folder.resolve("talk.media"))) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            assertThat(all.getFirst().getFileName().toString()).matches("[0-9a-f]{64}\\.png");
            assertThat(Files.readAllBytes(all.getFirst()))
                    .isEqualTo(large.bytes().toArray());
        }
        assertThat(Files.size(file())).isLessThan(1_500);
    }

    @Test
    void time_neverDecreases() throws Exception {
        try (RecordingWriter writer = RecordingWriter.create(file(), header(RecordingLevel.INPUTS))) {
            writer.source(5_000_000, "ask", "out", Part.text("a"));
            writer.source(3_000_000, "ask", "out", Part.text("b"));
            writer.source(-1, "ask", "out", Part.text("c"));
        }

        assertThat(readAll(file())).extracting(RecordedLine::atMillis).containsExactly(5.0, 5.0, 5.0);
    }

    @Test
    void recording_cutAtAnyByte_givesAllWholeLinesAndSaysTheRest() throws Exception {
        try (RecordingWriter writer = RecordingWriter.create(file(), header(RecordingLevel.EVENTS))) {
            writer.source(1_000, "ask", "out", Part.text("\u00e9\uD83D\uDE00"));
            writer.source(2_000, "ask", "out", blob(40));
            writer.request(3_000, "answer", "k", Outcome.HIT, 5L, null, null);
            writer.end(4_000, "completed");
        }
        byte[] whole = Files.readAllBytes(file());
        List<RecordedLine> all = readAll(file());
        Path cut = folder.resolve("cut.parts.jsonl");
        for (int length = 0; length <= whole.length; length++) {
            byte[] bytes = Arrays.copyOf(whole, length);
            Files.write(cut, bytes);
            int complete = (int) new String(bytes, StandardCharsets.US_ASCII)
                    .chars()
                    .filter(c -> c == '\n')
                    .count();
            if (complete == 0) {
                assertThatThrownBy(() -> RecordingReader.open(cut))
                        .isInstanceOf(RecordingException.class)
                        .hasMessageContaining("no complete line");
                continue;
            }
            List<RecordedLine> read = new ArrayList<>();
            try (RecordingReader reader = RecordingReader.open(cut)) {
                for (RecordedLine line = reader.next(); line != null; line = reader.next()) {
                    read.add(line);
                }
                boolean unfinished = length > 0 && bytes[length - 1] != '\n';
                if (unfinished) {
                    assertThat(reader.note().orElseThrow())
                            .contains("unfinished")
                            .contains("line " + complete);
                } else if (complete < 5) {
                    assertThat(reader.note().orElseThrow()).contains("interrupted");
                } else {
                    assertThat(reader.note()).isEmpty();
                }
            }
            assertThat(read).as("cut at %d", length).isEqualTo(all.subList(0, complete - 1));
        }
    }

    @Test
    void badLine_isNamedAndPassedOver() throws Exception {
        write(
                HEADER,
                "{\"at_ms\":1,\"part\":{\"part\":{\"text\":\"a\"}}}",
                "{\"at_ms\":2,\"part\":",
                "{\"at_ms\":2}",
                "{\"part\":{\"part\":{\"text\":\"a\"}}}",
                "{\"at_ms\":0.5,\"part\":{\"part\":{\"text\":\"a\"}}}",
                "{\"at_ms\":3,\"part\":{\"part\":{\"inline_data\":{\"mime_type\":\"image/png\"}}}}",
                "{\"at_ms\":3,\"cache\":{\"outcome\":\"perhaps\"}}",
                "",
                "{\"at_ms\":4,\"part\":{\"part\":{\"text\":\"b\"},\"role\":\"user\"},\"unknown\":{\"x\":1}}");
        List<Long> bad = new ArrayList<>();
        List<String> good = new ArrayList<>();
        try (RecordingReader reader = RecordingReader.open(file())) {
            while (true) {
                try {
                    RecordedLine line = reader.next();
                    if (line == null) {
                        break;
                    }
                    good.add(((RecordedPart) line).part().text());
                } catch (RecordingException e) {
                    bad.add(e.line());
                    assertThat(e).hasMessageContaining("talk.parts.jsonl line " + e.line());
                    assertThat(e.remedy()).isNotBlank();
                    assertThat(e.failure().file()).isEqualTo(file().toString());
                }
            }
        }

        assertThat(bad).containsExactly(3L, 4L, 5L, 6L, 7L, 8L);
        assertThat(good).containsExactly("a", "b");
    }

    @Test
    void header_ofAnotherFormatOrANewerVersion_isRefusedWithARemedy() throws Exception {
        write("{\"text\":\"no recording\"}");
        assertThatThrownBy(() -> RecordingReader.open(file()))
                .isInstanceOf(RecordingException.class)
                .hasMessageContaining("line 1")
                .hasMessageContaining("not the header of a recording");
        write("not json");
        assertThatThrownBy(() -> RecordingReader.open(file())).isInstanceOf(RecordingException.class);
        write("{\"format\":\"partflow-recording\",\"version\":2}");
        assertThatThrownBy(() -> RecordingReader.open(file()))
                .isInstanceOf(RecordingException.class)
                .hasMessageContaining("version 2, newer than 1");
        write("{\"format\":\"partflow-recording\",\"version\":1,\"level\":\"most\"}");
        assertThatThrownBy(() -> RecordingReader.open(file())).hasMessageContaining("inputs, events or all");
    }

    @Test
    void header_withUnknownFields_keepsThem() throws Exception {
        write("{\"format\":\"partflow-recording\",\"version\":1,\"mood\":\"fine\"}");
        try (RecordingReader reader = RecordingReader.open(file())) {
            assertThat(reader.header().further().get("mood")).isEqualTo(JsonValue.of("fine"));
            assertThat(reader.header().level()).isEqualTo(RecordingLevel.INPUTS);
            assertThat(reader.header().media()).isNull();
        }
    }

    @Test
    void mediaPaths_thatLeadOutside_areRefused() throws Exception {
        Files.writeString(folder.resolve("secret.txt"), "secret");
        Files.createDirectories(folder.resolve("talk.media"));
        for (String name :
                List.of("../secret.txt", "/etc/hostname", "a/../../secret.txt", "..\\\\secret.txt", "C:x", "")) {
            write(
                    HEADER,
                    "{\"at_ms\":1,\"part\":{\"part\":{\"inline_data\":{\"mime_type\":\"image/png\"}}},\"media\":\""
                            + name + "\"}");
            assertThatThrownBy(() -> readAll(file()))
                    .as(name)
                    .isInstanceOf(RecordingException.class)
                    .hasMessageContaining("outside");
        }
        write("{\"format\":\"partflow-recording\",\"version\":1,\"media\":\"../elsewhere\"}");
        assertThatThrownBy(() -> RecordingReader.open(file())).hasMessageContaining("outside");
    }

    @Test
    void mediaFile_thatIsMissingDamagedOrTooLarge_isNamed() throws Exception {
        String line = "{\"at_ms\":1,\"part\":{\"part\":{\"inline_data\":{\"mime_type\":\"image/png\"}}},"
                + "\"media\":\"a.png\",\"bytes\":10}";
        write(HEADER, line);
        assertThatThrownBy(() -> readAll(file())).hasMessageContaining("a.png is not in talk.media");
        Files.createDirectories(folder.resolve("talk.media"));
        Files.write(folder.resolve("talk.media/a.png"), new byte[9]);
        assertThatThrownBy(() -> readAll(file())).hasMessageContaining("9 bytes instead of 10");
        Files.write(folder.resolve("talk.media/a.png"), new byte[10_000]);
        try (RecordingReader reader = RecordingReader.open(file(), 5_000)) {
            assertThatThrownBy(reader::next).hasMessageContaining("more than 5000");
        }
    }

    @Test
    void line_longerThanTheLimit_isNamedAndPassedOver() throws Exception {
        write(
                HEADER,
                "{\"at_ms\":1,\"part\":{\"part\":{\"text\":\"" + "x".repeat(5_000) + "\"}}}",
                "{\"at_ms\":2,\"part\":{\"part\":{\"text\":\"b\"}}}");
        try (RecordingReader reader = RecordingReader.open(file(), 1_000)) {
            assertThatThrownBy(reader::next).hasMessageContaining("line 2").hasMessageContaining("more than 1000");
            assertThat(reader.next()).isInstanceOf(RecordedPart.class);
            assertThat(reader.next()).isNull();
        }
    }

    @Test
    void lines_fromManyThreads_areWholeAndNumbered() throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        try (RecordingWriter writer = RecordingWriter.create(file(), header(RecordingLevel.INPUTS));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> ends = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                int thread = t;
                ends.add(threads.submit(() -> {
                    start.await();
                    for (int i = 0; i < 200; i++) {
                        writer.source(
                                i * 1_000_000L, "n" + thread, "out", i % 50 == 0 ? blob(70_000) : Part.text("p" + i));
                    }
                    return null;
                }));
            }
            start.countDown();
            for (Future<?> end : ends) {
                end.get();
            }
            writer.end(1_000_000_000, "completed");
        }

        List<RecordedLine> lines = readAll(file());
        assertThat(lines).hasSize(1_601);
        assertThat(lines).isSortedAccordingTo((a, b) -> Double.compare(a.atMillis(), b.atMillis()));
        for (int i = 0; i < 1_600; i++) {
            assertThat(((RecordedPart) lines.get(i)).seq()).isEqualTo(i + 1);
        }
        assertThat(lines.getLast()).isEqualTo(new RecordedEnd(1_000, "completed", 1_600, 1_602));
    }

    @Test
    void writer_whoseThreadIsInterrupted_goesOnForTheOthers() throws Exception {
        try (RecordingWriter writer = RecordingWriter.create(file(), header(RecordingLevel.INPUTS))) {
            Thread.currentThread().interrupt();
            writer.source(0, "ask", "out", Part.text("a"));
            writer.source(0, "ask", "out", blob(70_000));
            assertThat(Thread.interrupted()).isTrue();
            writer.end(0, "cancelled");
        }

        assertThat(readAll(file())).hasSize(3);
    }
}

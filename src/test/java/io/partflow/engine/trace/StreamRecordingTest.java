package io.partflow.engine.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.cache.Outcome;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.stream.ManualClock;
import io.partflow.engine.stream.StreamClock;
import io.partflow.engine.stream.Waiting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class StreamRecordingTest {
    @TempDir
    private Path folder;

    private final List<Failure> failures = new ArrayList<>();
    private final CountDownLatch disk = new CountDownLatch(1);

    /// The recorder asks for the date before it opens its file: held there, it stands for a disk that hangs.
    private final StreamClock hanging = new StreamClock() {
        private final ManualClock clock = new ManualClock();

        @Override
        public long nanos() {
            return clock.nanos();
        }

        @Override
        public Instant instant() {
            try {
                disk.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return clock.instant();
        }

        @Override
        public void sleep(long nanos) throws InterruptedException {
            clock.sleep(nanos);
        }
    };

    private Path file() {
        return folder.resolve("run.parts.jsonl");
    }

    private StreamRecording recording(Path file, RecordingLevel level) {
        return new StreamRecording(
                new StreamRecording.Order(file, level, "hello", List.of("ask")), () -> 0, hanging, failures::add);
    }

    private long partLines() throws Exception {
        return Files.readAllLines(file()).stream()
                .filter(line -> line.contains("\"part\""))
                .count();
    }

    @Test
    void run_isNotHeldByAHangingDisk_untilTheQueueIsFull_andLosesNothing() throws Exception {
        StreamRecording recording = recording(file(), RecordingLevel.INPUTS);
        AtomicInteger handed = new AtomicInteger();
        int all = StreamRecording.QUEUE_LINES + 500;
        Thread source = Thread.ofVirtual().start(() -> {
            try {
                for (int i = 0; i < all; i++) {
                    recording.source("ask", "out", Part.text("p" + i));
                    handed.incrementAndGet();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Waiting.untilWaits(source);
        assertThat(handed).hasValue(StreamRecording.QUEUE_LINES);

        disk.countDown();
        source.join();
        recording.finish("completed");

        assertThat(partLines()).isEqualTo(all);
        assertThat(Files.readAllLines(file()).getLast()).contains("\"parts\":" + all);
        assertThat(failures).isEmpty();
    }

    @Test
    void queue_isBoundedByBytesToo_andLetsALargerPartWaitAlone() throws Exception {
        StreamRecording recording = recording(file(), RecordingLevel.INPUTS);
        Part huge = Part.blob(new byte[(int) StreamRecording.QUEUE_BYTES + 1], "image/png");
        recording.source("ask", "out", huge);
        Thread second = Thread.ofVirtual().start(() -> {
            try {
                recording.source("ask", "out", Part.text("b"));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Waiting.untilWaits(second);

        disk.countDown();
        second.join();
        recording.finish("completed");

        assertThat(partLines()).isEqualTo(2);
    }

    @Test
    void interrupt_endsTheWaitForRoom_andTheRecordingIsWholeAllTheSame() throws Exception {
        StreamRecording recording = recording(file(), RecordingLevel.INPUTS);
        Thread source = Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    recording.source("ask", "out", Part.text("p"));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Waiting.untilWaits(source);
        source.interrupt();
        source.join();
        disk.countDown();
        recording.finish("cancelled");

        assertThat(partLines()).isEqualTo(StreamRecording.QUEUE_LINES);
        assertThat(Files.readAllLines(file()).getLast()).contains("cancelled");
    }

    @Test
    void header_namesVersionAndTime_andNothingOfTheNodes() throws Exception {
        disk.countDown();
        StreamRecording recording = recording(file(), RecordingLevel.ALL);
        recording.finish("completed");

        try (RecordingReader reader = RecordingReader.open(file())) {
            assertThat(reader.header().partflow()).isNotBlank();
            assertThat(reader.header().created()).isEqualTo("2026-01-01T00:00:00.000Z");
            assertThat(reader.header().further().isEmpty()).isTrue();
        }
        assertThat(Files.readAllLines(file())).hasSize(2);
    }

    @Test
    void level_decidesWhatIsHeld() throws Exception {
        disk.countDown();
        for (RecordingLevel level : RecordingLevel.values()) {
            StreamRecording recording = recording(file(), level);
            recording.source("ask", "out", Part.text("a"));
            recording.request(recording.atNanos(), "answer", "k", Outcome.MISS, RecordedAnswer.of(5L, 7L), "gone");
            recording.emitted("answer", "out", Part.text("b"));
            recording.finish("completed");
            assertThat(Files.readAllLines(file())).hasSize(3 + level.ordinal());
            assertThat(Files.readString(file()).contains("\"evicted\":\"gone\""))
                    .isEqualTo(level != RecordingLevel.INPUTS);
        }
    }

    @Test
    void recordingThatCannotBeWritten_isToldOnce_andHoldsNobody() throws Exception {
        disk.countDown();
        Path blocked = Files.writeString(folder.resolve("file"), "x").resolve("run.parts.jsonl");
        StreamRecording recording = recording(blocked, RecordingLevel.INPUTS);
        for (int i = 0; i < 3 * StreamRecording.QUEUE_LINES; i++) {
            recording.source("ask", "out", Part.text("p"));
        }
        recording.finish("completed");

        assertThat(failures).extracting(Failure::code).containsExactly("RECORDING_NOT_WRITTEN");
        assertThat(failures.getFirst().remedy()).isNotBlank();
    }

    @Test
    void finish_ofARunThatIsNotRecorded_doesNothing() throws Exception {
        StreamRecording none = new StreamRecording(null, () -> 0, hanging, failures::add);
        none.source("ask", "out", Part.text("a"));
        none.finish("completed");

        assertThat(none.holdsAll()).isFalse();
        assertThat(none.holdsRequests()).isFalse();
    }
}

package io.partflow.ui.inspect.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.cache.Outcome;
import io.partflow.engine.content.Part;
import io.partflow.engine.trace.RecordingHeader;
import io.partflow.engine.trace.RecordingLevel;
import io.partflow.engine.trace.RecordingWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayViewModelTest {
    @TempDir
    private Path folder;

    private final List<String> told = new ArrayList<>();
    private final Deque<Runnable> background = new ArrayDeque<>();
    private double running;

    private final ReplayViewModel model = new ReplayViewModel(
            new ReplayControl() {
                @Override
                public void step() {
                    told.add("step");
                    running += 100;
                }

                @Override
                public void seek(double atMillis) {
                    told.add("seek " + atMillis);
                    running = atMillis;
                }

                @Override
                public void togglePlay() {
                    told.add("play");
                }

                @Override
                public double positionMillis() {
                    return running;
                }
            },
            background::add,
            Runnable::run);

    private Path file;

    @BeforeEach
    void record() throws Exception {
        file = folder.resolve("x.parts.jsonl");
        RecordingHeader header = RecordingHeader.of(Instant.EPOCH, "0.1.0", "x", RecordingLevel.EVENTS, List.of("ask"));
        try (RecordingWriter writer = RecordingWriter.create(file, header)) {
            writer.source(1_000_000_000L, "ask", "out", Part.text("a"));
            writer.request(2_000_000_000L, "answer", "k", Outcome.MISS, null, null, null);
            writer.request(5_000_000_000L, "answer", "k", Outcome.HIT, null, null, null);
            writer.request(7_000_000_000L, "answer", "k", Outcome.MISS, null, null, null);
            writer.end(20_000_000_000L, "completed");
        }
    }

    private void load(Path... files) {
        model.load(List.of(files));
        while (!background.isEmpty()) {
            background.remove().run();
        }
    }

    @Test
    void withoutRecording_nothingCanBeMoved() {
        model.step();
        model.goTo(5);
        model.togglePlay();

        assertThat(model.availableProperty().get()).isFalse();
        assertThat(model.summaryProperty().get()).isEqualTo("The pipeline replays no recording");
        assertThat(told).isEmpty();
    }

    @Test
    void recording_givesLengthAndPlace() {
        load(file);
        running = 1_234;
        model.sample();

        assertThat(model.durationProperty().get()).isEqualTo(20_000);
        assertThat(model.textProperty().get()).isEqualTo("00:01.2");
        assertThat(model.summaryProperty().get()).isEqualTo("Replay at 00:01.2 of 00:20.0, 1 part");
        load();
        assertThat(model.availableProperty().get()).isFalse();
    }

    @Test
    void fileThatIsNoRecording_hasNoLength() {
        load(folder.resolve("none.parts.jsonl"));

        assertThat(model.availableProperty().get()).isFalse();
    }

    @Test
    void placeInTheHandOfTheUser_isNotTakenAwayBySamples_andIsGoneToWhenLetGo() {
        load(file);
        model.hold();
        model.positionProperty().set(15_000);
        running = 3_000;
        model.sample();
        assertThat(model.positionProperty().get()).isEqualTo(15_000);

        model.letGo();
        model.sample();

        assertThat(told).containsExactly("seek 15000.0");
        assertThat(model.positionProperty().get()).isEqualTo(15_000);
    }

    @Test
    void keys_goToTheEnds_aLittleOnAndBack_andFromMissToMiss() {
        load(file);
        model.goToEnd();
        model.forward();
        model.back();
        model.goToStart();
        model.nextMiss();
        model.nextMiss();
        model.nextMiss();
        model.previousMiss();
        model.step();
        model.togglePlay();

        assertThat(told)
                .containsExactly(
                        "seek 20000.0",
                        "seek 20000.0",
                        "seek 19600.0",
                        "seek 0.0",
                        "seek 2000.0",
                        "seek 7000.0",
                        "seek 2000.0",
                        "step",
                        "play");
        assertThat(model.positionProperty().get()).isEqualTo(2_100);
    }

    @Test
    void recordingThatIsReplaced_whileTheOldOneIsRead_isTheOneShown() {
        model.load(List.of(file));
        Runnable old = background.remove();
        load(folder.resolve("none.parts.jsonl"));
        old.run();

        assertThat(model.availableProperty().get()).isFalse();
    }
}

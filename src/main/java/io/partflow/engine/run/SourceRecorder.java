package io.partflow.engine.run;

import io.partflow.engine.content.Delivery;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.stream.StreamClock;
import io.partflow.engine.stream.StreamPace;
import io.partflow.engine.trace.RecordingHeader;
import io.partflow.engine.trace.RecordingLevel;
import io.partflow.engine.trace.RecordingWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Writes down what sources emit, when a run is recorded. Thread-safe.
///
/// A recording that cannot be written is told once; the run goes on without it.
final class SourceRecorder {
    private final @Nullable Path file;
    private final String pipeline;
    private final List<String> sources;
    private final StreamPace pace;
    private final StreamClock clock;
    private final RunFailure.Recent failures;
    private @Nullable RecordingWriter writer;
    private boolean broken;

    /// @param file where to record, or null for not at all
    /// @param sources the ids of the source nodes
    SourceRecorder(
            @Nullable Path file,
            String pipeline,
            List<String> sources,
            StreamPace pace,
            StreamClock clock,
            RunFailure.Recent failures) {
        this.file = file;
        this.pipeline = pipeline;
        this.sources = List.copyOf(sources);
        this.pace = pace;
        this.clock = clock;
        this.failures = failures;
    }

    /// One write to the recording.
    @FunctionalInterface
    private interface Line {
        void writeTo(RecordingWriter writer) throws IOException;
    }

    /// Records a part, at the moment of stream time it was emitted, so that a replay has the stream's own pace
    /// whatever the run's was.
    void record(String node, Delivery delivery) {
        write(writer -> writer.source(atNanos(), node, "out", delivery.part()));
    }

    /// Writes the last line and closes the file.
    void finish(RunStatus end) {
        write(writer -> {
            writer.end(atNanos(), end.id());
            writer.close();
        });
    }

    private long atNanos() {
        return (long) (pace.streamMillis() * 1e6);
    }

    private synchronized void write(Line line) {
        if (file == null || broken) {
            return;
        }
        try {
            if (writer == null) {
                String version = Objects.requireNonNullElse(
                        SourceRecorder.class.getPackage().getImplementationVersion(), "");
                writer = RecordingWriter.create(
                        file, RecordingHeader.of(clock.instant(), version, pipeline, RecordingLevel.INPUTS, sources));
            }
            line.writeTo(writer);
        } catch (IOException e) {
            broken = true;
            failures.add(
                    "",
                    RunFailure.Severity.ERROR,
                    new Failure(
                            "RECORDING_NOT_WRITTEN",
                            "The run could not be recorded in " + file + ": "
                                    + Failure.of(e).message() + ".",
                            "Choose a folder you may write to, with room left; the run itself went on.",
                            file.toString()));
        }
    }
}

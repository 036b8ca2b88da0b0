package io.partflow.engine.run;

import io.partflow.engine.content.Delivery;
import io.partflow.engine.stream.StreamClock;
import io.partflow.engine.stream.StreamPace;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Writes down what sources emit, when a run is recorded. Thread-safe.
final class SourceRecorder {
    private final @Nullable Path file;
    private final String pipeline;
    private final StreamPace pace;
    private final StreamClock clock;

    /// @param file where to record, or null for not at all
    SourceRecorder(@Nullable Path file, String pipeline, StreamPace pace, StreamClock clock) {
        this.file = file;
        this.pipeline = pipeline;
        this.pace = pace;
        this.clock = clock;
    }

    void record(String node, Delivery delivery) throws InterruptedException {}

    void finish(RunStatus end, Consumer<Throwable> onFailure) {}
}

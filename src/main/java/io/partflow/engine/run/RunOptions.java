package io.partflow.engine.run;

import io.partflow.engine.content.Delivery;
import io.partflow.engine.stream.StreamClock;
import io.partflow.engine.stream.StreamPace;
import io.partflow.engine.trace.RecordingLevel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// How a plan is to be run this time. Immutable; start from [#DEFAULT].
///
/// @param speed how many times as fast as recorded a replay goes, above 0; [Double#POSITIVE_INFINITY] for as fast
/// as possible
/// @param reading whether the caches may answer
/// @param writing whether the caches may store
/// @param recordTo where to record the run, or null
/// @param recordLevel how much of it
/// @param start where in its recordings the run begins, and whether it goes on by itself
/// @param tap is told of every part a sink accepts, on the sink's thread
/// @param maxFileBytes the largest file a source may read
/// @param maxAgeMillis how old an entry may be that answers, at least 0; [Long#MAX_VALUE] for any age
public record RunOptions(
        double speed,
        StreamClock clock,
        Reading reading,
        Writing writing,
        @Nullable Path recordTo,
        RecordingLevel recordLevel,
        StreamPace.Start start,
        SinkTap tap,
        long maxFileBytes,
        long maxAgeMillis) {
    /// Whether the caches may answer.
    public enum Reading {
        ALL,
        /// Entries older than the run's start are passed over, and replaced by what the run computes.
        COLD,
        /// Every request is computed, also when an equal one is under way.
        NONE
    }

    /// Whether the caches may store.
    public enum Writing {
        ALL,
        /// Nothing is stored; with [Reading#NONE] the requests bypass the caches and are counted as that.
        NONE
    }

    /// Is told of every part that a sink accepts, and of every part on a reserved lane (failures are on
    /// `status`), which no sink sees. On the thread of whoever passes it on.
    @FunctionalInterface
    public interface SinkTap {
        void accepted(String node, Delivery delivery);
    }

    private static final long MAX_FILE_BYTES = 256L << 20;

    public static final RunOptions DEFAULT = new RunOptions(
            Double.POSITIVE_INFINITY,
            StreamClock.system(),
            Reading.ALL,
            Writing.ALL,
            null,
            RecordingLevel.INPUTS,
            StreamPace.Start.AT_BEGIN,
            (node, delivery) -> {},
            Math.min(MAX_FILE_BYTES, Runtime.getRuntime().maxMemory() / 4),
            Long.MAX_VALUE);

    public RunOptions {
        if (!(speed > 0)) {
            throw new IllegalArgumentException("speed is " + speed + "; it must be above 0");
        }
        if (maxAgeMillis < 0) {
            throw new IllegalArgumentException("most age is " + maxAgeMillis + " ms; it must be 0 or more");
        }
    }

    public RunOptions withSpeed(double times) {
        return new RunOptions(
                times, clock, reading, writing, recordTo, recordLevel, start, tap, maxFileBytes, maxAgeMillis);
    }

    public RunOptions withClock(StreamClock other) {
        return new RunOptions(
                speed, other, reading, writing, recordTo, recordLevel, start, tap, maxFileBytes, maxAgeMillis);
    }

    public RunOptions withReading(Reading how) {
        return new RunOptions(
                speed, clock, how, writing, recordTo, recordLevel, start, tap, maxFileBytes, maxAgeMillis);
    }

    public RunOptions withWriting(Writing how) {
        return new RunOptions(
                speed, clock, reading, how, recordTo, recordLevel, start, tap, maxFileBytes, maxAgeMillis);
    }

    public RunOptions withRecordTo(@Nullable Path file) {
        return new RunOptions(
                speed, clock, reading, writing, file, recordLevel, start, tap, maxFileBytes, maxAgeMillis);
    }

    public RunOptions withRecordLevel(RecordingLevel level) {
        return new RunOptions(speed, clock, reading, writing, recordTo, level, start, tap, maxFileBytes, maxAgeMillis);
    }

    public RunOptions withStart(StreamPace.Start other) {
        return new RunOptions(
                speed, clock, reading, writing, recordTo, recordLevel, other, tap, maxFileBytes, maxAgeMillis);
    }

    public RunOptions withTap(SinkTap other) {
        return new RunOptions(
                speed, clock, reading, writing, recordTo, recordLevel, start, other, maxFileBytes, maxAgeMillis);
    }

    public RunOptions withMaxFileBytes(long bytes) {
        return new RunOptions(speed, clock, reading, writing, recordTo, recordLevel, start, tap, bytes, maxAgeMillis);
    }

    public RunOptions withMaxAgeMillis(long millis) {
        return new RunOptions(speed, clock, reading, writing, recordTo, recordLevel, start, tap, maxFileBytes, millis);
    }
}

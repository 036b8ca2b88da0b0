package io.partflow.engine.prompt;

import io.partflow.engine.content.JsonInteger;
import io.partflow.engine.content.JsonReal;
import io.partflow.engine.content.Part;
import io.partflow.engine.stream.StreamClock;
import java.time.Duration;

/// Drops the oldest parts that are older than an age when a prompt is finished. Immutable, thread-safe as its clock
/// is.
///
/// A part's age counts from its `capture_time`, seconds of the monotonic clock. Dropping stops at the first part that
/// is young enough, or that has no capture time.
public final class DropOldParts implements HistoryPolicy {
    private static final double NANOS = 1e9;

    private final double ageSeconds;
    private final StreamClock clock;

    /// @param age parts captured longer ago are dropped, at least zero
    /// @param clock the one that the prompt stamps parts with
    public DropOldParts(Duration age, StreamClock clock) {
        if (age.isNegative()) {
            throw new IllegalArgumentException("age is " + age + "; it must be at least zero");
        }
        this.ageSeconds = age.toNanos() / NANOS;
        this.clock = clock;
    }

    @Override
    public Step step() {
        return Step.PROMPT;
    }

    @Override
    public void trim(PromptHistory history) {
        double bound = clock.nanos() / NANOS - ageSeconds;
        while (history.keptParts() > 0 && captureSeconds(history.oldest()) < bound) {
            history.dropOldest(1);
        }
    }

    private static double captureSeconds(Part part) {
        return switch (part.metadata(Part.CAPTURE_TIME)) {
            case JsonReal seconds -> seconds.value();
            case JsonInteger seconds -> Double.parseDouble(seconds.toJson());
            case null, default -> Double.POSITIVE_INFINITY;
        };
    }
}

package io.partflow.engine.stream;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Waits for what another thread is about to do, where that thread cannot say so itself because it waits.
public final class Waiting {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Waiting() {}

    public static void until(String what, BooleanSupplier condition) {
        long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadlineNanos > 0) {
                throw new AssertionError("still not so after " + PATIENCE.toSeconds() + " s: " + what);
            }
            Thread.yield();
        }
    }

    /// Until a thread does nothing but wait.
    public static void untilWaits(Thread thread) {
        until(thread + " waits", () -> thread.getState() == Thread.State.WAITING);
    }
}

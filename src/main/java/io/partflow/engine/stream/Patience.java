package io.partflow.engine.stream;

import java.util.function.BooleanSupplier;

/// How long one end of a queue looks again before it parks, which costs as much as hundreds of parts: first in place,
/// then letting other threads run.
final class Patience {
    private static final int SPINS = 16;
    private static final int PAUSES = 4;
    private static final int YIELDS = 4;

    private Patience() {}

    /// @return whether the condition has come to hold
    static boolean until(BooleanSupplier condition) {
        for (int i = 0; i < SPINS + YIELDS; i++) {
            if (condition.getAsBoolean()) {
                return true;
            }
            if (i < SPINS) {
                pause();
            } else {
                Thread.yield();
            }
        }
        return false;
    }

    /// Not too short: each look takes the line from whoever writes to it, part by part.
    private static void pause() {
        for (int i = 0; i < PAUSES; i++) {
            Thread.onSpinWait();
        }
    }
}

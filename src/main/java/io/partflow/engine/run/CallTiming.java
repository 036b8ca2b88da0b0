package io.partflow.engine.run;

/// Which calls of a processor are timed: reading the clock costs more than a cheap call, so that as long as calls
/// take
/// less than a microsecond one of [#STRIDE] stands for the others; a slower one turns timing on for every call.
/// Confined to the thread of the calls.
final class CallTiming {
    static final int STRIDE = 64;
    private static final long CHEAP_NANOS = 1_000;
    private static final int CHEAP_CALLS = 256;

    private int cheapCalls;
    private int untilTimed;

    /// Whether the next call is to be timed, and told to [#took(long)].
    boolean isDue() {
        return cheapCalls < CHEAP_CALLS || --untilTimed <= 0;
    }

    /// Notes how long a call took.
    ///
    /// @return how long it and those it stands for took, in nanoseconds, at least 0
    long took(long nanos) {
        boolean each = cheapCalls < CHEAP_CALLS;
        long taken = Math.max(0, nanos);
        cheapCalls = taken < CHEAP_NANOS ? Math.min(CHEAP_CALLS, cheapCalls + 1) : 0;
        untilTimed = STRIDE;
        return each ? taken : taken * STRIDE;
    }
}

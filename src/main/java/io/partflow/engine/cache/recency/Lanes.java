package io.partflow.engine.cache.recency;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Tells threads apart cheaply, so that what each one counts is written by it alone. Thread-safe.
///
/// There are a few lanes. A thread takes one when it first asks and has it until it ends; while it has it, no other
/// thread gets that one, and whoever gets it next sees everything that was written before. Threads for which there is
/// none share the [last][#SHARED].
public final class Lanes {
    /*
     * An owner that has ended is found when somebody else wants its lane: then that one takes it in one atomic step.
     * That a thread was seen to have ended orders all it did before what the next owner does.
     *
     * A hash of the thread's number chooses where to look: its upper bits, which for numbers in a row lie far apart.
     */
    /// The lane of all threads that have none of their own; what is written there needs atomic steps.
    public static final int SHARED = 16;

    /// How many lanes there are with the shared one.
    public static final int COUNT = SHARED + 1;

    private static final int BITS = Integer.numberOfTrailingZeros(SHARED);
    private static final int LOOKED_AT = 4;
    private static final AtomicReferenceArray<@Nullable Thread> OWNERS = new AtomicReferenceArray<>(SHARED);

    private Lanes() {}

    /// The lane of the calling thread.
    public static int current() {
        Thread self = Thread.currentThread();
        int first = (int) (self.threadId() * 0x9e3779b97f4a7c15L >>> (Long.SIZE - BITS));
        return OWNERS.getOpaque(first) == self ? first : near(self, first);
    }

    private static int near(Thread self, int first) {
        for (int i = 1; i < LOOKED_AT; i++) {
            int lane = (first + i) & (SHARED - 1);
            if (OWNERS.getOpaque(lane) == self) {
                return lane;
            }
        }
        for (int i = 0; i < LOOKED_AT; i++) {
            int lane = (first + i) & (SHARED - 1);
            Thread owner = OWNERS.get(lane);
            if ((owner == null || !owner.isAlive()) && OWNERS.compareAndSet(lane, owner, self)) {
                return lane;
            }
        }
        return SHARED;
    }
}

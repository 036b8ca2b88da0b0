package io.partflow.engine.cache.recency;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.IntConsumer;

/// The last uses of entries, by a number that each entry has: for a policy that need not know of all.
///
/// Thread-safe for many writers; one reader at a time. Writers never wait: what is not read in time is written over.
public final class UseNotes {
    /*
     * Each lane has a ring of its own. A place in a ring is taken without an atomic step: when threads meet in the
     * shared lane, one of their uses may be lost, which a policy that counts frequencies does not mind. Numbers
     * instead of references, because storing a reference into an old array costs a collector's
     * barrier, several times the store itself.
     *
     * Only a miss reads the notes. While there is none there is nothing to evict either, and hits cost no more than
     * the note.
     */
    private static final int USES = 128;
    private static final int MASK = USES - 1;
    // Away from the array's length, which every thread reads with the way to its own ring, and from the uses.
    private static final int PLACE = 32;
    private static final int FIRST = 48;
    private static final int AFTER = 32;
    private static final VarHandle INTS = MethodHandles.arrayElementVarHandle(int[].class);

    private final int[][] rings = new int[Lanes.COUNT][FIRST + USES + AFTER];
    private final int[] read = new int[Lanes.COUNT];

    /// Notes a use of the entry with this number.
    ///
    /// @param lane of the calling thread
    public void note(int lane, int entry) {
        int[] ring = rings[lane];
        int place = ring[PLACE];
        INTS.setOpaque(ring, FIRST + (place & MASK), entry);
        INTS.setOpaque(ring, PLACE, place + 1);
    }

    /// Passes what was noted since the last reading and not written over to `taker`, each thread's uses in order.
    public void read(IntConsumer taker) {
        for (int i = 0; i < rings.length; i++) {
            int[] ring = rings[i];
            int end = (int) INTS.getOpaque(ring, PLACE);
            int waiting = end - read[i];
            // Places that were lost in a race can only make this too small.
            int from = waiting < 0 || waiting > USES ? end - USES : read[i];
            read[i] = end;
            for (int at = from; at != end; at++) {
                taker.accept((int) INTS.getOpaque(ring, FIRST + (at & MASK)));
            }
        }
    }
}

package io.partflow.engine.cache.memory;

import io.partflow.engine.content.ContentHash;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// Objects by their keys, at most one under each. Any number of threads may read without waiting; those that write
/// take turns.
///
/// @param <E> what it holds
public final class KeyedTable<E extends Keyed> {
    /*
     * Open addressing with linear probing. An object never changes its place: one that leaves is replaced by a mark,
     * so that a reader on its way past it finds what lies behind, and one that takes over a key takes over the place.
     * When half of the places are taken, marks among them, what is left moves to a new array; who still reads the old
     * one sees the table as it was a moment before.
     *
     * ConcurrentHashMap takes five dependent loads from a slot to what is kept: node, key, hash, value. Here it is
     * one, and the key is where the value is.
     *
     * Cost. get O(1) expected, at most half of the places being taken; put and remove O(1), amortised. 8 to 32 bytes
     * for each object.
     */
    private static final int LEAST = 64;
    private static final VarHandle PLACES = MethodHandles.arrayElementVarHandle(Keyed[].class);

    /// Lies where something was.
    private static final class Mark extends Keyed {
        static final Keyed GONE = new Mark();

        private Mark() {
            super("\0", new ContentHash(0, 0), 0, 0);
        }
    }

    private volatile @Nullable Keyed[] places = new @Nullable Keyed[LEAST];
    private int held;
    private int taken;

    /// What is under a key, or null.
    @SuppressWarnings("unchecked") // Only marks are no E, and nothing is under the key of a mark.
    public @Nullable E get(String prefix, ContentHash hash) {
        long low = hash.low();
        long high = hash.high();
        @Nullable Keyed[] in = places;
        int mask = in.length - 1;
        int at = home(low, high) & mask;
        while (true) {
            Keyed found = (Keyed) PLACES.getAcquire(in, at);
            if (found == null) {
                return null;
            }
            if (found.isUnder(prefix, high, low) && found != Mark.GONE) {
                return (E) found;
            }
            at = (at + 1) & mask;
        }
    }

    /// Hashes are well mixed; the sum of both halves also serves those that are not, in one of them.
    private static int home(long low, long high) {
        return (int) (low + high);
    }

    /// Puts an object in the place of the one that is under its key, or in a place of its own.
    public void put(E object) {
        if (2 * (taken + 1) > places.length) {
            rebuild();
        }
        @Nullable Keyed[] in = places;
        int mask = in.length - 1;
        int at = home(object.low, object.high) & mask;
        int free = -1;
        for (Keyed found = in[at]; found != null; found = in[at]) {
            if (found == Mark.GONE) {
                free = free < 0 ? at : free;
            } else if (found.isUnder(object.prefix, object.high, object.low)) {
                PLACES.setRelease(in, at, object);
                return;
            }
            at = (at + 1) & mask;
        }
        held++;
        taken += free < 0 ? 1 : 0;
        PLACES.setRelease(in, free < 0 ? at : free, object);
    }

    /// Removes an object, unless another has taken its place.
    public void remove(E object) {
        @Nullable Keyed[] in = places;
        int mask = in.length - 1;
        int at = home(object.low, object.high) & mask;
        for (Keyed found = in[at]; found != null; found = in[at]) {
            if (found == object) {
                held--;
                PLACES.setRelease(in, at, Mark.GONE);
                return;
            }
            at = (at + 1) & mask;
        }
    }

    private void rebuild() {
        @Nullable Keyed[] from = places;
        int length = LEAST;
        while (length < 4 * (held + 1)) {
            length *= 2;
        }
        @Nullable Keyed[] to = new @Nullable Keyed[length];
        for (Keyed each : from) {
            if (each == null || each == Mark.GONE) {
                continue;
            }
            int at = home(each.low, each.high) & (length - 1);
            while (to[at] != null) {
                at = (at + 1) & (length - 1);
            }
            to[at] = each;
        }
        taken = held;
        places = to;
    }

    /// How many objects there are; for those that write.
    public int size() {
        return held;
    }
}

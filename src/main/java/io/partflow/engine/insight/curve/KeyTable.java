package io.partflow.engine.insight.curve;

/// A table from long keys to ints of at least 0, without boxes. Confined to one thread.
public final class KeyTable {
    /*
     * Open addressing with linear probing, at most half full. A slot holds value + 1, so that 0 is an empty slot and
     * every long is a possible key. Removal moves later members of the probe run back, so that no marks are left
     * behind and a run is never longer than its members need.
     */
    private static final int LEAST = 16;

    private long[] keys;
    private int[] values;
    private int mask;
    private int size;

    public KeyTable(int expected) {
        int capacity = Math.max(LEAST, Integer.highestOneBit(Math.max(1, expected)) * 4);
        keys = new long[capacity];
        values = new int[capacity];
        mask = capacity - 1;
    }

    /// Spreads a key over all bits; the finalizer of SplitMix64.
    public static long mix(long key) {
        long z = (key ^ (key >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    public int size() {
        return size;
    }

    /// The value of a key, or -1.
    public int get(long key) {
        int at = (int) mix(key) & mask;
        while (values[at] != 0) {
            if (keys[at] == key) {
                return values[at] - 1;
            }
            at = (at + 1) & mask;
        }
        return -1;
    }

    public void put(long key, int value) {
        if (size * 2 >= keys.length) {
            grow();
        }
        int at = (int) mix(key) & mask;
        while (values[at] != 0) {
            if (keys[at] == key) {
                values[at] = value + 1;
                return;
            }
            at = (at + 1) & mask;
        }
        keys[at] = key;
        values[at] = value + 1;
        size++;
    }

    /// Removes a key. Returns its value, or -1 if it was not there.
    public int remove(long key) {
        int at = (int) mix(key) & mask;
        while (values[at] != 0) {
            if (keys[at] == key) {
                int removed = values[at] - 1;
                close(at);
                size--;
                return removed;
            }
            at = (at + 1) & mask;
        }
        return -1;
    }

    private void close(int at) {
        int hole = at;
        int next = (hole + 1) & mask;
        while (values[next] != 0) {
            int home = (int) mix(keys[next]) & mask;
            // May move into the hole unless its home lies cyclically between the hole and where it is.
            if (((next - home) & mask) >= ((next - hole) & mask)) {
                keys[hole] = keys[next];
                values[hole] = values[next];
                hole = next;
            }
            next = (next + 1) & mask;
        }
        values[hole] = 0;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldValues = values;
        keys = new long[oldKeys.length * 2];
        values = new int[keys.length];
        mask = keys.length - 1;
        size = 0;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] != 0) {
                put(oldKeys[i], oldValues[i] - 1);
            }
        }
    }
}

package io.partflow.engine.insight.curve;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// What was asked of one cache, in order: for every access the key, the size of its value and the moment. Immutable.
///
/// Keys are numbers from 0, in the order of their first access.
public final class AccessTrace {
    private final int[] keys;
    private final long[] bytes;
    private final long[] atMillis;
    private final int distinct;

    private AccessTrace(int[] keys, long[] bytes, long[] atMillis, int distinct) {
        this.keys = keys;
        this.bytes = bytes;
        this.atMillis = atMillis;
        this.distinct = distinct;
    }

    public int accesses() {
        return keys.length;
    }

    /// How many different keys there are.
    public int distinct() {
        return distinct;
    }

    public int key(int access) {
        return keys[access];
    }

    /// The size of the value, at least 1.
    public long bytes(int access) {
        return bytes[access];
    }

    /// The moment; only differences have a meaning. All 0 where moments are not known.
    public long atMillis(int access) {
        return atMillis[access];
    }

    /// Whether moments are known.
    public boolean isTimed() {
        return atMillis.length > 0 && atMillis[atMillis.length - 1] != atMillis[0];
    }

    /// Whether sizes of values are known.
    public boolean isSized() {
        for (long each : bytes) {
            if (each != 1) {
                return true;
            }
        }
        return false;
    }

    /// Collects accesses. Confined to one thread.
    public static final class Builder {
        private final Map<Object, Integer> numbers = new HashMap<>();
        private int[] keys = new int[256];
        private long[] bytes = new long[256];
        private long[] atMillis = new long[256];
        private int count;

        /// Adds an access whose size and moment are not known.
        public Builder add(Object key) {
            return add(key, 1, 0);
        }

        /// @param key equal objects, equal keys
        /// @param size of the value; anything below 1 counts as 1
        public Builder add(Object key, long size, long atMillisNow) {
            if (count == keys.length) {
                keys = Arrays.copyOf(keys, count * 2);
                bytes = Arrays.copyOf(bytes, count * 2);
                atMillis = Arrays.copyOf(atMillis, count * 2);
            }
            keys[count] = numbers.computeIfAbsent(key, unused -> numbers.size());
            bytes[count] = Math.max(1, size);
            atMillis[count] = atMillisNow;
            count++;
            return this;
        }

        public AccessTrace build() {
            return new AccessTrace(
                    Arrays.copyOf(keys, count),
                    Arrays.copyOf(bytes, count),
                    Arrays.copyOf(atMillis, count),
                    numbers.size());
        }
    }
}

package io.partflow.engine.insight.curve;

import io.partflow.engine.cache.Outcome;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was asked of one cache, in order: for every access the key, the size of its value and the moment. Immutable.
///
/// Keys are numbers from 0, in the order of their first access.
public final class AccessTrace {
    private static final List<Outcome> OUTCOMES = List.of(Outcome.values());
    private static final byte UNKNOWN = -1;

    private final int[] keys;
    private final long[] bytes;
    private final long[] atMillis;
    private final long[] readyMillis;
    private final byte[] outcomes;
    private final int distinct;

    private AccessTrace(Builder built) {
        keys = Arrays.copyOf(built.keys, built.count);
        bytes = Arrays.copyOf(built.bytes, built.count);
        atMillis = Arrays.copyOf(built.atMillis, built.count);
        readyMillis = Arrays.copyOf(built.readyMillis, built.count);
        outcomes = Arrays.copyOf(built.outcomes, built.count);
        distinct = built.numbers.size();
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

    /// When the value was there, at the earliest [#atMillis(int)]; the same where that is not known.
    public long readyMillis(int access) {
        return readyMillis[access];
    }

    /// How the access ended in the cache it was made to; null where that is not known.
    public @Nullable Outcome outcome(int access) {
        int outcome = outcomes[access];
        return outcome < 0 ? null : OUTCOMES.get(outcome);
    }

    /// The mean size of the values of the different keys, at least 1.
    public double meanBytes() {
        long[] last = new long[distinct];
        for (int i = 0; i < keys.length; i++) {
            last[keys[i]] = bytes[i];
        }
        return Arrays.stream(last).average().orElse(1);
    }

    /// The sum of the sizes of the values of the different keys: a cache so large keeps them all.
    public long totalBytes() {
        return Math.max(1, Math.round(meanBytes() * distinct));
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
        private static final long NANOS_PER_MILLI = 1_000_000;

        private final Map<Object, Integer> numbers = new HashMap<>();
        private int[] keys = new int[256];
        private long[] bytes = new long[256];
        private long[] atMillis = new long[256];
        private long[] readyMillis = new long[256];
        private byte[] outcomes = new byte[256];
        private int count;

        /// Adds an access whose size and moment are not known.
        public Builder add(Object key) {
            return add(key, 1, 0);
        }

        /// @param key equal objects, equal keys
        /// @param size of the value; anything below 1 counts as 1
        public Builder add(Object key, long size, long atMillisNow) {
            return add(key, size, atMillisNow, atMillisNow, UNKNOWN);
        }

        /// Adds an access of which is known how it ended.
        ///
        /// @param computeNanos how long computing the value took; below 0 if that is not known
        public Builder add(Object key, long size, long atMillisNow, Outcome outcome, long computeNanos) {
            // Rounded up: a moment too late for a value makes the best there could be no smaller.
            long ready = outcome == Outcome.MISS && computeNanos > 0
                    ? atMillisNow + (computeNanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI
                    : atMillisNow;
            return add(key, size, atMillisNow, ready, (byte) outcome.ordinal());
        }

        private Builder add(Object key, long size, long atMillisNow, long ready, byte outcome) {
            if (count == keys.length) {
                keys = Arrays.copyOf(keys, count * 2);
                bytes = Arrays.copyOf(bytes, count * 2);
                atMillis = Arrays.copyOf(atMillis, count * 2);
                readyMillis = Arrays.copyOf(readyMillis, count * 2);
                outcomes = Arrays.copyOf(outcomes, count * 2);
            }
            keys[count] = numbers.computeIfAbsent(key, unused -> numbers.size());
            bytes[count] = Math.max(1, size);
            atMillis[count] = atMillisNow;
            readyMillis[count] = ready;
            outcomes[count] = outcome;
            count++;
            return this;
        }

        public AccessTrace build() {
            return new AccessTrace(this);
        }
    }
}

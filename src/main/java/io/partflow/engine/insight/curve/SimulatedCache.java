package io.partflow.engine.insight.curve;

/// A cache that keeps keys and no values: what would have been a hit. Confined to one thread.
public interface SimulatedCache {
    /// How large it is and how long its entries live.
    ///
    /// @param items the most entries, at least 1
    /// @param bytes the most bytes, at least 1
    /// @param ttlMillis time to live from the put on, 0 for ever
    record Limits(long items, long bytes, long ttlMillis) {
        public Limits {
            if (items < 1 || bytes < 1 || ttlMillis < 0) {
                throw new IllegalArgumentException("limits are " + items + " items, " + bytes + " bytes and "
                        + ttlMillis + " ms; the first two must be at least 1, the last at least 0");
            }
        }

        public static Limits ofItems(long items) {
            return new Limits(items, Long.MAX_VALUE, 0);
        }

        public static Limits ofBytes(long bytes) {
            return new Limits(Long.MAX_VALUE, bytes, 0);
        }

        public Limits living(long millis) {
            return new Limits(items, bytes, millis);
        }
    }

    /// Asks for a key, and keeps it if the policy wants to. Returns whether a live entry was there.
    boolean access(long key, long bytes, long atMillis);

    /// An empty cache of a policy other than the optimum, which has to know the future.
    static SimulatedCache of(Policy policy, Limits limits) {
        return switch (policy) {
            case LRU, FIFO -> new QueueCache(policy, limits);
            case TINYLFU -> new TinyLfuCache(limits);
            case OPTIMAL -> throw new IllegalArgumentException("the optimum needs a whole trace; see OptimalCache");
        };
    }
}

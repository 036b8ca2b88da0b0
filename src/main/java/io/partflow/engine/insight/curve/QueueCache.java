package io.partflow.engine.insight.curve;

/// A simulated cache that lets go the entry longest unused, or the one longest there. Confined to one thread.
///
/// Entries that are over keep their place until they are asked for or come to the cold end.
final class QueueCache implements SimulatedCache {
    private final Policy policy;
    private final Limits limits;
    private final EntryLists entries = new EntryLists(1);

    QueueCache(Policy policy, Limits limits) {
        this.policy = policy;
        this.limits = limits;
    }

    @Override
    public boolean access(long key, long bytes, long atMillis) {
        int entry = entries.find(key);
        if (entry != EntryLists.NONE) {
            if (!entries.isOver(entry, atMillis)) {
                if (policy == Policy.LRU) {
                    entries.move(entry, 0);
                }
                return true;
            }
            entries.remove(entry);
        }
        if (bytes <= limits.bytes()) {
            int unused = entries.add(0, key, bytes, end(limits, atMillis));
            while (entries.items() > limits.items() || entries.bytes(0) > limits.bytes()) {
                entries.remove(entries.coldest(0));
            }
        }
        return false;
    }

    static long end(Limits limits, long atMillis) {
        return limits.ttlMillis() == 0 ? Long.MAX_VALUE : atMillis + limits.ttlMillis();
    }
}

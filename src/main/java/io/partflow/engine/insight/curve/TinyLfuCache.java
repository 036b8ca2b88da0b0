package io.partflow.engine.insight.curve;

/// A simulated cache that keeps what is asked for often (W-TinyLFU), the policy of the memory tier. Confined to one
/// thread.
final class TinyLfuCache implements SimulatedCache {
    /*
     * A new entry goes into a small window (1 %). What falls out of the window competes with the coldest entry
     * of the main part: whichever was asked for less often goes. The main part keeps what was hit again in a
     * protected list (80 %), the rest on probation. While a byte limit binds, the shares are those of the bytes.
     *
     * The share of the window is fixed, where the memory tier adapts it; the order in which keys tie is fixed too,
     * so that a simulation gives the same answer every time.
     */
    private static final int WINDOW = 0;
    private static final int PROBATION = 1;
    private static final int PROTECTED = 2;
    private static final double MAIN_SHARE = 0.99;
    private static final double PROTECTED_SHARE = 0.8;
    private static final int FEW = 64;

    private final Limits limits;
    private final EntryLists entries = new EntryLists(3);
    private final FrequencySketch sketch;

    TinyLfuCache(Limits limits) {
        this.limits = limits;
        sketch = new FrequencySketch(Math.min(limits.items(), FEW));
    }

    @Override
    public boolean access(long key, long bytes, long atMillis) {
        sketch.ensure(entries.items() + 1L);
        sketch.increment(key);
        int entry = entries.find(key);
        if (entry != EntryLists.NONE) {
            if (!entries.isOver(entry, atMillis)) {
                hit(entry);
                return true;
            }
            entries.renew(entry, bytes, QueueCache.end(limits, atMillis));
            hit(entry);
            makeRoom();
            return false;
        }
        if (bytes <= limits.bytes()) {
            int unused = entries.add(WINDOW, key, bytes, QueueCache.end(limits, atMillis));
            makeRoom();
        }
        return false;
    }

    private void hit(int entry) {
        if (entries.list(entry) == WINDOW) {
            entries.move(entry, WINDOW);
            return;
        }
        entries.move(entry, PROTECTED);
        while (exceeds(PROTECTED, MAIN_SHARE * PROTECTED_SHARE) && entries.items(PROTECTED) > 1) {
            entries.move(entries.coldest(PROTECTED), PROBATION);
        }
    }

    /// Whether a list has more than its share of a limit that binds; of the items, where none does.
    private boolean exceeds(int list, double share) {
        return (limits.items() < Long.MAX_VALUE && entries.items(list) > share * limits.items())
                || (limits.bytes() < Long.MAX_VALUE && entries.bytes(list) > share * limits.bytes());
    }

    private boolean isFull() {
        return entries.items() > limits.items() || entries.bytes() > limits.bytes();
    }

    private boolean windowIsFull() {
        return entries.items(WINDOW) > 1 && exceeds(WINDOW, 1 - MAIN_SHARE);
    }

    private void makeRoom() {
        while (windowIsFull()) {
            int candidate = entries.coldest(WINDOW);
            entries.move(candidate, PROBATION);
            while (isFull()) {
                int victim = coldestOfMain(candidate);
                boolean admitted = victim != candidate
                        && sketch.frequency(entries.key(candidate)) > sketch.frequency(entries.key(victim));
                entries.remove(admitted ? victim : candidate);
                if (!admitted) {
                    break;
                }
            }
        }
        while (isFull()) {
            // Only where the window alone is the cache, or one large value came.
            int victim = coldestOfMain(EntryLists.NONE);
            entries.remove(victim == EntryLists.NONE ? entries.coldest(WINDOW) : victim);
        }
    }

    private int coldestOfMain(int except) {
        int coldest = entries.coldest(PROBATION);
        if (coldest != EntryLists.NONE && coldest != except) {
            return coldest;
        }
        int guarded = entries.coldest(PROTECTED);
        return guarded == EntryLists.NONE ? coldest : guarded;
    }
}

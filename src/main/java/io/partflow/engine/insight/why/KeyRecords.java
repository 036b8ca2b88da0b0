package io.partflow.engine.insight.why;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The last thing that happened to each of many keys, in 24 bytes a slot. Confined to one thread.
final class KeyRecords {
    /*
     * Open addressing, at most three quarters full. A record is the key, what happened to it last with the moment and
     * the number of its prefix, and for whom it had to go. When there are too many, the older half is dropped in one
     * pass, which costs no more than inserting that half did.
     */
    static final int MOST = 1_000_000;

    /// What happened to a key.
    enum Last {
        KEPT,
        FAILED,
        NOT_STORED,
        EXPIRED,
        EVICTED_BY_ITEMS,
        EVICTED_BY_BYTES,
        REMOVED
    }

    /// The record of a key.
    record Found(Last last, int prefix, long atMillis, long by) {}

    private static final int PREFIX_BITS = 16;
    private static final int EVENT_BITS = 4;
    private static final int FIRST = 1 << 10;
    private static final Last[] EVENTS = Last.values();

    private final int most;
    private long[] keys = new long[FIRST];
    // moment << 20 | prefix << 4 | event + 1; 0 is an empty slot.
    private long[] events = new long[FIRST];
    private long[] bys = new long[FIRST];
    private int size;

    KeyRecords(int most) {
        this.most = most;
    }

    int size() {
        return size;
    }

    private int slot(long key) {
        int at = (int) ((key * 0x9e3779b97f4a7c15L >>> 32) * keys.length >>> 32);
        while (events[at] != 0 && keys[at] != key) {
            at = at + 1 == keys.length ? 0 : at + 1;
        }
        return at;
    }

    /// The record of a key, or null.
    @Nullable
    Found find(long key) {
        int at = slot(key);
        long event = events[at];
        return event == 0
                ? null
                : new Found(
                        EVENTS[(int) (event & ((1 << EVENT_BITS) - 1)) - 1],
                        (int) (event >>> EVENT_BITS) & ((1 << PREFIX_BITS) - 1),
                        event >>> (PREFIX_BITS + EVENT_BITS),
                        bys[at]);
    }

    void put(long key, Last last, int prefix, long atMillis, long by) {
        int at = slot(key);
        if (events[at] == 0) {
            if (size >= most) {
                dropOlderHalf();
                at = slot(key);
            } else if ((size + 1) * 4L > keys.length * 3L) {
                rebuild((int) Math.min(keys.length * 2L, most * 4L / 3 + FIRST), 0);
                at = slot(key);
            }
            size++;
        }
        keys[at] = key;
        events[at] = atMillis << (PREFIX_BITS + EVENT_BITS) | (long) prefix << EVENT_BITS | (last.ordinal() + 1);
        bys[at] = by;
    }

    private void dropOlderHalf() {
        long[] moments =
                Arrays.stream(events).filter(event -> event != 0).sorted().toArray();
        rebuild(keys.length, moments[moments.length / 2]);
    }

    private void rebuild(int capacity, long fromEvent) {
        long[] oldKeys = keys;
        long[] oldEvents = events;
        long[] oldBys = bys;
        keys = new long[capacity];
        events = new long[capacity];
        bys = new long[capacity];
        size = 0;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldEvents[i] != 0 && oldEvents[i] >= fromEvent) {
                int at = slot(oldKeys[i]);
                keys[at] = oldKeys[i];
                events[at] = oldEvents[i];
                bys[at] = oldBys[i];
                size++;
            }
        }
    }
}

package io.partflow.engine.insight.curve;

import java.util.Arrays;

/// How many other things were asked for since the same thing was last asked for: the LRU stack distance of every
/// access, in items and in bytes. Confined to one thread.
public final class StackDistances {
    /*
     * Idea (Olken). Each key occupies the slot of its last access on a line of time; two Fenwick trees over the
     * slots hold one item, and the key's bytes, where a slot is somebody's last access. The distance of an access is
     * the sum of all slots behind the key's old one. When the line is full, the keys in use move to its start in
     * their order.
     *
     * A key that would be the (most + 1)-th is the price of forgetting the one longest unused, so distances up to
     * `most` items stay exact and longer ones are told as unknown.
     *
     * Invariants. slotKey[s] is live exactly when the table maps it to s; the sum of the item tree is the table's
     * size. Cost: O(log n) an access, the compaction amortised; 40 bytes a slot, two slots a key.
     */

    /// What [#access] returns for a key that is new or was forgotten.
    public static final int UNKNOWN = 0;

    private static final int FIRST_SLOTS = 64;

    private final int most;
    private final KeyTable slots;
    private long[] slotKey = new long[FIRST_SLOTS];
    private long[] slotBytes = new long[FIRST_SLOTS];
    private boolean[] live = new boolean[FIRST_SLOTS];
    private int[] items = new int[FIRST_SLOTS + 1];
    private long[] bytes = new long[FIRST_SLOTS + 1];
    private int next;
    private int oldest;
    private long totalBytes;
    private long byteDistance;

    /// @param most how many keys to remember, at least 1
    public StackDistances(int most) {
        this.most = most;
        this.slots = new KeyTable(Math.min(most, FIRST_SLOTS));
    }

    int keys() {
        return slots.size();
    }

    /// The bytes of all remembered keys.
    long totalBytes() {
        return totalBytes;
    }

    /// Notes an access. Returns the number of distinct keys from the last access of this one on, itself included: the
    /// smallest LRU cache that would have had it; or [#UNKNOWN].
    public int access(long key, long size) {
        int slot = slots.get(key);
        int distance = UNKNOWN;
        if (slot >= 0) {
            measure(slot, size);
            distance = slots.size() - itemsUpTo(slot);
            clear(slot);
        } else if (slots.size() == most) {
            forgetOldest();
        }
        if (next == slotKey.length) {
            compact();
        }
        slotKey[next] = key;
        slotBytes[next] = size;
        live[next] = true;
        add(next, 1, size);
        slots.put(key, next++);
        totalBytes += size;
        return distance;
    }

    /// The bytes of those distinct keys, after an access whose distance is known.
    public long byteDistance() {
        return byteDistance;
    }

    /// Forgets a key.
    void remove(long key) {
        int slot = slots.remove(key);
        if (slot >= 0) {
            clear(slot);
        }
    }

    private void measure(int slot, long size) {
        long upTo = 0;
        for (int i = slot + 1; i > 0; i -= i & -i) {
            upTo += bytes[i];
        }
        byteDistance = totalBytes - upTo + Math.max(size, slotBytes[slot]);
    }

    private int itemsUpTo(int slot) {
        // Without the slot itself, which the distance counts.
        int sum = -1;
        for (int i = slot + 1; i > 0; i -= i & -i) {
            sum += items[i];
        }
        return sum;
    }

    private void clear(int slot) {
        add(slot, -1, -slotBytes[slot]);
        live[slot] = false;
        totalBytes -= slotBytes[slot];
    }

    private void add(int slot, int count, long size) {
        for (int i = slot + 1; i < items.length; i += i & -i) {
            items[i] += count;
            bytes[i] += size;
        }
    }

    private void forgetOldest() {
        while (!live[oldest]) {
            oldest++;
        }
        int unused = slots.remove(slotKey[oldest]);
        clear(oldest);
    }

    private void compact() {
        int count = slots.size();
        if (count * 2 > slotKey.length) {
            int capacity = slotKey.length * 2;
            slotKey = Arrays.copyOf(slotKey, capacity);
            slotBytes = Arrays.copyOf(slotBytes, capacity);
            live = Arrays.copyOf(live, capacity);
            items = new int[capacity + 1];
            bytes = new long[capacity + 1];
        } else {
            Arrays.fill(items, 0);
            Arrays.fill(bytes, 0);
        }
        int to = 0;
        for (int from = 0; from < next; from++) {
            if (live[from]) {
                slotKey[to] = slotKey[from];
                slotBytes[to] = slotBytes[from];
                slots.put(slotKey[to], to);
                to++;
            }
        }
        Arrays.fill(live, 0, to, true);
        Arrays.fill(live, to, live.length, false);
        next = to;
        oldest = 0;
        build();
    }

    /// Fills the trees in O(n): every node hands its sum to its parent.
    private void build() {
        for (int i = 1; i < items.length; i++) {
            if (i <= next) {
                items[i]++;
                bytes[i] += slotBytes[i - 1];
            }
            int parent = i + (i & -i);
            if (parent < items.length) {
                items[parent] += items[i];
                bytes[parent] += bytes[i];
            }
        }
    }
}

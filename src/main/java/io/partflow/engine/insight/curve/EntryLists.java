package io.partflow.engine.insight.curve;

import java.util.Arrays;

/// Entries of a simulated cache in a few doubly linked lists, in arrays. Confined to one thread.
///
/// Each list has its coldest entry at the head. An entry is a number; freed numbers are used again.
final class EntryLists {
    static final int NONE = -1;

    private static final int FIRST = 64;

    private final KeyTable index = new KeyTable(FIRST);
    private final int[] head;
    private final int[] tail;
    private final long[] listBytes;
    private final int[] listItems;
    private long[] key = new long[FIRST];
    private long[] bytes = new long[FIRST];
    private long[] end = new long[FIRST];
    private int[] before = new int[FIRST];
    private int[] after = new int[FIRST];
    private byte[] list = new byte[FIRST];
    private int used;
    private int free = NONE;

    EntryLists(int lists) {
        head = new int[lists];
        tail = new int[lists];
        listBytes = new long[lists];
        listItems = new int[lists];
        Arrays.fill(head, NONE);
        Arrays.fill(tail, NONE);
    }

    /// The entry of a key, or [#NONE].
    int find(long wanted) {
        return index.get(wanted);
    }

    int coldest(int ofList) {
        return head[ofList];
    }

    int items(int ofList) {
        return listItems[ofList];
    }

    long bytes(int ofList) {
        return listBytes[ofList];
    }

    int items() {
        return index.size();
    }

    long bytes() {
        return Arrays.stream(listBytes).sum();
    }

    long key(int entry) {
        return key[entry];
    }

    long size(int entry) {
        return bytes[entry];
    }

    int list(int entry) {
        return list[entry];
    }

    boolean isOver(int entry, long atMillis) {
        return atMillis >= end[entry];
    }

    /// A new entry at the warm end of a list.
    int add(int toList, long newKey, long size, long endMillis) {
        int entry = free;
        if (entry == NONE) {
            entry = used++;
            if (entry == key.length) {
                grow();
            }
        } else {
            free = after[entry];
        }
        key[entry] = newKey;
        bytes[entry] = size;
        end[entry] = endMillis;
        index.put(newKey, entry);
        link(entry, toList);
        return entry;
    }

    void renew(int entry, long size, long endMillis) {
        listBytes[list[entry]] += size - bytes[entry];
        bytes[entry] = size;
        end[entry] = endMillis;
    }

    void move(int entry, int toList) {
        unlink(entry);
        link(entry, toList);
    }

    void remove(int entry) {
        unlink(entry);
        int unused = index.remove(key[entry]);
        after[entry] = free;
        free = entry;
    }

    private void link(int entry, int toList) {
        list[entry] = (byte) toList;
        before[entry] = tail[toList];
        after[entry] = NONE;
        if (tail[toList] == NONE) {
            head[toList] = entry;
        } else {
            after[tail[toList]] = entry;
        }
        tail[toList] = entry;
        listItems[toList]++;
        listBytes[toList] += bytes[entry];
    }

    private void unlink(int entry) {
        int from = list[entry];
        if (before[entry] == NONE) {
            head[from] = after[entry];
        } else {
            after[before[entry]] = after[entry];
        }
        if (after[entry] == NONE) {
            tail[from] = before[entry];
        } else {
            before[after[entry]] = before[entry];
        }
        listItems[from]--;
        listBytes[from] -= bytes[entry];
    }

    private void grow() {
        int capacity = key.length * 2;
        key = Arrays.copyOf(key, capacity);
        bytes = Arrays.copyOf(bytes, capacity);
        end = Arrays.copyOf(end, capacity);
        before = Arrays.copyOf(before, capacity);
        after = Arrays.copyOf(after, capacity);
        list = Arrays.copyOf(list, capacity);
    }
}

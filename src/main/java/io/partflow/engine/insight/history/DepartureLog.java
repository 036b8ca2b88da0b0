package io.partflow.engine.insight.history;

import io.partflow.engine.cache.EvictionCause;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The last entries that left a node's cache in a ring of columns, 25 bytes each, grown as they come. Confined to one
/// thread.
public final class DepartureLog {
    private static final EvictionCause[] CAUSES = EvictionCause.values();

    private final LogRoom room;
    private long[] keys = new long[LogRoom.FIRST];
    private long[] moments = new long[LogRoom.FIRST];
    private byte[] causes = new byte[LogRoom.FIRST];
    private long[] bytes = new long[LogRoom.FIRST];
    private int next;
    private boolean full;

    /// @param room shared with other logs
    public DepartureLog(LogRoom room) {
        this.room = room;
    }

    /// Notes that an entry left.
    public void add(long key, long atMillis, EvictionCause cause, long size) {
        if (next == keys.length) {
            if (!full && room.grants(keys.length)) {
                int capacity = keys.length * 2;
                keys = Arrays.copyOf(keys, capacity);
                moments = Arrays.copyOf(moments, capacity);
                causes = Arrays.copyOf(causes, capacity);
                bytes = Arrays.copyOf(bytes, capacity);
            } else {
                next = 0;
                full = true;
            }
        }
        keys[next] = key;
        moments[next] = atMillis;
        causes[next] = (byte) cause.ordinal();
        bytes[next] = size;
        next++;
    }

    /// The departures, oldest first.
    public List<CacheHistory.Departure> departures() {
        List<CacheHistory.Departure> all = new ArrayList<>(full ? keys.length : next);
        for (int i = next; full && i < keys.length; i++) {
            all.add(at(i));
        }
        for (int i = 0; i < next; i++) {
            all.add(at(i));
        }
        return all;
    }

    private CacheHistory.Departure at(int i) {
        return new CacheHistory.Departure(keys[i], moments[i], CAUSES[causes[i]], bytes[i]);
    }
}

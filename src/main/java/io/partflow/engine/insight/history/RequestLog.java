package io.partflow.engine.insight.history;

import io.partflow.engine.cache.Outcome;
import io.partflow.engine.processor.Usage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The last requests of a node in a ring of columns, about 45 bytes each, grown as they come. Confined to one thread.
public final class RequestLog {
    /// How many it keeps.
    public static final int MOST = 1 << 16;

    private static final int FIRST = 1 << 8;
    private static final Outcome[] OUTCOMES = Outcome.values();

    private long[] keys = new long[FIRST];
    private long[] moments = new long[FIRST];
    private byte[] outcomes = new byte[FIRST];
    private long[] bytes = new long[FIRST];
    private long[] costs = new long[FIRST];
    private Usage[] usages = new Usage[FIRST];
    private long[] answers = new long[FIRST];
    private int next;
    private boolean full;

    /// Notes a request; the parts are those of [CacheRequest].
    public void add(long key, long atMillis, Outcome outcome, long size, long computeNanos, Usage usage, long answer) {
        if (next == keys.length) {
            if (next < MOST) {
                grow();
            } else {
                next = 0;
                full = true;
            }
        }
        keys[next] = key;
        moments[next] = atMillis;
        outcomes[next] = (byte) outcome.ordinal();
        bytes[next] = size;
        costs[next] = computeNanos;
        usages[next] = usage;
        answers[next] = answer;
        next++;
    }

    private void grow() {
        int capacity = keys.length * 2;
        keys = Arrays.copyOf(keys, capacity);
        moments = Arrays.copyOf(moments, capacity);
        outcomes = Arrays.copyOf(outcomes, capacity);
        bytes = Arrays.copyOf(bytes, capacity);
        costs = Arrays.copyOf(costs, capacity);
        usages = Arrays.copyOf(usages, capacity);
        answers = Arrays.copyOf(answers, capacity);
    }

    /// The requests, oldest first.
    public List<CacheRequest> requests() {
        List<CacheRequest> all = new ArrayList<>(full ? keys.length : next);
        for (int i = next; full && i < keys.length; i++) {
            all.add(at(i));
        }
        for (int i = 0; i < next; i++) {
            all.add(at(i));
        }
        return all;
    }

    private CacheRequest at(int i) {
        return new CacheRequest(keys[i], moments[i], OUTCOMES[outcomes[i]], bytes[i], costs[i], usages[i], answers[i]);
    }
}

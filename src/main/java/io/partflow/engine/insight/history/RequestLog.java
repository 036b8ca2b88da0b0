package io.partflow.engine.insight.history;

import io.partflow.engine.cache.Outcome;
import io.partflow.engine.processor.Usage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The last requests of a node in a ring of columns, 49 bytes each and 24 more where anything was spent,
/// grown as they come. Confined to one thread.
public final class RequestLog {
    /// The most it keeps.
    public static final int MOST = LogRoom.MOST;

    private static final int FIRST = LogRoom.FIRST;
    private static final Outcome[] OUTCOMES = Outcome.values();

    private long[] keys = new long[FIRST];
    private long[] moments = new long[FIRST];
    private byte[] outcomes = new byte[FIRST];
    private long[] bytes = new long[FIRST];
    private long[] costs = new long[FIRST];
    // Tokens in, tokens out and money, one after the other; empty as long as nothing was spent.
    private long[] usages = {};
    private long[] answers = new long[FIRST];
    private final LogRoom room;
    private int next;
    private boolean full;

    /// @param room shared with other logs
    public RequestLog(LogRoom room) {
        this.room = room;
    }

    /// Notes a request; the parts are those of [CacheRequest].
    public void add(long key, long atMillis, Outcome outcome, long size, long computeNanos, Usage usage, long answer) {
        if (next == keys.length) {
            if (!full && room.grants(keys.length)) {
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
        spent(usage);
        answers[next] = answer;
        next++;
    }

    private void spent(Usage usage) {
        if (usages.length == 0 && !usage.equals(Usage.NONE)) {
            usages = new long[3 * keys.length];
        }
        if (usages.length > 0) {
            usages[3 * next] = usage.tokensIn();
            usages[3 * next + 1] = usage.tokensOut();
            usages[3 * next + 2] = usage.costMicroUsd();
        }
    }

    private Usage usage(int i) {
        long in = usages.length == 0 ? 0 : usages[3 * i];
        long out = usages.length == 0 ? 0 : usages[3 * i + 1];
        long cost = usages.length == 0 ? 0 : usages[3 * i + 2];
        return (in | out | cost) == 0 ? Usage.NONE : new Usage(in, out, cost);
    }

    private void grow() {
        int capacity = keys.length * 2;
        keys = Arrays.copyOf(keys, capacity);
        moments = Arrays.copyOf(moments, capacity);
        outcomes = Arrays.copyOf(outcomes, capacity);
        bytes = Arrays.copyOf(bytes, capacity);
        costs = Arrays.copyOf(costs, capacity);
        usages = Arrays.copyOf(usages, usages.length == 0 ? 0 : 3 * capacity);
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
        return new CacheRequest(keys[i], moments[i], OUTCOMES[outcomes[i]], bytes[i], costs[i], usage(i), answers[i]);
    }
}

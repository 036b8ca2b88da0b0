package io.partflow.engine.cache.tiered;

import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.CacheTier;
import io.partflow.engine.cache.StoredValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Puts that reach a slow tier a little later, on a thread of their own that exists only while there are any.
///
/// Thread-safe. Bounded in values and bytes: whoever puts one more waits. Of several values under one key only the
/// last is written.
final class WriteBehind {
    private static final int MOST_VALUES = 1_024;
    private static final long MOST_BYTES = 16L << 20;

    private final CacheTier below;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final LinkedHashMap<CacheKey, StoredValue> waiting = new LinkedHashMap<>();
    private @Nullable StoredValue writing;
    private long bytes;
    private boolean working;

    WriteBehind(CacheTier below) {
        this.below = below;
    }

    void put(StoredValue value) {
        lock.lock();
        try {
            while (!waiting.isEmpty() && (waiting.size() >= MOST_VALUES || bytes + value.sizeBytes() > MOST_BYTES)) {
                changed.awaitUninterruptibly();
            }
            StoredValue older = waiting.put(value.key(), value);
            bytes += value.sizeBytes() - (older == null ? 0 : older.sizeBytes());
            if (!working) {
                working = true;
                Thread.ofVirtual().name("partflow-write-behind").start(this::work);
            }
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        for (StoredValue next = take(); next != null; next = take()) {
            below.put(next);
        }
    }

    private @Nullable StoredValue take() {
        lock.lock();
        try {
            Map.Entry<CacheKey, StoredValue> first = waiting.pollFirstEntry();
            writing = first == null ? null : first.getValue();
            if (first == null) {
                working = false;
            } else {
                bytes -= first.getValue().sizeBytes();
            }
            changed.signalAll();
            return writing;
        } finally {
            lock.unlock();
        }
    }

    /// The value on its way under a key, or null.
    @Nullable
    StoredValue find(CacheKey key) {
        lock.lock();
        try {
            StoredValue now = waiting.get(key);
            return now == null && writing != null && writing.key().equals(key) ? writing : now;
        } finally {
            lock.unlock();
        }
    }

    /// Waits until everything that was put before is below.
    void flush() {
        lock.lock();
        try {
            while (working) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }
}

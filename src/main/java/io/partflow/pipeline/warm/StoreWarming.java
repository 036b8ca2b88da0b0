package io.partflow.pipeline.warm;

import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.cache.CacheStore;
import io.partflow.engine.cache.ContentCache;
import io.partflow.engine.cache.sqlite.SqliteStore;
import io.partflow.engine.cache.sqlite.StoreContents;
import io.partflow.engine.cache.sqlite.StoreQuery;
import io.partflow.engine.cache.sqlite.StoreRow;
import io.partflow.engine.content.WireFormException;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.stream.StreamClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/// Fills caches, or a store, with the live entries of another store, genai-processors' own included. What is there
/// already stays as it is.
public final class StoreWarming implements Warming {
    private static final int AT_ONCE = 500;
    private static final int MOST_PROBLEMS = 20;

    /// Takes rows in, many at a time.
    @FunctionalInterface
    private interface Target {
        /// @return how many were new
        int take(List<StoreRow> rows);
    }

    private final Path from;
    private final StreamClock clock;
    private final Target target;
    private final Thread thread;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicLong read = new AtomicLong();
    private final AtomicLong added = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final List<Failure> problems = new ArrayList<>();
    private volatile long total = -1;
    private volatile boolean cancelled;
    private volatile State state = State.RUNNING;

    private StoreWarming(Path from, StreamClock clock, Target target) {
        this.from = from;
        this.clock = clock;
        this.target = target;
        thread = Thread.ofPlatform().name("partflow-warming").daemon().start(this::work);
    }

    /// Begins to copy all entries into a store.
    public static StoreWarming into(SqliteStore store, Path from, StreamClock clock) {
        StoreContents contents = new StoreContents(store);
        return new StoreWarming(from, clock, contents::addAll);
    }

    /// Begins to put those entries into the caches of a room whose prefixes are those of a cache there, wherever that
    /// keeps them. Each is as long there as it would be in the store.
    public static StoreWarming into(CacheRoom room, Path from, StreamClock clock) {
        Map<String, ContentCache> byPrefix = new HashMap<>();
        room.distinctCaches().forEach(cache -> byPrefix.put(cache.prefix(), cache));
        return new StoreWarming(from, clock, rows -> {
            int taken = 0;
            for (StoreRow row : rows) {
                taken += warm(byPrefix, row) ? 1 : 0;
            }
            return taken;
        });
    }

    private static boolean warm(Map<String, ContentCache> byPrefix, StoreRow row) {
        CacheKey key = CacheKey.parse(row.key());
        ContentCache cache = key == null ? null : byPrefix.get(key.prefix());
        if (key == null || cache == null || cache.peek(key).isPresent()) {
            return false;
        }
        cache.warm(row.value(key));
        return true;
    }

    private void work() {
        State end = State.FAILED;
        try (SqliteStore source = SqliteStore.open(from, clock, SqliteStore.Access.READ_ONLY)) {
            total = new StoreContents(source).live();
            copy(new StoreContents(source));
            source.problems().forEach(this::tell);
            end = cancelled ? State.CANCELLED : source.problems().isEmpty() ? State.COMPLETED : State.FAILED;
        } catch (CacheStore.Unavailable e) {
            tell(e.failure());
        } finally {
            state = end;
            ended.countDown();
        }
    }

    private void copy(StoreContents source) {
        List<StoreRow> waiting = new ArrayList<>();
        source.each(StoreQuery.ALL.withLife(StoreQuery.Life.LIVE), StoreContents.Values.WITH, row -> {
            if (isReadable(row)) {
                waiting.add(row);
            }
            if (waiting.size() == AT_ONCE) {
                take(waiting);
            }
            return !cancelled;
        });
        take(waiting);
    }

    private void take(List<StoreRow> waiting) {
        added.addAndGet(target.take(waiting));
        read.addAndGet(waiting.size());
        waiting.clear();
    }

    private boolean isReadable(StoreRow row) {
        try {
            var unused = row.parts();
            return true;
        } catch (WireFormException notAContent) {
            read.incrementAndGet();
            failed.incrementAndGet();
            tell(new Failure(
                    "BAD_ENTRY",
                    row.key() + ": " + notAContent.getMessage() + ".",
                    "Nothing to do: it is left out.",
                    from.toString()));
            return false;
        }
    }

    private void tell(Failure problem) {
        synchronized (problems) {
            if (problems.size() < MOST_PROBLEMS && !problems.contains(problem)) {
                problems.add(problem);
            }
        }
    }

    @Override
    public Progress progress() {
        List<Failure> told;
        synchronized (problems) {
            told = List.copyOf(problems);
        }
        long now = read.get();
        long present = Math.max(0, now - added.get() - failed.get());
        return new Progress(state, now, added.get(), present, failed.get(), total, told);
    }

    @Override
    public void cancel() {
        cancelled = true;
    }

    @Override
    public Progress await() throws InterruptedException {
        ended.await();
        return progress();
    }

    @Override
    public void close() {
        cancel();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.partflow.pipeline.warm;

import io.partflow.engine.cache.CacheStore;
import io.partflow.engine.cache.sqlite.SqliteStore;
import io.partflow.engine.cache.sqlite.StoreContents;
import io.partflow.engine.cache.sqlite.StoreQuery;
import io.partflow.engine.cache.sqlite.StoreRow;
import io.partflow.engine.content.WireFormException;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.stream.StreamClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/// Fills a store with the live entries of another one, genai-processors' own included. What is there already stays as
/// it is.
public final class StoreWarming implements Warming {
    private static final int AT_ONCE = 500;
    private static final int MOST_PROBLEMS = 20;

    private final Path from;
    private final StreamClock clock;
    private final StoreContents target;
    private final Thread thread;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicLong read = new AtomicLong();
    private final AtomicLong added = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final List<Failure> problems = new ArrayList<>();
    private volatile long total = -1;
    private volatile boolean cancelled;
    private volatile State state = State.RUNNING;

    private StoreWarming(Path from, StreamClock clock, StoreContents target) {
        this.from = from;
        this.clock = clock;
        this.target = target;
        thread = Thread.ofPlatform().name("partflow-warming").daemon().start(this::work);
    }

    /// Begins to copy all entries into a store.
    public static StoreWarming into(SqliteStore store, Path from, StreamClock clock) {
        return new StoreWarming(from, clock, new StoreContents(store));
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
        added.addAndGet(target.addAll(waiting));
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

package io.partflow.engine.cache.sqlite;

import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.stream.StreamClock;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The one thread that writes a store: everything that waits is committed together. Thread-safe.
final class StoreWriter implements AutoCloseable {
    /*
     * Group commit. A commit costs about the same for one write as for hundreds. The thread takes all that waits,
     * up to a number and a size, writes it in one transaction, and only then tells those who wait: while it commits,
     * the next group gathers. A group that fails for a reason that concerns one write only is taken apart and tried
     * one by one. Counted hits go along with a group, at most twice a second, and alone when nothing else comes.
     *
     * Readers see hits that are not written yet from the notes. That a hit moves from the notes to the file is one
     * step for them: both happen under the write side of a lock whose read side they hold.
     */

    /// Changes a store within a transaction.
    @FunctionalInterface
    interface Write {
        void apply(StoreSession session) throws SQLException;
    }

    private record Waiting(Write write, long sizeBytes, CompletableFuture<Durability> done) {}

    private static final int MOST_WAITING = 8_192;
    private static final int MOST_IN_GROUP = 4_096;
    private static final long MOST_BYTES_IN_GROUP = 8L << 20;
    private static final long HITS_EVERY_MILLIS = 500;
    private static final long HITS_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(HITS_EVERY_MILLIS);
    private static final int MOST_NOTES = 8_192;

    private final StoreSession session;
    private final HitNotes notes;
    private final StreamClock clock;
    private final Consumer<SQLException> failed;
    private final Write beforeCommit;
    private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>(MOST_WAITING);
    private final ReentrantReadWriteLock hitLock = new ReentrantReadWriteLock();
    private final Thread thread;
    private final Waiting end = new Waiting(session -> {}, 0, new CompletableFuture<>());
    // Confined to the thread, all four.
    private final Map<CacheKey, Long> hitsInGroup = new HashMap<>();
    private final PutRun puts = new PutRun();
    private long hitsWrittenNanos;
    private boolean hitsDue;
    private volatile boolean closing;

    /// @param failed told of every transaction that was lost
    /// @param beforeCommit run at the end of every group, such as to hold limits
    StoreWriter(
            String name,
            StoreSession session,
            HitNotes notes,
            StreamClock clock,
            Consumer<SQLException> failed,
            Write beforeCommit) {
        this.clock = clock;
        this.session = session;
        this.notes = notes;
        this.failed = failed;
        this.beforeCommit = beforeCommit;
        thread = Thread.ofPlatform().name("partflow-store-" + name).daemon().start(this::work);
    }

    /// Puts a write in the queue; waits only while that is full.
    ///
    /// @return what became of it, completed on the writer's thread
    CompletableFuture<Durability> submit(long sizeBytes, Write write) {
        Waiting waiting = new Waiting(write, sizeBytes, new CompletableFuture<>());
        if (closing || !offer(waiting)) {
            waiting.done().complete(Durability.LOST);
        } else if (closing) {
            loseTheRest();
        }
        return waiting.done();
    }

    private boolean offer(Waiting waiting) {
        boolean interrupted = false;
        try {
            while (!closing) {
                try {
                    if (queue.offer(waiting, HITS_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                        return true;
                    }
                } catch (InterruptedException e) {
                    // What was computed is kept all the same; the caller sees the interrupt right after.
                    interrupted = true;
                }
            }
            return false;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// As [#submit(long, Write)], and waits for the end of it.
    Durability write(long sizeBytes, Write write) {
        return await(submit(sizeBytes, write));
    }

    static Durability await(CompletableFuture<Durability> done) {
        try {
            return done.join();
        } catch (CompletionException broken) {
            throw new IllegalStateException("a write of the store failed in the program", broken.getCause());
        }
    }

    /// Held while both the notes and the file are read for one number.
    ReentrantReadWriteLock.ReadLock hitLock() {
        return hitLock.readLock();
    }

    private void work() {
        List<Waiting> group = new ArrayList<>();
        boolean over = false;
        while (!over) {
            group.clear();
            try {
                Waiting first = queue.poll(HITS_EVERY_MILLIS, TimeUnit.MILLISECONDS);
                if (first == null) {
                    hitsDue = true;
                    notes.gather();
                } else {
                    over = gather(first, group);
                }
                if (!group.isEmpty() || (hitsDue && !notes.isEmpty())) {
                    commitTogether(group);
                }
            } catch (InterruptedException e) {
                // Only the end of the program could have sent it, and that comes by close().
                over = closing;
            }
        }
        hitsDue = true;
        if (!notes.isEmpty()) {
            commitTogether(List.of());
        }
        loseTheRest();
    }

    /// Fills a group; true when the end is among what waits.
    private boolean gather(Waiting first, List<Waiting> group) {
        long bytes = 0;
        for (Waiting next = first; next != null; next = queue.poll()) {
            if (next == end) {
                return true;
            }
            group.add(next);
            bytes += next.sizeBytes();
            if (group.size() >= MOST_IN_GROUP || bytes >= MOST_BYTES_IN_GROUP) {
                return false;
            }
        }
        return false;
    }

    private void commitTogether(List<Waiting> group) {
        try {
            SQLException lost = commit(group);
            if (lost == null) {
                group.forEach(each -> each.done().complete(Durability.DURABLE));
            } else if (group.size() > 1 && !StoreFailures.concernsAll(lost)) {
                group.forEach(each -> commitTogether(List.of(each)));
            } else {
                failed.accept(lost);
                group.forEach(each -> each.done().complete(Durability.LOST));
            }
        } catch (RuntimeException | Error broken) {
            session.rollback();
            group.forEach(each -> each.done().completeExceptionally(broken));
        }
    }

    private @Nullable SQLException commit(List<Waiting> group) {
        hitsInGroup.clear();
        puts.clear();
        try {
            session.begin();
            for (Waiting each : group) {
                if (each.write() instanceof PutRun.Put put) {
                    puts.add(session, put);
                } else {
                    puts.write(session);
                    each.write().apply(session);
                }
            }
            puts.write(session);
            beforeCommit.apply(session);
            if (hitsDue || notes.size() > MOST_NOTES || clock.nanos() - hitsWrittenNanos > HITS_EVERY_NANOS) {
                notes.gather();
                writeHits();
            }
            hitLock.writeLock().lock();
            try {
                session.commit();
                hitsInGroup.forEach(notes::written);
            } finally {
                hitLock.writeLock().unlock();
            }
        } catch (SQLException e) {
            session.rollback();
            return e;
        } finally {
            hitsDue = false;
        }
        session.tellAfterCommit();
        return null;
    }

    /// Writes what is noted with the group under way. On the writer's thread only.
    void writeHits() throws SQLException {
        boolean possible = session.layout().hasFacts();
        for (Map.Entry<CacheKey, HitNotes.Note> each : notes.all().entrySet()) {
            CacheKey key = each.getKey();
            // Twice in one group, the second time only what came since.
            long more = each.getValue().hits() - hitsInGroup.getOrDefault(key, 0L);
            if (possible && more > 0) {
                session.addHits(key.text(), more, each.getValue().lastMillis());
            }
            hitsInGroup.merge(key, more, Long::sum);
        }
        hitsWrittenNanos = clock.nanos();
    }

    private void loseTheRest() {
        for (Waiting each = queue.poll(); each != null; each = queue.poll()) {
            each.done().complete(Durability.LOST);
        }
    }

    /// Writes everything that waits and the hits, and ends the thread; [#close()] is still to come.
    void end() {
        boolean interrupted = false;
        boolean told = false;
        while (thread.isAlive()) {
            try {
                if (!told) {
                    queue.put(end);
                    told = true;
                    closing = true;
                }
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Closes the connection: the last one of the store, so that the log is put away.
    @Override
    public void close() throws SQLException {
        end();
        session.close();
    }
}

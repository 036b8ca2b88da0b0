package io.partflow.engine.run;

import io.partflow.engine.cache.CacheAccess;
import io.partflow.engine.cache.CacheConditions;
import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.CacheSnapshot;
import io.partflow.engine.cache.CacheWatcher;
import io.partflow.engine.cache.ContentCache;
import io.partflow.engine.cache.KeyFunction;
import io.partflow.engine.cache.Outcome;
import io.partflow.engine.cache.StoredValue;
import io.partflow.engine.content.CanonicalForm;
import io.partflow.engine.content.ContentHash;
import io.partflow.engine.content.Origin;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.PartEmitter;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.trace.RecordedAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Phaser;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One stage's calls through its cache, with the run's own counts of what came of them. Thread-safe.
///
/// A cache outlives runs, so its puts and evictions are told as the difference to when the run started.
final class CachedCalls {
    private static final long MOST_HASHED_BYTES = 1 << 18;

    private final ContentCache cache;
    private final KeyFunction keys;
    private final String prefix;
    private final RunShared shared;
    private final StageStats stats;
    private final CacheSnapshot before;
    private final CacheAccess access;
    // The stage itself is the first party.
    private final Phaser refreshes = new Phaser(1);

    CachedCalls(ContentCache cache, KeyFunction keys, String prefix, RunShared shared, StageStats stats) {
        this.cache = cache;
        this.keys = keys;
        this.prefix = prefix;
        this.shared = shared;
        this.stats = stats;
        this.before = cache.snapshot();
        this.access = access(cache, shared.options());
    }

    private CacheAccess access(ContentCache cache, RunOptions options) {
        long maxAge = options.maxAgeMillis();
        return new CacheAccess(
                switch (options.reading()) {
                    case ALL ->
                        maxAge == Long.MAX_VALUE
                                ? Long.MIN_VALUE
                                : options.clock().millis() - maxAge;
                    case COLD -> cache.freshFromNow();
                    case NONE -> Long.MAX_VALUE;
                },
                switch (options.writing()) {
                    case ALL -> CacheAccess.Keeping.KEEP;
                    case NONE -> CacheAccess.Keeping.DISCARD;
                },
                this::refresh);
    }

    /// Computes an answer anew beside the stage's work, on a thread of the run.
    private void refresh(Runnable computation) {
        refreshes.register();
        boolean forked = shared.scope().fork(() -> {
            try {
                computation.run();
            } finally {
                refreshes.arriveAndDeregister();
            }
        });
        if (!forked) {
            refreshes.arriveAndDeregister();
            throw new RejectedExecutionException("the run is ending");
        }
    }

    /// Waits until no answer is being computed anew, so that the processor can be closed.
    void settle() throws InterruptedException {
        refreshes.awaitAdvanceInterruptibly(refreshes.arrive());
    }

    /// Answers from the cache or computes, and passes the answer's parts to `out`.
    ///
    /// @return how the request ended
    Outcome request(List<Part> input, PartEmitter out, ContentCache.Computation computation) throws Exception {
        return request(input, List.of(), key -> {}, out, computation);
    }

    /// As [#request(List, PartEmitter, ContentCache.Computation)], for an input that came from cache entries itself.
    ///
    /// @param origins where its parts came from
    /// @param keyed told of the key before anything is passed on, where there is one
    Outcome request(
            List<Part> input,
            List<Origin> origins,
            Consumer<Origin.Entry> keyed,
            PartEmitter out,
            ContentCache.Computation computation)
            throws Exception {
        long asked = shared.recorder().holdsRequests() ? shared.recorder().atNanos() : 0;
        if (shared.options().reading() == RunOptions.Reading.NONE
                && shared.options().writing() == RunOptions.Writing.NONE) {
            stats.count(Outcome.BYPASSED);
            cache.countBypassed();
            told(asked, "", Outcome.BYPASSED, RecordedAnswer.UNKNOWN, null);
            var _ = computation.compute(out);
            return Outcome.BYPASSED;
        }
        long start = shared.clock().nanos();
        CacheWatcher.Uncacheable obstacle =
                CacheConditions.obstacle(cache.settings().when(), input);
        ContentHash hash = obstacle == null ? keys.hash(input) : null;
        if (hash == null) {
            countUncacheable(input, obstacle == null ? CacheWatcher.Uncacheable.NO_KEY : obstacle);
            told(asked, "", Outcome.UNCACHEABLE, RecordedAnswer.UNKNOWN, null);
            var _ = computation.compute(out);
            return Outcome.UNCACHEABLE;
        }
        CacheKey key = new CacheKey(prefix, hash);
        Elsewhere elsewhere = new Elsewhere(out, computation);
        ContentCache.Result result;
        try {
            ContentCache.Question question = new ContentCache.Question(key, input, entries(origins));
            keyed.accept(new Origin.Entry(prefix, hash));
            result = cache.request(question, elsewhere, elsewhere, access);
        } catch (InterruptedException e) {
            if (elsewhere.finished) {
                // The value was made, and kept, before passing it on was interrupted: nobody reads any more.
                stats.missed(shared.clock().nanos() - start);
            }
            throw e;
        } catch (Exception e) {
            // The cache counts a failed computation as a miss, and so must the run.
            stats.missed(shared.clock().nanos() - start);
            if (shared.recorder().holdsRequests()) {
                told(asked, key.text(), Outcome.MISS, RecordedAnswer.UNKNOWN, null);
            }
            throw e;
        }
        long end = shared.clock().nanos();
        long overhead = elsewhere.overheadNanos(start, end);
        stats.served(result, end - start, overhead);
        if (shared.recorder().holdsRequests()) {
            long cost = result.computeNanos();
            told(
                    asked,
                    key.text(),
                    result.outcome(),
                    new RecordedAnswer(
                            elsewhere.answerBytes,
                            cost == StoredValue.UNKNOWN ? null : Long.valueOf(cost),
                            overhead,
                            elsewhere.answerHash(),
                            result.usage()),
                    result.evicted());
        }
        return result.outcome();
    }

    private void told(long asked, String key, Outcome outcome, RecordedAnswer answer, @Nullable CacheKey evicted)
            throws InterruptedException {
        String left = evicted == null ? null : evicted.text();
        shared.recorder().request(asked, cache.node(), key, outcome, answer, left);
    }

    private static List<CacheKey> entries(List<Origin> origins) {
        List<CacheKey> keys = new ArrayList<>();
        for (Origin origin : origins) {
            Origin.Entry entry = origin.entry();
            if (entry != null) {
                CacheKey key = new CacheKey(entry.prefix(), entry.hash());
                if (!keys.contains(key)) {
                    keys.add(key);
                }
            }
        }
        return keys;
    }

    /// Tells the time a request spends in the cache from the time it computes, waits to compute, or waits for the
    /// output to take what it is given. Confined to the request: a part passed on by a thread of the cache's own is
    /// passed on before the request returns.
    private final class Elsewhere implements PartEmitter, ContentCache.Computation {
        private final PartEmitter out;
        private final ContentCache.Computation computation;
        private boolean computed;
        private boolean finished;
        private long computeStart;
        private long computeEnd;
        private long emitNanos;
        private long lastEmitEnd;
        private long answerBytes;
        private final @Nullable List<Part> answer = shared.recorder().holdsRequests() ? new ArrayList<>() : null;

        Elsewhere(PartEmitter out, ContentCache.Computation computation) {
            this.out = out;
            this.computation = computation;
        }

        @Override
        public void emit(Part part) throws InterruptedException {
            answerBytes += part.sizeBytes();
            if (answer != null && answerBytes <= MOST_HASHED_BYTES) {
                answer.add(part);
            }
            long start = shared.clock().nanos();
            try {
                out.emit(part);
            } finally {
                lastEmitEnd = shared.clock().nanos();
                emitNanos += lastEmitEnd - start;
            }
        }

        @Override
        public Usage compute(PartEmitter emitter) throws Exception {
            computed = true;
            computeStart = shared.clock().nanos();
            try {
                Usage usage = computation.compute(emitter);
                finished = true;
                return usage;
            } finally {
                computeEnd = shared.clock().nanos();
            }
        }

        @Override
        public long workNanos() {
            return computation.workNanos();
        }

        /// Without the times, which are the request's.
        @Override
        public ContentCache.Computation again() {
            return computation.again();
        }

        /// Null where the answer is too large to be hashed for a recording.
        @Nullable
        String answerHash() {
            ContentHash hash = answer == null || answerBytes > MOST_HASHED_BYTES ? null : CanonicalForm.hash(answer);
            return hash == null ? null : hash.hex();
        }

        long overheadNanos(long start, long end) {
            if (!computed) {
                return Math.max(0, end - start - emitNanos);
            }
            long elsewhereEnd = emitNanos > 0 ? Math.max(computeEnd, lastEmitEnd) : computeEnd;
            return Math.max(0, computeStart - start) + Math.max(0, end - elsewhereEnd);
        }
    }

    /// Counts an input that cannot be cached.
    void countUncacheable(List<Part> input, CacheWatcher.Uncacheable why) {
        stats.count(Outcome.UNCACHEABLE);
        cache.countUncacheable(input, why);
    }

    void flush() {
        cache.flush();
    }

    CacheSnapshot snapshot() {
        CacheSnapshot now = cache.snapshot();
        return new CacheSnapshot(
                stats.counted(Outcome.HIT),
                stats.counted(Outcome.MISS),
                stats.counted(Outcome.COALESCED),
                stats.counted(Outcome.UNCACHEABLE),
                stats.counted(Outcome.BYPASSED),
                now.puts() - before.puts(),
                now.evictedBySize() - before.evictedBySize(),
                now.evictedByWeight() - before.evictedByWeight(),
                now.evictedByExpiry() - before.evictedByExpiry(),
                now.evictedExplicitly() - before.evictedExplicitly(),
                now.entries(),
                now.bytes(),
                now.maxItems(),
                now.maxBytes(),
                stats.hitTimes.snapshot(),
                stats.missTimes.snapshot());
    }
}

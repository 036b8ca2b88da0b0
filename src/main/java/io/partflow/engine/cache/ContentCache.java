package io.partflow.engine.cache;

import io.partflow.engine.content.Part;
import io.partflow.engine.processor.PartEmitter;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.stream.StreamClock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/// The cache of one node: an answer is computed at most once among concurrent equal requests, kept, and replayed.
///
/// Thread-safe. A hit takes no lock, builds no text and reads the clock once; one hit in 64 is timed, every miss is.
///
/// Not kept are failures, cancelled outputs, and answers that hold an exception part. Empty answers are kept.
/// Requests, misses, puts and
/// hits + coalesced are the same on every run of the same input: a request that shares the failure of another is a
/// miss of its own, as it
/// would have been a moment later; one that was cancelled is not counted at all.
public final class ContentCache {
    /*
     * Single flight. The first to ask for a key that is not there opens a flight and leads it; later ones follow
     * it, each at its own
     * pace. A leader that has opened a flight looks into the tier once more: between its first look and the
     * opening, another flight may
     * have landed, and without the second look the same input would be computed once or twice by chance. The put
     * comes before the end of
     * the flight, and the end before its removal from the map matters to nobody: whoever comes after the removal
     * finds the entry.
     *
     * A leader that is cancelled abandons its flight. Its followers ask again; the first of them leads, and each
     * skips as many parts as
     * it has already passed on, since equal requests have equal answers.
     */

    /// Makes the answer.
    @FunctionalInterface
    public interface Computation {
        /// Emits the parts in order and says what that spent.
        ///
        /// @throws Exception when the answer must not be kept; requests in flight share it
        Usage compute(PartEmitter out) throws Exception;

        /// How long the work of the last call took, where that is less than the call because it waited for a
        /// processor
        /// first; negative when it took as long as the call.
        default long workNanos() {
            return -1;
        }
    }

    /// How a request ended.
    ///
    /// @param outcome HIT, MISS or COALESCED
    /// @param computeNanos how long computing took: now for a MISS, else as recorded when the served answer was
    /// computed
    /// @param usage what computing spent, likewise
    public record Result(Outcome outcome, long computeNanos, Usage usage) {
        private static Result of(Outcome outcome, StoredValue value) {
            return new Result(outcome, value.computeNanos(), value.usage());
        }
    }

    private static final int TIMED_ONE_IN = 64;

    private final String node;
    private final String processor;
    private final StreamClock clock;
    private final CacheCounters counters = new CacheCounters();
    private final ConcurrentMap<CacheKey, Flight> flights = new ConcurrentHashMap<>();
    // Puts and cold starts never share a millisecond: see freshFromNow.
    private final AtomicLong newestMillis = new AtomicLong(Long.MIN_VALUE);
    private volatile CacheSettings settings;
    private volatile CacheTier tier;

    /// @param node the id of the node
    /// @param processor the id of its processor
    public ContentCache(String node, String processor, CacheSettings settings, StreamClock clock) {
        this.node = node;
        this.processor = processor;
        this.settings = settings;
        this.clock = clock;
        tier = makeTier(settings);
    }

    private CacheTier makeTier(CacheSettings forSettings) {
        CacheTier.Limits limits = CacheTier.Limits.of(forSettings);
        return switch (forSettings.policy()) {
            case TINYLFU -> new MemoryTier(clock, limits, counters);
            case LRU -> new LruTier(clock, limits, counters);
        };
    }

    /// Streams the parts of the answer to `out`, in order, computing them if nobody has.
    ///
    /// The computation runs on the calling thread. Its parts may reach `out` from another thread, one at a time and
    /// never after this
    /// method has returned, so that a full output holds up nobody but its owner.
    ///
    /// @throws InterruptedException when the calling thread is interrupted; nothing is kept
    /// @throws Exception whatever the computation, of this or of the shared request, or `out` throws
    public Result request(CacheKey key, PartEmitter out, Computation computation) throws Exception {
        return request(key, out, computation, CacheAccess.FULL);
    }

    /// As [#request(CacheKey, PartEmitter, Computation)], for a request that may not use all of the cache.
    ///
    /// An entry that may not answer is as good as none: the request is a miss, and its answer takes the entry's
    /// place. A request that may use no entry, or whose answer is not kept, neither joins a computation in flight
    /// nor lets others join its own.
    public Result request(CacheKey key, PartEmitter out, Computation computation, CacheAccess access) throws Exception {
        boolean timed = ThreadLocalRandom.current().nextInt(TIMED_ONE_IN) == 0;
        long begin = timed ? clock.nanos() : 0;
        StoredValue value = tier.lookup(key, access.servedFromMillis());
        if (value == null) {
            long missedAt = timed ? begin : clock.nanos();
            return access.joinsFlights()
                    ? flyOrFollow(key, out, computation, access, missedAt)
                    : lead(new Flight(), key, out, 0, computation, access, missedAt);
        }
        if (timed) {
            counters.hitLatency.record(clock.nanos() - begin);
        }
        return serve(value, out, 0);
    }

    private Result serve(StoredValue value, PartEmitter out, int skip) throws InterruptedException {
        counters.hits.increment();
        List<Part> parts = value.parts();
        for (int i = skip; i < parts.size(); i++) {
            out.emit(parts.get(i));
        }
        return Result.of(Outcome.HIT, value);
    }

    /// A moment that no entry has been put at so far and before which none will be put from now on, milliseconds
    /// since 1970: what a run that starts cold is served from. It may lie a millisecond ahead of the clock.
    public long freshFromNow() {
        long now = clock.millis();
        return newestMillis.updateAndGet(newest -> Math.max(now, newest + 1));
    }

    private Result flyOrFollow(CacheKey key, PartEmitter out, Computation computation, CacheAccess access, long begin)
            throws Exception {
        int passedOn = 0;
        while (true) {
            Flight own = new Flight();
            Flight other = flights.putIfAbsent(key, own);
            if (other == null) {
                return lead(own, key, out, passedOn, computation, access, begin);
            }
            passedOn = other.follow(out, passedOn);
            switch (other.state()) {
                case LANDED -> {
                    counters.coalesced.increment();
                    return Result.of(Outcome.COALESCED, other.value());
                }
                case FAILED -> {
                    missed(begin);
                    throw rethrown(other.failure());
                }
                case ABANDONED, RUNNING -> {
                    // Ask again, with what has arrived so far.
                }
            }
        }
    }

    private Result lead(
            Flight flight,
            CacheKey key,
            PartEmitter out,
            int skip,
            Computation computation,
            CacheAccess access,
            long begin)
            throws Exception {
        LeaderOutput output = new LeaderOutput(flight, out, skip);
        StoredValue landedBefore;
        StoredValue value;
        try {
            landedBefore = tier.lookup(key, access.servedFromMillis());
            if (landedBefore != null) {
                value = landedBefore;
            } else {
                long started = clock.nanos();
                Usage usage = computation.compute(output::add);
                long work = computation.workNanos();
                long computeNanos = work < 0 ? clock.nanos() - started : work;
                if (output.isRefused() || Thread.interrupted()) {
                    throw new InterruptedException("cancelled while computing");
                }
                value = keep(key, flight.parts(), computeNanos, usage, access.keeping());
            }
        } catch (Throwable thrown) {
            flights.remove(key, flight);
            if (thrown instanceof InterruptedException || output.isRefused()) {
                flight.abandon();
                output.stop();
                output.close();
            } else {
                missed(begin);
                flight.fail(thrown);
                output.close();
            }
            throw thrown;
        }
        flights.remove(key, flight);
        flight.land(value);
        if (landedBefore != null) {
            return serve(landedBefore, out, skip);
        }
        missed(begin);
        output.close();
        return Result.of(Outcome.MISS, value);
    }

    private StoredValue keep(
            CacheKey key, List<Part> parts, long computeNanos, Usage usage, CacheAccess.Keeping keeping) {
        long sizeBytes = 0;
        boolean failed = false;
        for (Part part : parts) {
            sizeBytes += part.sizeBytes();
            failed |= part.isException();
        }
        long now = clock.millis();
        long ttlMillis = settings.ttlMillis();
        long end = ttlMillis == 0 || ttlMillis > Long.MAX_VALUE - now ? Long.MAX_VALUE : now + ttlMillis;
        long created = newestMillis.accumulateAndGet(now, Math::max);
        StoredValue value = new StoredValue(key, parts, node, processor, sizeBytes, created, end, computeNanos, usage);
        if (!failed && keeping == CacheAccess.Keeping.KEEP) {
            counters.puts.increment();
            tier.put(value);
        }
        return value;
    }

    private void missed(long begin) {
        counters.misses.increment();
        counters.missLatency.record(clock.nanos() - begin);
    }

    private static Exception rethrown(Throwable failure) {
        return switch (failure) {
            case Exception exception -> exception;
            case Error error -> throw error;
            default -> new IllegalStateException(failure);
        };
    }

    /// Counts a content that has no key or that a condition excludes.
    public void countUncacheable() {
        counters.uncacheable.increment();
    }

    /// Counts a request that was told to go past the cache.
    public void countBypassed() {
        counters.bypassed.increment();
    }

    CacheCounters counters() {
        return counters;
    }

    /// The counters since this cache was made, after letting go what has expired.
    public CacheSnapshot snapshot() {
        tier.reap();
        return counters.snapshot(tier);
    }

    /// A weakly consistent copy of the live entries.
    public List<CacheEntry> entries() {
        return tier.entries();
    }

    /// How many live entries there are.
    public long count() {
        tier.reap();
        return tier.count();
    }

    /// The live entry under a key; moves no counter and no recency.
    public Optional<CacheEntry> peek(CacheKey key) {
        return Optional.ofNullable(tier.peek(key));
    }

    /// Removes an entry, which counts as an explicit eviction. Returns whether it was there.
    public boolean invalidate(CacheKey key) {
        return tier.remove(key);
    }

    /// Removes all entries. Returns how many there were.
    public int invalidateAll() {
        return tier.removeAll();
    }

    /// Undoes an invalidation: the entry is back with its hits and its end, unless that is over or a newer one is
    /// there. Counts no put.
    public void restore(CacheEntry entry) {
        tier.restore(entry);
    }

    public CacheSettings settings() {
        return settings;
    }

    /// The id of the node.
    public String node() {
        return node;
    }

    /// The id of the node's processor.
    public String processor() {
        return processor;
    }

    /// Takes other settings and keeps what fits; entries keep the end they were given.
    void configure(CacheSettings other) {
        synchronized (counters) {
            CacheSettings before = settings;
            settings = other;
            if (other.policy() != before.policy()) {
                CacheTier made = makeTier(other);
                tier.entries().forEach(made::restore);
                tier = made;
            } else if (!CacheTier.Limits.of(other).equals(tier.limits())) {
                tier.resize(CacheTier.Limits.of(other));
            }
        }
    }
}

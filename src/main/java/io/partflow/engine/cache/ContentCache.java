package io.partflow.engine.cache;

import io.partflow.engine.cache.flight.Flight;
import io.partflow.engine.cache.flight.LeaderOutput;
import io.partflow.engine.cache.recency.Lanes;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.PartEmitter;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.stream.StreamClock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

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

        /// How long the work of the last call took, where that is less than the call because it waited for
        /// a processor first; negative when it took as long as the call.
        default long workNanos() {
            return -1;
        }

        /// The computation for another time than that of this request: of an answer that is computed anew beside it.
        default Computation again() {
            return this;
        }
    }

    /// How a request ended.
    ///
    /// @param outcome HIT, MISS or COALESCED
    /// @param computeNanos how long computing took: now for a MISS, else as recorded when the served answer was
    /// computed
    /// @param usage what computing spent, likewise
    /// @param evicted the first entry that left to make room for a MISS's answer, or null if none did before the
    /// request ended
    public record Result(
            Outcome outcome,
            long computeNanos,
            Usage usage,
            @Nullable CacheKey evicted) {
        /// One for which no entry left.
        public Result(Outcome outcome, long computeNanos, Usage usage) {
            this(outcome, computeNanos, usage, null);
        }

        private static Result of(Outcome outcome, StoredValue value) {
            return new Result(outcome, value.computeNanos(), value.usage(), null);
        }

        private static Result ofMiss(StoredValue value, @Nullable CacheKey evicted) {
            return new Result(Outcome.MISS, value.computeNanos(), value.usage(), evicted);
        }
    }

    /// What is asked. Immutable.
    ///
    /// @param input the content behind the key, from which the kind of the answer's partition is told; may be empty
    /// @param derivedFrom the keys of the entries that the input came from
    public record Question(CacheKey key, List<Part> input, List<CacheKey> derivedFrom) {
        public Question {
            derivedFrom = List.copyOf(derivedFrom);
        }

        public Question(CacheKey key) {
            this(key, List.of(), List.of());
        }
    }

    private static final long UNTIMED = Long.MIN_VALUE;

    private final String node;
    private final String processor;
    private final StreamClock clock;
    private final AtomicReference<@Nullable CacheWatcher> watcher;
    private final CacheCounters counters = new CacheCounters();
    private final LongAdder writeNanos = new LongAdder();
    private final ConcurrentMap<CacheKey, Flight<StoredValue>> flights = new ConcurrentHashMap<>();
    /// Of each answer that is being put: the first entry that left for it.
    private final ConcurrentMap<CacheKey, AtomicReference<@Nullable CacheKey>> makingRoom = new ConcurrentHashMap<>();
    // Puts and cold starts never share a millisecond: see freshFromNow.
    private final AtomicLong newestMillis = new AtomicLong(Long.MIN_VALUE);
    private volatile CacheSettings settings;
    private volatile Ground ground;
    private volatile boolean agesNow;
    private volatile CacheTier tier;

    /// A cache in memory that nobody watches.
    ///
    /// @param node the id of the node
    /// @param processor the id of its processor
    public ContentCache(String node, String processor, CacheSettings settings, StreamClock clock) {
        this(node, processor, settings, new Ground("", null), clock, new AtomicReference<>());
    }

    /// @param watcher may change at any time
    ContentCache(
            String node,
            String processor,
            CacheSettings settings,
            Ground ground,
            StreamClock clock,
            AtomicReference<@Nullable CacheWatcher> watcher) {
        this.node = node;
        this.processor = processor;
        this.settings = settings;
        this.ground = ground;
        this.clock = clock;
        this.watcher = watcher;
        this.agesNow = ages(settings);
        tier = makeTier(settings, ground);
    }

    /// Where a cache that has a store keeps its entries.
    ///
    /// @param prefix of the node's keys
    /// @param store null where the tier is memory
    record Ground(String prefix, @Nullable CacheStore store) {}

    private CacheTier makeTier(CacheSettings wanted, Ground where) {
        EvictionListener listener = this::evicted;
        CacheTier.Limits limits = CacheTier.Limits.of(wanted);
        CacheStore store = where.store();
        if (wanted.tier() == CacheSettings.Tier.MEMORY || store == null) {
            return PartitionedTier.memory(clock, wanted, listener);
        }
        CacheSettings.StoreUse use = wanted.behaviour().store();
        return wanted.tier() == CacheSettings.Tier.STORE
                ? store.tier(where.prefix(), limits, listener)
                : store.below(
                        // What leaves memory is still in the store, so that it has not left the cache.
                        PartitionedTier.memory(clock, wanted, eviction -> {}),
                        where.prefix(),
                        new CacheTier.Limits(use.maxItems(), use.maxBytes()),
                        use.writing(),
                        listener);
    }

    private void evicted(EvictionListener.Eviction eviction) {
        counters.evicted(eviction);
        CacheKey forKey = eviction.forKey();
        AtomicReference<@Nullable CacheKey> first = forKey == null ? null : makingRoom.get(forKey);
        if (first != null) {
            first.compareAndSet(null, eviction.key());
        }
        CacheWatcher watching = watcher.get();
        if (watching != null) {
            watching.evicted(this, eviction);
        }
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
        if (agesNow) {
            return request(new Question(key), out, computation, access);
        }
        // What a hit does not need is not made: the question is for those that miss.
        int lane = Lanes.current();
        long begin = beginning(lane);
        StoredValue value = lookup(tier, key, access, lane);
        return value == null
                ? miss(new Question(key), out, computation, access, begin)
                : hit(key, value, out, begin, lane);
    }

    /// As [#request(CacheKey, PartEmitter, Computation, CacheAccess)], by somebody who knows more of the question.
    public Result request(Question question, PartEmitter out, Computation computation, CacheAccess access)
            throws Exception {
        int lane = Lanes.current();
        long begin = beginning(lane);
        StoredValue value = answering(question, access, lane);
        if (value == null) {
            return miss(question, out, computation, access, begin);
        }
        Result result = hit(question.key(), value, out, begin, lane);
        if (agesNow && needsRefresh(value, access)) {
            refresh(question, computation, access);
        }
        return result;
    }

    /// The moment, of one request in 64, or [#UNTIMED].
    private long beginning(int lane) {
        return counters.hits.isOneIn64(lane) ? clock.nanos() : UNTIMED;
    }

    private Result hit(CacheKey key, StoredValue value, PartEmitter out, long begin, int lane)
            throws InterruptedException {
        if (begin != UNTIMED) {
            counters.hitLatency.record(lane, clock.nanos() - begin);
        }
        counters.hits.increment(lane);
        CacheWatcher watching = watcher.get();
        if (watching != null && watching.follows(key)) {
            watching.hit(this, value);
        }
        return passOn(value, out, 0);
    }

    private Result miss(Question question, PartEmitter out, Computation computation, CacheAccess access, long begin)
            throws Exception {
        CacheWatcher watching = watcher.get();
        long asked = watching == null ? 0 : watching.asked(this, question.key());
        Waiting waiting = new Waiting(asked, begin == UNTIMED ? clock.nanos() : begin);
        try {
            return access.joinsFlights()
                    ? flyOrFollow(question, out, computation, access, waiting)
                    : lead(new Flight<>(), question, out, 0, computation, access, waiting);
        } catch (Throwable thrown) {
            if (watching != null) {
                watching.abandoned(this, asked);
            }
            throw thrown;
        }
    }

    /// A request that no entry answered at once.
    ///
    /// @param asked what stands for it where it is watched
    /// @param sinceNanos when it began
    private record Waiting(long asked, long sinceNanos) {}

    private static @Nullable StoredValue lookup(CacheTier tier, CacheKey key, CacheAccess access, int lane) {
        return tier instanceof MemoryTier memory
                ? memory.lookup(key, access.servedFromMillis(), lane)
                : tier.lookup(key, access.servedFromMillis());
    }

    /// The entry that may answer, or null.
    private @Nullable StoredValue answering(Question question, CacheAccess access, int lane) {
        StoredValue value = lookup(tierFor(question), question.key(), access, lane);
        boolean tooOld = agesNow && value != null && access.background() == null && clock.millis() >= freshUntil(value);
        return tooOld ? null : value;
    }

    private CacheTier tierFor(Question question) {
        return question.input().isEmpty() ? tier : tier.forInput(question.input());
    }

    /// Entries are kept for as long as they may be served stale; until here they are as good as new.
    private long freshUntil(StoredValue value) {
        long end = value.expiresMillis();
        return end == Long.MAX_VALUE ? end : end - settings.behaviour().staleMillis();
    }

    private boolean needsRefresh(StoredValue value, CacheAccess access) {
        long fresh = freshUntil(value);
        return access.background() != null
                && access.keeping() == CacheAccess.Keeping.KEEP
                && fresh != Long.MAX_VALUE
                && clock.millis() >= fresh - settings.behaviour().refreshAheadMillis();
    }

    /// Computes an answer anew beside the request that was served the old one; at most once at a time for a key.
    private void refresh(Question question, Computation computation, CacheAccess access) {
        Executor background = access.background();
        if (background == null || flights.containsKey(question.key())) {
            return;
        }
        Computation again = computation.again();
        try {
            background.execute(() -> recompute(question, again, access));
        } catch (RejectedExecutionException ending) {
            // The run is coming to its end; the next one will refresh.
        }
    }

    /// The flight opens only here: work that was asked for and never begins must not be waited for.
    private void recompute(Question question, Computation computation, CacheAccess access) {
        Flight<StoredValue> flight = new Flight<>();
        if (flights.putIfAbsent(question.key(), flight) != null) {
            return;
        }
        CacheEntry now = tier.peek(question.key());
        if (now != null && !needsRefresh(StoredValue.of(now), access)) {
            // Another request has been quicker.
            flights.remove(question.key(), flight);
            flight.abandon();
            return;
        }
        try {
            long started = clock.nanos();
            Usage usage = computation.compute(flight::add);
            if (Thread.interrupted()) {
                throw new InterruptedException("cancelled while refreshing");
            }
            long work = computation.workNanos();
            long computeNanos = work < 0 ? clock.nanos() - started : work;
            StoredValue value = keep(question, flight.parts(), computeNanos, usage, access.keeping());
            flights.remove(question.key(), flight);
            flight.land(value, value.parts());
        } catch (InterruptedException cancelled) {
            flights.remove(question.key(), flight);
            flight.abandon();
            Thread.currentThread().interrupt();
        } catch (Throwable thrown) {
            // Whoever was served has an answer; whoever waits for this one hears of it; the old entry stays.
            flights.remove(question.key(), flight);
            flight.fail(thrown);
        }
    }

    private static Result passOn(StoredValue value, PartEmitter out, int skip) throws InterruptedException {
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

    private Result flyOrFollow(
            Question question, PartEmitter out, Computation computation, CacheAccess access, Waiting waiting)
            throws Exception {
        int passedOn = 0;
        while (true) {
            Flight<StoredValue> own = new Flight<>();
            Flight<StoredValue> other = flights.putIfAbsent(question.key(), own);
            if (other == null) {
                return lead(own, question, out, passedOn, computation, access, waiting);
            }
            passedOn = other.follow(out, passedOn);
            switch (other.state()) {
                case LANDED -> {
                    counters.coalesced.increment();
                    CacheWatcher watching = watcher.get();
                    if (watching != null) {
                        watching.coalesced(this, other.value(), waiting.asked());
                    }
                    return Result.of(Outcome.COALESCED, other.value());
                }
                case FAILED -> {
                    missed(question, null, waiting);
                    throw rethrown(other.failure());
                }
                case ABANDONED, RUNNING -> {
                    // Ask again, with what has arrived so far.
                }
            }
        }
    }

    private Result lead(
            Flight<StoredValue> flight,
            Question question,
            PartEmitter out,
            int skip,
            Computation computation,
            CacheAccess access,
            Waiting waiting)
            throws Exception {
        LeaderOutput output = new LeaderOutput(flight, out, skip);
        AtomicReference<@Nullable CacheKey> evicted = new AtomicReference<>();
        StoredValue landedBefore;
        StoredValue value;
        try {
            landedBefore = answering(question, access, Lanes.current());
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
                makingRoom.put(question.key(), evicted);
                try {
                    value = keep(question, flight.parts(), computeNanos, usage, access.keeping());
                } finally {
                    makingRoom.remove(question.key(), evicted);
                }
            }
        } catch (Throwable thrown) {
            flights.remove(question.key(), flight);
            if (thrown instanceof InterruptedException || output.isRefused()) {
                flight.abandon();
                output.stop();
                output.close();
            } else {
                missed(question, null, waiting);
                flight.fail(thrown);
                output.close();
            }
            throw thrown;
        }
        flights.remove(question.key(), flight);
        flight.land(value, value.parts());
        if (landedBefore != null) {
            counters.hits.increment();
            CacheWatcher watching = watcher.get();
            if (watching != null) {
                watching.hit(this, landedBefore, waiting.asked());
            }
            return passOn(landedBefore, out, skip);
        }
        missed(question, value, waiting);
        output.close();
        return Result.ofMiss(value, evicted.get());
    }

    private StoredValue keep(
            Question question, List<Part> parts, long computeNanos, Usage usage, CacheAccess.Keeping keeping) {
        long sizeBytes = 0;
        boolean failed = false;
        for (Part part : parts) {
            sizeBytes += part.sizeBytes();
            failed |= part.isException();
        }
        long now = clock.millis();
        long fresh = settings.freshUntilMillis(now, question.input(), parts);
        long stale = settings.behaviour().staleMillis();
        long end = fresh > Long.MAX_VALUE - stale ? Long.MAX_VALUE : fresh + stale;
        long created = newestMillis.accumulateAndGet(now, Math::max);
        StoredValue value = new StoredValue(
                question.key(),
                parts,
                node,
                processor,
                sizeBytes,
                created,
                end,
                computeNanos,
                usage,
                question.derivedFrom());
        if (!failed && keeping == CacheAccess.Keeping.KEEP) {
            counters.puts.increment();
            CacheWatcher watching = watcher.get();
            if (watching != null) {
                watching.put(this, value);
            }
            long start = clock.nanos();
            tierFor(question).put(value);
            writeNanos.add(clock.nanos() - start);
        }
        return value;
    }

    private void missed(Question question, @Nullable StoredValue computed, Waiting waiting) {
        counters.misses.increment();
        counters.missLatency.record(clock.nanos() - waiting.sinceNanos());
        CacheWatcher watching = watcher.get();
        if (watching != null) {
            watching.missed(this, question.key(), question.input(), computed, waiting.asked());
        }
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
        countUncacheable(List.of(), CacheWatcher.Uncacheable.NO_KEY);
    }

    /// Counts a content that cannot be cached.
    public void countUncacheable(List<Part> input, CacheWatcher.Uncacheable why) {
        counters.uncacheable.increment();
        CacheWatcher watching = watcher.get();
        if (watching != null) {
            watching.uncacheable(this, input, why);
        }
    }

    /// Counts a request that was told to go past the cache.
    public void countBypassed() {
        counters.bypassed.increment();
        CacheWatcher watching = watcher.get();
        if (watching != null) {
            watching.bypassed(this);
        }
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

    /// Passes what is known of the live entries to `taker`, in no certain order, until that says no.
    public void visit(Predicate<EntryFacts> taker) {
        tier.visit(taker);
    }

    /// What is known of the live entry under a key; moves no counter and no recency.
    public Optional<EntryFacts> facts(CacheKey key) {
        return Optional.ofNullable(tier.facts(key));
    }

    /// Removes entries, which counts as explicit evictions, and keeps what [brings them
    /// back][#restore(CacheTier.Removed)].
    public CacheTier.Removed removeAll(Collection<CacheKey> keys) {
        return tier.removeAll(keys);
    }

    /// Brings back what was removed together, but for what is over or was put again since. Counts no put.
    ///
    /// @return how many entries are back
    public int restore(CacheTier.Removed removed) {
        return removed.restoring().applyAsInt(tier);
    }

    /// How many live entries there are.
    public long count() {
        tier.reap();
        return tier.count();
    }

    /// How many requests an entry has answered so far.
    public long hits() {
        return counters.hits.sum();
    }

    /// What putting answers has taken so far, in nanoseconds.
    public long writeNanos() {
        return writeNanos.sum();
    }

    /// The size of the values that are held, in bytes.
    public long bytes() {
        return tier.bytes();
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

    /// The prefix of the node's keys, as far as the cache has been told; empty otherwise.
    public String prefix() {
        return ground.prefix();
    }

    Ground ground() {
        return ground;
    }

    /// Whether this cache and another have the same entries, because they are under one prefix of one store.
    public boolean sharesEntriesWith(ContentCache other) {
        return tier() != CacheSettings.Tier.MEMORY
                && other.tier() != CacheSettings.Tier.MEMORY
                && ground.store() != null
                && ground.equals(other.ground);
    }

    private CacheSettings.Tier tier() {
        return settings.tier();
    }

    /// Pins an entry or lets it go again; returns whether a live one was there.
    public boolean pin(CacheKey key, CacheEntry.Pinning pinning) {
        return tier.pin(key, pinning);
    }

    /// Keeps an answer that was computed elsewhere, as if it had been computed here: for warming. Counts a put.
    public void warm(StoredValue value) {
        counters.puts.increment();
        CacheWatcher watching = watcher.get();
        if (watching != null) {
            watching.put(this, value);
        }
        tier.put(value);
    }

    /// Waits until everything that was put is where it shall stay.
    public void flush() {
        tier.flush();
    }

    /// Lets go what the cache holds open.
    void close() {
        tier.close();
    }

    /// Takes other settings and keeps what fits; entries keep the end they were given.
    void configure(CacheSettings other, Ground where) {
        synchronized (counters) {
            CacheSettings before = settings;
            Ground old = ground;
            settings = other;
            ground = where;
            agesNow = ages(other);
            boolean stays = other.tier() == CacheSettings.Tier.MEMORY || old.equals(where);
            if (!stays || needsOtherTier(before, other)) {
                CacheTier former = tier;
                CacheTier made = makeTier(other, where);
                if (other.tier() == CacheSettings.Tier.MEMORY || before.tier() == CacheSettings.Tier.MEMORY) {
                    PartitionedTier.refill(made, former);
                }
                tier = made;
                former.close();
            } else if (!PartitionedTier.limits(other).equals(PartitionedTier.limits(before))) {
                PartitionedTier.resize(tier, other);
            }
        }
    }

    private static boolean needsOtherTier(CacheSettings before, CacheSettings other) {
        boolean otherMemory = other.tier() == CacheSettings.Tier.TIERED
                && !PartitionedTier.limits(other).equals(PartitionedTier.limits(before));
        return otherMemory
                || other.policy() != before.policy()
                || other.tier() != before.tier()
                || !other.behaviour().partitions().equals(before.behaviour().partitions())
                || !other.behaviour().store().equals(before.behaviour().store());
    }

    private static boolean ages(CacheSettings settings) {
        return settings.behaviour().staleMillis() > 0 || settings.behaviour().refreshAheadMillis() > 0;
    }
}

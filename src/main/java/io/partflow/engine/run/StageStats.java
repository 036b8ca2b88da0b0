package io.partflow.engine.run;

import io.partflow.engine.cache.ContentCache;
import io.partflow.engine.cache.LatencySnapshot;
import io.partflow.engine.cache.Outcome;
import io.partflow.engine.cache.SavingsSnapshot;
import io.partflow.engine.cache.StoredValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.PromptSnapshot;
import io.partflow.engine.processor.Usage;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// The counters of one stage. Thread-safe; each moves by one event:
///
/// - `partsIn`: a part was taken from a wire
/// - `partsOut`: a part was passed on, or accepted by a sink
/// - `unrouted`: a part was passed on that none of the wires there are could carry
/// - `failures`: a part was bad
/// - `busyNanos`: a call of the processor has ended and took that long
/// - outcomes: a request to the cache has ended
final class StageStats {
    private static final double NANOS_PER_MILLI = 1e6;
    // Recording a time costs as much as the hit itself, so one in 64 is recorded.
    private static final long HIT_SAMPLE_MASK = 63;

    final Count partsIn = new Count();
    final Count partsOut = new Count();
    final Count unrouted = new Count();
    final LongAdder failures = new LongAdder();
    final LongAdder busyNanos = new LongAdder();
    final AtomicInteger atWork = new AtomicInteger();

    private final Map<Outcome, LongAdder> outcomes = new EnumMap<>(Outcome.class);
    private final AtomicLong hitsSeen = new AtomicLong();
    final Times hitTimes = new Times();
    final Times missTimes = new Times();
    private final LongAdder estimatedCalls = new LongAdder();
    private final LongAdder savedCalls = new LongAdder();
    private final LongAdder savedNanos = new LongAdder();
    private final LongAdder savedTokensIn = new LongAdder();
    private final LongAdder savedTokensOut = new LongAdder();
    private final LongAdder savedMicroUsd = new LongAdder();
    private final LongAdder overheadNanos = new LongAdder();

    // whose parts are this stage's, where that is counted once
    private volatile @Nullable StageStats feeder;
    private volatile AtomicReference<@Nullable Part> last = new AtomicReference<>();
    volatile @Nullable Outcome lastOutcome;
    volatile @Nullable PromptSnapshot prompt;
    volatile boolean started;
    volatile boolean done;
    volatile boolean failed;

    StageStats() {
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(outcome, new LongAdder());
        }
    }

    /// Says that every part that a stage passes on comes here and none else, so that one count will do for
    /// both.
    void followAll(StageStats before) {
        feeder = before;
    }

    /// How many parts were taken so far.
    long partsTaken() {
        StageStats before = feeder;
        return before == null ? partsIn.sum() : before.partsOut.sum();
    }

    /// Counts a part that was passed on, or accepted, and notes that it was the last.
    void passed(Part part) {
        partsOut.increment();
        last.setRelease(part);
    }

    @Nullable
    Part lastPart() {
        return last.get();
    }

    /// Takes a new holder for the last part. A collector that tells old objects from young ones makes
    /// writing a part into an old one cost more than passing it on, so that whoever passes on many does
    /// this now and then.
    AtomicReference<@Nullable Part> renewLast() {
        AtomicReference<@Nullable Part> renewed = new AtomicReference<>(last.get());
        last = renewed;
        return renewed;
    }

    void count(Outcome outcome) {
        of(outcome).increment();
        lastOutcome = outcome;
    }

    long counted(Outcome outcome) {
        return of(outcome).sum();
    }

    private LongAdder of(Outcome outcome) {
        return Objects.requireNonNull(outcomes.get(outcome));
    }

    /// Notes a request whose computation has failed, and how long that took.
    void missed(long elapsedNanos) {
        count(Outcome.MISS);
        missTimes.record(elapsedNanos);
    }

    /// Notes a request that went through the cache.
    ///
    /// @param elapsedNanos how long it took in all
    /// @param cachingNanos how long of that the key, the lookup and the put took
    void served(ContentCache.Result result, long elapsedNanos, long cachingNanos) {
        switch (result.outcome()) {
            case MISS -> {
                missed(elapsedNanos);
                overheadNanos.add(cachingNanos);
            }
            case HIT -> {
                count(Outcome.HIT);
                // Counted apart: a sum of adders may jump over the one that is due when hits come side by
                // side.
                if ((hitsSeen.getAndIncrement() & HIT_SAMPLE_MASK) == 0) {
                    hitTimes.record(elapsedNanos);
                }
                saved(result);
                overheadNanos.add(cachingNanos);
            }
            case COALESCED -> {
                count(Outcome.COALESCED);
                saved(result);
            }
            // Nothing was looked up, so nothing was saved.
            case UNCACHEABLE, BYPASSED -> count(result.outcome());
        }
    }

    private void saved(ContentCache.Result result) {
        if (result.computeNanos() == StoredValue.UNKNOWN) {
            // Another program has put it, and has not said what it cost.
            estimatedCalls.increment();
            return;
        }
        savedCalls.increment();
        savedNanos.add(result.computeNanos());
        savedTokensIn.add(result.usage().tokensIn());
        savedTokensOut.add(result.usage().tokensOut());
        savedMicroUsd.add(result.usage().costMicroUsd());
    }

    SavingsSnapshot savings() {
        SavingsSnapshot.Saved measured = new SavingsSnapshot.Saved(
                savedCalls.sum(),
                savedNanos.sum(),
                new Usage(savedTokensIn.sum(), savedTokensOut.sum(), savedMicroUsd.sum()));
        long estimated = estimatedCalls.sum();
        // As long as a miss of this run took in the middle; nothing where there was none.
        long nanosEach = estimated == 0 ? 0 : Math.round(missTimes.snapshot().p50Ms() * NANOS_PER_MILLI);
        return new SavingsSnapshot(
                measured, new SavingsSnapshot.Saved(estimated, estimated * nanosEach, Usage.NONE), overheadNanos.sum());
    }

    /// A counter that one thread at a time moves and any thread reads: cheaper than an atomic one.
    static final class Count {
        private static final VarHandle VALUE;

        static {
            try {
                VALUE = MethodHandles.lookup().findVarHandle(Count.class, "value", long.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        private long value;

        void increment() {
            VALUE.setOpaque(this, value + 1);
        }

        long sum() {
            return (long) VALUE.getOpaque(this);
        }
    }

    /// Which calls of a processor are timed: reading the clock costs more than a cheap call, so that as
    /// long as calls take less than a microsecond one of [#STRIDE] stands for the others; a slower one
    /// turns timing on for every call. Confined to the thread of the calls.
    static final class CallTiming {
        static final int STRIDE = 1024;
        private static final long CHEAP_NANOS = 1_000;
        private static final int CHEAP_CALLS = 256;

        private int cheapCalls;
        private int untilTimed;

        /// Whether the next call is to be timed, and told to [#took(long)].
        boolean isDue() {
            return --untilTimed <= 0;
        }

        /// Notes how long a call took.
        ///
        /// @return how long it and those it stands for took, in nanoseconds, at least 0
        long took(long nanos) {
            boolean each = cheapCalls < CHEAP_CALLS;
            long taken = Math.max(0, nanos);
            cheapCalls = taken < CHEAP_NANOS ? Math.min(CHEAP_CALLS, cheapCalls + 1) : 0;
            untilTimed = cheapCalls < CHEAP_CALLS ? 0 : STRIDE;
            return each ? taken : taken * STRIDE;
        }
    }

    /// Times of one kind of request, from 1 microsecond to 1 hour, with two significant digits.
    /// Thread-safe.
    static final class Times {
        private static final long HIGHEST_MICROS = 3_600_000_000L;

        // Made with the first time: it takes more room and time than all else that a stage begins with.
        private final AtomicReference<@Nullable ConcurrentHistogram> micros = new AtomicReference<>();

        void record(long nanos) {
            ConcurrentHistogram into = micros.get();
            if (into == null) {
                micros.compareAndSet(null, new ConcurrentHistogram(HIGHEST_MICROS, 2));
                into = Objects.requireNonNull(micros.get());
            }
            into.recordValue(Math.clamp(nanos / 1_000, 0, HIGHEST_MICROS));
        }

        LatencySnapshot snapshot() {
            return of(micros.get());
        }

        /// The times of several stages together.
        static LatencySnapshot sum(Stream<Times> all) {
            List<ConcurrentHistogram> recorded =
                    all.map(each -> each.micros.get()).filter(Objects::nonNull).toList();
            if (recorded.size() < 2) {
                return of(recorded.isEmpty() ? null : recorded.getFirst());
            }
            Histogram sum = new Histogram(HIGHEST_MICROS, 2);
            recorded.forEach(sum::add);
            return of(sum);
        }

        private static LatencySnapshot of(@Nullable AbstractHistogram histogram) {
            long samples = histogram == null ? 0 : histogram.getTotalCount();
            return histogram == null || samples == 0
                    ? LatencySnapshot.NONE
                    : new LatencySnapshot(
                            samples,
                            histogram.getValueAtPercentile(50) / 1e3,
                            histogram.getValueAtPercentile(95) / 1e3,
                            histogram.getValueAtPercentile(99) / 1e3);
        }
    }
}

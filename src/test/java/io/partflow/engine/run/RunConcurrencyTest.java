package io.partflow.engine.run;

import static io.partflow.engine.run.Plans.plan;
import static io.partflow.engine.run.Plans.processor;
import static io.partflow.engine.run.Plans.sink;
import static io.partflow.engine.run.Plans.source;
import static io.partflow.engine.run.Plans.stage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.cache.CacheSnapshot;
import io.partflow.engine.content.Delivery;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartException;
import io.partflow.engine.processor.PartProcessor;
import io.partflow.engine.processor.PartSink;
import io.partflow.engine.processor.PartSource;
import io.partflow.engine.processor.PartStream;
import io.partflow.engine.processor.Processor;
import io.partflow.engine.processor.ProcessorDescriptor.Kind;
import io.partflow.engine.processor.ProcessorDescriptor.Work;
import io.partflow.engine.processor.SourceContext;
import io.partflow.engine.processor.StageBody;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.stream.RunScope;
import io.partflow.engine.stream.StreamClock;
import io.partflow.engine.stream.StreamMode;
import io.partflow.engine.stream.Waiting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RunConcurrencyTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final CacheSettings WHOLE_STREAM = new CacheSettings(
            CacheSettings.Scope.STREAM,
            CacheSettings.Tier.MEMORY,
            0,
            10L,
            null,
            CacheSettings.Policy.TINYLFU,
            null,
            CacheSettings.KeyOptions.DEFAULT,
            CacheSettings.Conditions.NONE);

    private final CacheRoom caches = new CacheRoom(StreamClock.system());
    private final List<String> accepted = Collections.synchronizedList(new ArrayList<>());

    // --- fan-out and fan-in on queues of ten

    @Test
    void teeWithOneSlowBranch_joinedByArrival_deliversEverything() throws Exception {
        RunSnapshot end = run(diamond(slow(), quick(), sink(), 2_000));

        assertThat(accepted).hasSize(4_000);
        assertThat(ofBranch("slow")).isEqualTo(numbered(2_000));
        assertThat(ofBranch("quick")).isEqualTo(numbered(2_000));
        assertThat(end.wires())
                .allSatisfy(wire ->
                        assertThat(wire.highWaterParts()).isLessThanOrEqualTo(StreamMode.LOW_LATENCY.queueParts()));
    }

    @Test
    void teeWithOneSlowBranch_joinedByAStatefulStage_deliversEverything() throws Exception {
        Supplier<StageBody> holdsAll = () -> new Processor() {
            @Override
            protected void process(PartStream input, PartContext context) throws InterruptedException {
                List<Part> all = new ArrayList<>();
                for (Part part = input.next(); part != null; part = input.next()) {
                    all.add(part);
                }
                for (Part part : all) {
                    context.emit(part);
                }
            }
        };
        StagePlan join = stage("join", Kind.STREAM, Work.INLINE, holdsAll, null);
        RunPlan plan = wired(
                List.of(source(numbered(2_000)), slow(), quick(), join, sink()),
                1_000,
                "from slow",
                "from quick",
                "slow join",
                "quick join",
                "join to");

        RunSnapshot end = run(plan);

        assertThat(end.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(accepted).hasSize(4_000);
        assertThat(ofBranch("slow")).isEqualTo(numbered(2_000));
    }

    @Test
    void teeWithOneBranchPastTheOther_straightToTheJoin_deliversEverything() throws Exception {
        RunPlan plan =
                wired(List.of(source(numbered(3_000)), slow(), sink()), 1 << 20, "from slow", "from to", "slow to");

        run(plan);

        assertThat(accepted).hasSize(6_000);
    }

    @Test
    void equalRequests_behindAnInlineStageWithoutRoom_doNotWaitForEachOther() throws Exception {
        PartProcessor twice = processor((part, context) -> {
            context.emit(part);
            context.emit(part);
        });
        List<String> texts =
                IntStream.range(0, 3_000).mapToObj(i -> "q" + i % 7).toList();
        RunPlan plan = wired(
                List.of(
                        source(texts),
                        stage("one", Kind.PART, Work.INLINE, () -> twice, CacheSettings.DEFAULT),
                        stage("two", Kind.PART, Work.BLOCKING, () -> twice, CacheSettings.DEFAULT),
                        sink()),
                2_000,
                "from one",
                "one two",
                "two to");

        RunSnapshot end = run(plan);

        assertThat(accepted).hasSize(12_000);
        assertThat(end.nodes()).allSatisfy(node -> assertThat(node.busyNanos()).isNotNegative());
    }

    // --- a budget that is too small

    @Test
    void wholeStreamCache_underABudgetSmallerThanTheStream_goesPastTheCache() throws Exception {
        AtomicInteger seen = new AtomicInteger();
        PartProcessor count = processor((part, context) -> {
            seen.incrementAndGet();
            context.emit(part);
        });
        List<String> texts =
                IntStream.range(0, 200).mapToObj(i -> "x".repeat(100) + i).toList();
        RunPlan plan = wired(
                List.of(source(texts), stage("work", Kind.PART, Work.INLINE, () -> count, WHOLE_STREAM), sink()),
                1_000,
                "from work",
                "work to");

        RunSnapshot end = run(plan);

        assertThat(accepted).isEqualTo(texts);
        assertThat(seen).hasValue(200);
        assertThat(end.cache().uncacheable()).isEqualTo(1);
        assertThat(end.cache().requests()).isZero();
        assertThat(end.cache().puts()).isZero();
    }

    @Test
    void wholeStreamCache_keepsWhatTheCallSpent_butNoOutputWithAFailure() throws Exception {
        PartProcessor spends = processor((part, context) -> {
            if (part.text().equals("bad")) {
                throw new PartException(Failure.of("BAD_PART", "cannot read it", "send another"));
            }
            context.spend(new Usage(3, 4, 5));
            context.emit(part);
        });
        StagePlan work = stage("work", Kind.PART, Work.INLINE, () -> spends, WHOLE_STREAM);

        run(plan(List.of(source(List.of("a", "b")), work, sink())));
        RunSnapshot served = run(plan(List.of(source(List.of("a", "b")), work, sink())));
        RunSnapshot failed = run(plan(List.of(source(List.of("a", "bad")), work, sink())));

        assertThat(served.savings().measured().usage()).isEqualTo(new Usage(6, 8, 10));
        assertThat(failed.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(failed.failures()).isEqualTo(1);
        assertThat(failed.cache().misses()).isEqualTo(1);
        assertThat(failed.cache().puts()).isZero();
    }

    // --- a consumer that stops early

    @Test
    void endlessSource_withAConsumerThatStops_ends() throws Exception {
        AtomicBoolean sourceEnded = new AtomicBoolean();
        RunPlan plan = plan(List.of(endless(sourceEnded), firstThree(), sink()));

        RunSnapshot end = run(plan);

        assertThat(end.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(accepted).containsExactly("0", "1", "2");
        assertThat(sourceEnded).isTrue();
        assertThat(end.nodes()).allSatisfy(node -> assertThat(node.state()).isEqualTo(StageState.DONE));
    }

    @Test
    void endlessSource_throughEveryKindOfStage_endsWhenTheLastOneStops() throws Exception {
        for (Work work : Work.values()) {
            for (CacheSettings cache : Arrays.asList(null, CacheSettings.DEFAULT)) {
                accepted.clear();
                PartProcessor same = processor((part, context) -> context.emit(part));
                RunPlan plan = plan(List.of(
                        endless(new AtomicBoolean()),
                        stage("work", Kind.PART, work, () -> same, cache),
                        firstThree(),
                        sink()));

                assertThat(run(plan).status()).isEqualTo(RunStatus.COMPLETED);
                assertThat(accepted).containsExactly("0", "1", "2");
            }
        }
    }

    @Test
    void consumerThatStops_besideOneThatReadsOn_takesNothingFromTheOther() throws Exception {
        RunPlan plan = wired(
                List.of(source(numbered(500)), firstThree(), quick(), sink()),
                1 << 20,
                "from some",
                "from quick",
                "some to",
                "quick to");

        run(plan);

        assertThat(ofBranch("quick")).isEqualTo(numbered(500));
        assertThat(accepted).hasSize(503);
    }

    // --- cancelling

    @Test
    void cancel_duringABlockingCall_endsSoon() throws Exception {
        CountDownLatch inWork = new CountDownLatch(1);
        PartProcessor never = processor((part, context) -> {
            inWork.countDown();
            new CountDownLatch(1).await();
        });

        cancelled(
                plan(List.of(
                        source(numbered(5_000)), stage("work", Kind.PART, Work.BLOCKING, () -> never, null), sink())),
                inWork);
    }

    @Test
    void cancel_duringWorkInTheProcessorPool_endsSoon_andClosesTheProcessorOnlyThen() throws Exception {
        CountDownLatch inWork = new CountDownLatch(1);
        AtomicInteger working = new AtomicInteger();
        AtomicInteger workingAtClose = new AtomicInteger(-1);
        Supplier<StageBody> spins = () -> new PartProcessor() {
            @Override
            protected void process(Part part, PartContext context) throws InterruptedException {
                working.incrementAndGet();
                try {
                    inWork.countDown();
                    while (!Thread.currentThread().isInterrupted()) {
                        Thread.onSpinWait();
                    }
                    // What a decoder does that looks at the interrupt only now and then.
                    for (int i = 0; i < 1_000_000; i++) {
                        Thread.onSpinWait();
                    }
                    throw new InterruptedException();
                } finally {
                    working.decrementAndGet();
                }
            }

            @Override
            public void close() {
                workingAtClose.set(working.get());
            }
        };

        cancelled(
                plan(List.of(source(numbered(5_000)), stage("work", Kind.PART, Work.CPU, spins, null), sink())),
                inWork);
        assertThat(workingAtClose).hasValue(0);
    }

    @Test
    void cancel_whileASourceWaitsForTheBudget_endsSoon() throws Exception {
        CountDownLatch inWork = new CountDownLatch(1);
        PartProcessor never = processor((part, context) -> {
            inWork.countDown();
            new CountDownLatch(1).await();
        });
        RunPlan plan = wired(
                List.of(
                        source(List.of("x".repeat(900), "y".repeat(900))),
                        stage("work", Kind.PART, Work.INLINE, () -> never, null),
                        sink()),
                1_000,
                "from work",
                "work to");

        cancelled(plan, inWork);
    }

    @Test
    void cancel_ofAPausedRun_endsSoon() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        try (Run run = Run.start(plan(List.of(endless(new AtomicBoolean()), sink())), caches, telling(begun))) {
            begun.await();
            run.pause();
            assertThat(run.snapshot().nodes())
                    .as("what they do while the run is held")
                    .allSatisfy(node -> assertThat(node.state()).isEqualTo(StageState.PAUSED));
            run.cancel();

            assertThat(run.await(LONG)).isTrue();
            assertThat(run.status()).isEqualTo(RunStatus.CANCELLED);
            assertThat(run.snapshot().nodes())
                    .as("what they did last is over")
                    .allSatisfy(node -> assertThat(node.state()).isEqualTo(StageState.CANCELLED));
            assertThat(run.snapshot().memory().inFlightBytes()).isZero();
        }
    }

    @Test
    void cancel_duringWritesToARecording_leavesAGoodOne_andNoFailure(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("taken.parts.jsonl");
        CountDownLatch begun = new CountDownLatch(1);
        try (Run run = Run.start(
                plan(List.of(endless(new AtomicBoolean()), sink())),
                caches,
                telling(begun).withRecordTo(file))) {
            begun.await();
            run.cancel();

            assertThat(run.await(LONG)).isTrue();
            assertThat(run.snapshot().recentFailures()).isEmpty();
        }
        List<String> lines = Files.readAllLines(file);
        assertThat(lines.getLast()).contains("\"status\":\"cancelled\"");
    }

    @Test
    void cancel_ofAProcessorThatTakesTheInterruptForABadPart_countsNoFailure() throws Exception {
        CountDownLatch inWork = new CountDownLatch(1);
        PartProcessor confused = processor((part, context) -> {
            inWork.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IllegalStateException("the connection was lost");
            }
        });

        RunSnapshot end = cancelled(
                plan(List.of(
                        source(numbered(100)), stage("work", Kind.PART, Work.BLOCKING, () -> confused, null), sink())),
                inWork);

        assertThat(end.failures()).isZero();
        assertThat(end.recentFailures()).isEmpty();
    }

    @Test
    void partThatWaitsForALaterOne_afterManyQuickOnes_doesNotHoldTheOthersUp() throws Exception {
        List<CountDownLatch> later = List.of(new CountDownLatch(1), new CountDownLatch(1), new CountDownLatch(1));
        PartProcessor work = processor((part, context) -> {
            int number = Integer.parseInt(part.text());
            context.emit(part);
            switch (number % 5_000) {
                case 4_000 ->
                    assertThat(later.get(number / 5_000).await(20, TimeUnit.SECONDS))
                            .isTrue();
                case 4_500 -> later.get(number / 5_000).countDown();
                default -> {
                    // The others are quick.
                }
            }
        });

        RunSnapshot end = run(plan(
                List.of(source(numbered(15_000)), stage("work", Kind.PART, Work.BLOCKING, () -> work, null), sink())));

        assertThat(end.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(end.failures()).isZero();
        assertThat(accepted).isEqualTo(numbered(15_000));
    }

    @Test
    void cancelling500Runs_atAnyMoment_leavesNoCharge() throws Exception {
        for (int i = 0; i < 500; i++) {
            AtomicInteger countdown = new AtomicInteger(i % 97);
            CountDownLatch moment = new CountDownLatch(1);
            PartProcessor work = processor((part, context) -> {
                if (countdown.getAndDecrement() == 0) {
                    moment.countDown();
                }
                context.emit(part);
            });
            RunPlan plan = plan(List.of(
                    endless(new AtomicBoolean()),
                    stage(
                            "work",
                            Kind.PART,
                            Work.values()[i % 3],
                            () -> work,
                            i % 2 == 0 ? null : CacheSettings.DEFAULT),
                    sink()));
            try (Run run = Run.start(plan, new CacheRoom(StreamClock.system()), RunOptions.DEFAULT)) {
                moment.await();
                run.cancel();

                assertThat(run.await(LONG)).isTrue();
                assertThat(run.snapshot().memory().inFlightBytes())
                        .as("run %d", i)
                        .isZero();
            }
        }
    }

    // --- failing

    @Test
    void failureInTheMiddleOfTenThousandInFlight_endsAll_andNamesTheNode() throws Exception {
        int parts = 10_000;
        AtomicInteger sunk = new AtomicInteger();
        CountDownLatch full = new CountDownLatch(1);
        Supplier<StageBody> breaks = () -> new PartSink() {
            @Override
            protected void accept(Delivery delivery, PartContext context) throws Exception {
                full.await();
                if (sunk.incrementAndGet() == 5_000) {
                    throw new IllegalStateException("the disk is full");
                }
            }
        };
        AtomicInteger emitted = new AtomicInteger();
        PartProcessor same = processor((part, context) -> {
            context.emit(part);
            if (emitted.incrementAndGet() == parts) {
                full.countDown();
            }
        });
        StagePlan work = stage("work", Kind.PART, Work.INLINE, () -> same, null);
        RunPlan chain =
                plan(List.of(source(numbered(2 * parts)), work, stage("to", Kind.SINK, Work.INLINE, breaks, null)));
        RunPlan plan = new RunPlan(
                "test", Path.of("."), chain.stages(), chain.wires(), StreamMode.HIGH_THROUGHPUT, 1 << 24, 1);

        RunSnapshot end = run(plan);

        assertThat(end.status()).isEqualTo(RunStatus.FAILED);
        assertThat(end.recentFailures()).hasSize(1).allSatisfy(failure -> {
            assertThat(failure.node()).isEqualTo("to");
            assertThat(failure.failure().message()).contains("the disk is full");
        });
        assertThat(end.nodes().stream().filter(node -> node.state() == StageState.FAILED))
                .hasSize(1);
        assertThat(end.memory().highWaterBytes()).isGreaterThan(parts);
        assertThat(end.memory().inFlightBytes()).isZero();
    }

    @Test
    void errorInAForkedCall_namesItsNode() throws Exception {
        PartProcessor broken = processor((part, context) -> {
            throw new NoClassDefFoundError("org/example/Codec");
        });

        RunSnapshot end = run(plan(
                List.of(source(numbered(10)), stage("work", Kind.PART, Work.BLOCKING, () -> broken, null), sink())));

        assertThat(end.status()).isEqualTo(RunStatus.FAILED);
        assertThat(end.recentFailures())
                .anySatisfy(failure -> assertThat(failure.node()).isEqualTo("work"));
        assertThat(end.node("work").orElseThrow().state()).isEqualTo(StageState.FAILED);
    }

    @Test
    void stageThatIsInterruptedByNobody_failsTheRun_insteadOfPassingForDone() throws Exception {
        Supplier<StageBody> gone = () -> new Processor() {
            @Override
            protected void process(PartStream input, PartContext context) throws InterruptedException {
                throw new InterruptedException("a library gave up");
            }
        };

        RunSnapshot end =
                run(plan(List.of(source(numbered(10)), stage("work", Kind.STREAM, Work.INLINE, gone, null), sink())));

        assertThat(end.status()).isEqualTo(RunStatus.FAILED);
    }

    @Test
    void planThatCannotBeAssembled_leavesNoScopeOpen() {
        RunPlan plan = wired(List.of(source(numbered(1)), sink()), 1_000, "from nowhere");

        assertThatThrownBy(() -> Run.start(plan, caches, RunOptions.DEFAULT)).hasMessageContaining("nowhere");

        assertThat(RunScope.openScopes()).isZero();
    }

    // --- the same again and again

    @Test
    void fiveHundredRuns_ofOnePlan_countAndOrderTheSame() throws Exception {
        List<String> texts = IntStream.range(0, 120).mapToObj(i -> "q" + i % 11).toList();
        List<String> expected =
                texts.stream().flatMap(t -> List.of(t + "a", t + "b").stream()).toList();
        PartProcessor model = processor((part, context) -> {
            context.emit(Part.text(part.text() + "a"));
            Thread.yield();
            context.emit(Part.text(part.text() + "b"));
        });
        for (int i = 0; i < 500; i++) {
            accepted.clear();
            Work work = Work.values()[i % 3];
            RunPlan plan = plan(
                    List.of(source(texts), stage("work", Kind.PART, work, () -> model, CacheSettings.DEFAULT), sink()));
            CacheRoom fresh = new CacheRoom(StreamClock.system());
            try (Run run = Run.start(plan, fresh, options())) {
                assertThat(run.await(LONG)).as("run %d ended", i).isTrue();
                RunSnapshot end = run.snapshot();
                CacheSnapshot cache = end.cache();
                assertThat(cache.requests()).isEqualTo(120);
                assertThat(cache.misses()).isEqualTo(11);
                assertThat(cache.puts()).isEqualTo(11);
                assertThat(cache.hits() + cache.coalesced()).isEqualTo(109);
                assertThat(cache.missLatency().samples()).isEqualTo(11);
                assertThat(end.memory().inFlightBytes()).isZero();
                assertThat(accepted).as("run %d", i).isEqualTo(expected);
            }
        }
        assertThat(RunScope.openScopes()).isZero();
    }

    @Test
    void pauseAndResume_fromTwoThreads_leaveTheRunGoing() throws Exception {
        for (int i = 0; i < 200; i++) {
            CountDownLatch begun = new CountDownLatch(1);
            try (Run run = Run.start(plan(List.of(endless(new AtomicBoolean()), sink())), caches, telling(begun))) {
                begun.await();
                Thread pausing = Thread.ofVirtual().start(run::pause);
                Waiting.until("the run is paused", () -> run.status() == RunStatus.PAUSED);
                run.resume();
                pausing.join();
                long before = run.snapshot().partsOut();
                Waiting.until("parts move again", () -> run.snapshot().partsOut() > before);
            }
        }
    }

    private RunSnapshot run(RunPlan plan) throws InterruptedException {
        try (Run run = Run.start(plan, caches, options())) {
            assertThat(run.await(LONG)).as("ended in time: %s", run.snapshot()).isTrue();
            assertThat(run.snapshot().memory().inFlightBytes()).isZero();
            return run.snapshot();
        }
    }

    private RunSnapshot cancelled(RunPlan plan, CountDownLatch inWork) throws InterruptedException {
        try (Run run = Run.start(plan, caches, options())) {
            inWork.await();
            run.cancel();

            assertThat(run.await(LONG)).as("the cancelled run ends").isTrue();
            assertThat(run.snapshot().status()).isEqualTo(RunStatus.CANCELLED);
            assertThat(run.snapshot().memory().inFlightBytes()).isZero();
            return run.snapshot();
        }
    }

    private RunOptions options() {
        return RunOptions.DEFAULT.withTap(
                (node, delivery) -> accepted.add(delivery.part().text()));
    }

    private static RunOptions telling(CountDownLatch begun) {
        return RunOptions.DEFAULT.withTap((node, delivery) -> begun.countDown());
    }

    private static List<String> numbered(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }

    private List<String> ofBranch(String branch) {
        return accepted.stream()
                .filter(text -> text.startsWith(branch + ":"))
                .map(text -> text.substring(branch.length() + 1))
                .toList();
    }

    private static StagePlan slow() {
        return stage(
                "slow",
                Kind.PART,
                Work.INLINE,
                () -> processor((part, context) -> {
                    // Slow enough that its queue is full nearly all the time.
                    for (int i = 0; i < 20; i++) {
                        Thread.yield();
                    }
                    context.emit(Part.text("slow:" + part.text()));
                }),
                null);
    }

    private static StagePlan quick() {
        return stage(
                "quick",
                Kind.PART,
                Work.INLINE,
                () -> processor((part, context) -> context.emit(Part.text("quick:" + part.text()))),
                null);
    }

    private static StagePlan firstThree() {
        return stage(
                "some",
                Kind.STREAM,
                Work.INLINE,
                () -> new Processor() {
                    @Override
                    protected void process(PartStream input, PartContext context) throws InterruptedException {
                        for (int i = 0; i < 3; i++) {
                            Part part = input.next();
                            if (part != null) {
                                context.emit(part);
                            }
                        }
                    }
                },
                null);
    }

    private static StagePlan endless(AtomicBoolean ended) {
        return stage(
                "from",
                Kind.SOURCE,
                Work.BLOCKING,
                () -> new PartSource() {
                    @Override
                    protected void produce(SourceContext context) throws InterruptedException {
                        try {
                            for (long i = 0; ; i++) {
                                context.emit(Part.text(Long.toString(i)));
                            }
                        } finally {
                            ended.set(true);
                        }
                    }
                },
                null);
    }

    private static RunPlan diamond(StagePlan one, StagePlan other, StagePlan join, int parts) {
        return wired(
                List.of(source(numbered(parts)), one, other, join),
                1 << 20,
                "from " + one.id(),
                "from " + other.id(),
                one.id() + " " + join.id(),
                other.id() + " " + join.id());
    }

    /// A plan on queues of ten parts.
    private static RunPlan wired(List<StagePlan> stages, long budgetBytes, String... wires) {
        List<WirePlan> all = new ArrayList<>();
        for (String wire : wires) {
            int space = wire.indexOf(' ');
            all.add(new WirePlan(wire.substring(0, space), "out", wire.substring(space + 1), "in"));
        }
        return new RunPlan("test", Path.of("."), stages, all, StreamMode.LOW_LATENCY, budgetBytes, 1);
    }
}

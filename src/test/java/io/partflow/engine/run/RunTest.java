package io.partflow.engine.run;

import static io.partflow.engine.run.Plans.entry;
import static io.partflow.engine.run.Plans.in;
import static io.partflow.engine.run.Plans.params;
import static io.partflow.engine.run.Plans.plan;
import static io.partflow.engine.run.Plans.processor;
import static io.partflow.engine.run.Plans.sink;
import static io.partflow.engine.run.Plans.source;
import static io.partflow.engine.run.Plans.stage;
import static io.partflow.engine.run.Plans.typed;
import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.content.Delivery;
import io.partflow.engine.content.Origin;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartException;
import io.partflow.engine.processor.PartProcessor;
import io.partflow.engine.processor.PartSource;
import io.partflow.engine.processor.PartStream;
import io.partflow.engine.processor.PortType;
import io.partflow.engine.processor.Processor;
import io.partflow.engine.processor.ProcessorDescriptor.Kind;
import io.partflow.engine.processor.ProcessorDescriptor.Work;
import io.partflow.engine.processor.ProcessorEntry;
import io.partflow.engine.processor.SourceContext;
import io.partflow.engine.processor.StageBody;
import io.partflow.engine.stream.RunScope;
import io.partflow.engine.stream.StreamClock;
import io.partflow.engine.stream.StreamMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final CacheRoom caches = new CacheRoom(StreamClock.system());
    private final List<String> accepted = Collections.synchronizedList(new ArrayList<>());
    private final List<Delivery> failed = Collections.synchronizedList(new ArrayList<>());
    private final List<Delivery> deliveries = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void nothingIsLeft() {
        assertThat(RunScope.openScopes()).isZero();
    }

    @Test
    void chain_ofSlowAndFastParts_keepsInputOrder() throws Exception {
        List<String> texts = IntStream.range(0, 300).mapToObj(i -> "t" + i).toList();
        PartProcessor uneven = processor((part, context) -> {
            context.clock().sleep(part.text().endsWith("7") ? 3_000_000 : 0);
            context.emit(Part.text(part.text() + "a"));
            context.emit(Part.text(part.text() + "b"));
        });

        RunSnapshot end =
                run(plan(List.of(source(texts), stage("work", Kind.PART, Work.BLOCKING, () -> uneven, null), sink())));

        assertThat(end.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(accepted)
                .isEqualTo(texts.stream()
                        .flatMap(t -> List.of(t + "a", t + "b").stream())
                        .toList());
        assertThat(end.memory().inFlightBytes()).isZero();
        assertThat(end.partsIn()).isEqualTo(300);
        assertThat(end.partsOut()).isEqualTo(600);
        assertThat(end.wires()).allSatisfy(wire -> assertThat(wire.depth()).isZero());
    }

    @Test
    void repeatedParts_throughACache_computeOncePerDistinctPart() throws Exception {
        List<String> texts = IntStream.range(0, 400).mapToObj(i -> "q" + i % 30).toList();
        AtomicInteger computed = new AtomicInteger();
        PartProcessor model = processor((part, context) -> {
            computed.incrementAndGet();
            context.clock().sleep(1_000_000);
            context.emit(Part.text("answer to " + part.text()));
        });

        RunSnapshot end = run(plan(List.of(
                source(texts), stage("work", Kind.PART, Work.BLOCKING, () -> model, CacheSettings.DEFAULT), sink())));

        assertThat(computed).hasValue(30);
        assertThat(end.cache().misses()).isEqualTo(30);
        assertThat(end.cache().puts()).isEqualTo(30);
        assertThat(end.cache().hits() + end.cache().coalesced()).isEqualTo(370);
        assertThat(end.savings().measured().calls()).isEqualTo(370);
        assertThat(accepted).isEqualTo(texts.stream().map(t -> "answer to " + t).toList());
        assertThat(deliveries.stream()
                        .filter(d -> d.origin().serving() == Origin.Serving.COMPUTED)
                        .count())
                .isEqualTo(30);
    }

    @Test
    void partsThatWaitToBeComputed_addNothingToTheTimeSpentOnCaching() throws Exception {
        List<String> texts = IntStream.range(0, 50).mapToObj(i -> "q" + i).toList();
        PartProcessor oneAtATime = new PartProcessor() {
            @Override
            protected void process(Part part, PartContext context) throws Exception {
                context.clock().sleep(4_000_000);
                context.emit(part);
            }

            @Override
            public int maxInFlight() {
                return 1;
            }
        };

        RunSnapshot end = run(plan(List.of(
                source(texts),
                stage("work", Kind.PART, Work.BLOCKING, () -> oneAtATime, CacheSettings.DEFAULT),
                sink())));

        // The requests waited 50 * 49 / 2 times 4 ms for each other: nearly 5 s.
        assertThat(end.savings().overheadNanos()).isLessThan(end.elapsedNanos());
        assertThat(end.cache().missLatency().samples()).isEqualTo(50);
    }

    @Test
    void secondRun_withTheSameCaches_countsOnlyItsOwnRequests() throws Exception {
        List<StagePlan> stages = List.of(
                source(List.of("a", "b", "a")),
                stage("work", Kind.PART, Work.CPU, () -> processor((p, c) -> c.emit(p)), CacheSettings.DEFAULT),
                sink());
        run(plan(stages));

        RunSnapshot second = run(plan(stages));

        assertThat(second.cache().misses()).isZero();
        assertThat(second.cache().puts()).isZero();
        assertThat(second.cache().hits()).isEqualTo(3);
        assertThat(second.cache().entries()).isEqualTo(2);
    }

    private RunSnapshot runWith(RunOptions options, AtomicInteger computed) throws InterruptedException {
        PartProcessor work = processor((part, context) -> {
            context.emit(Part.text(part.text() + computed.incrementAndGet()));
        });
        RunPlan plan = plan(List.of(
                source(List.of("a", "b", "a", "b", "a")),
                stage("work", Kind.PART, Work.CPU, () -> work, CacheSettings.DEFAULT),
                sink()));
        try (Run run = Run.start(plan, caches, options)) {
            assertThat(run.await(LONG)).isTrue();
            return run.snapshot();
        }
    }

    @Test
    void coldRun_passesOverWhatEarlierRunsLeft_andIsServedFromItsOwn() throws Exception {
        AtomicInteger computed = new AtomicInteger();
        runWith(options(), computed);

        RunSnapshot cold = runWith(options().withReading(RunOptions.Reading.COLD), computed);
        RunSnapshot after = runWith(options(), computed);

        assertThat(computed).hasValue(4);
        assertThat(cold.cache().misses()).isEqualTo(2);
        assertThat(cold.cache().puts()).isEqualTo(2);
        assertThat(cold.cache().hits() + cold.cache().coalesced()).isEqualTo(3);
        assertThat(cold.cache().entries()).isEqualTo(2);
        assertThat(cold.cache().evictions()).isZero();
        assertThat(after.cache().hits()).isEqualTo(5);
        assertThat(accepted.subList(10, 15))
                .as("the entries are those of the cold run")
                .isEqualTo(accepted.subList(5, 10));
    }

    @Test
    void runWithoutReading_computesEverything_andLeavesItForTheNext() throws Exception {
        AtomicInteger computed = new AtomicInteger();

        RunSnapshot end = runWith(options().withReading(RunOptions.Reading.NONE), computed);

        assertThat(computed).hasValue(5);
        assertThat(end.cache().misses()).isEqualTo(5);
        assertThat(end.cache().puts()).isEqualTo(5);
        assertThat(runWith(options(), computed).cache().hits()).isEqualTo(5);
    }

    @Test
    void runWithoutWriting_isServed_butLeavesNothing() throws Exception {
        AtomicInteger computed = new AtomicInteger();
        RunOptions readOnly = options().withWriting(RunOptions.Writing.NONE);

        RunSnapshot first = runWith(readOnly, computed);

        assertThat(first.cache().misses()).isEqualTo(5);
        assertThat(first.cache().puts()).isZero();
        assertThat(caches.entries()).isEmpty();
        runWith(options(), computed);
        assertThat(runWith(readOnly, computed).cache().hits()).isEqualTo(5);
    }

    @Test
    void runWithoutReadingAndWriting_bypassesTheCaches() throws Exception {
        AtomicInteger computed = new AtomicInteger();
        runWith(options(), computed);

        RunSnapshot end =
                runWith(options().withReading(RunOptions.Reading.NONE).withWriting(RunOptions.Writing.NONE), computed);

        assertThat(computed).hasValue(7);
        assertThat(end.cache().bypassed()).isEqualTo(5);
        assertThat(end.cache().requests()).isZero();
    }

    @Test
    void badPart_isCountedAndNamed_andTheRunGoesOn() throws Exception {
        PartProcessor picky = processor((part, context) -> {
            if (part.text().equals("bad")) {
                throw new PartException(Failure.of("BAD_PART", "cannot read it", "send another"));
            }
            context.emit(part);
        });

        RunSnapshot end = run(plan(List.of(
                source(List.of("x", "bad", "y", "bad")),
                stage("work", Kind.PART, Work.CPU, () -> picky, CacheSettings.DEFAULT),
                sink())));

        assertThat(end.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(accepted).containsExactly("x", "y");
        assertThat(end.failures()).isEqualTo(2);
        assertThat(end.recentFailures()).allSatisfy(failure -> {
            assertThat(failure.node()).isEqualTo("work");
            assertThat(failure.failure().code()).isEqualTo("BAD_PART");
        });
        assertThat(failed).hasSize(2).allSatisfy(delivery -> {
            assertThat(delivery.part().substream()).isEqualTo("status");
            assertThat(delivery.part().text()).isEqualTo("cannot read it");
            assertThat(delivery.origin().node()).isEqualTo("work");
        });
        assertThat(end.cache().puts()).isEqualTo(2);
        assertThat(end.memory().inFlightBytes()).isZero();
    }

    @Test
    void stageThatCannotContinue_endsTheRun_andIsNamed() throws Exception {
        Supplier<StageBody> broken = () -> new Processor() {
            @Override
            protected void process(PartStream input, PartContext context) throws Exception {
                input.next();
                throw new IllegalStateException("disk is gone");
            }
        };
        List<String> endless = Collections.nCopies(100_000, "x");

        RunSnapshot end =
                run(plan(List.of(source(endless), stage("work", Kind.STREAM, Work.INLINE, broken, null), sink())));

        assertThat(end.status()).isEqualTo(RunStatus.FAILED);
        assertThat(end.recentFailures()).anySatisfy(failure -> {
            assertThat(failure.node()).isEqualTo("work");
            assertThat(failure.severity()).isEqualTo(RunFailure.Severity.FATAL);
            assertThat(failure.failure().message()).contains("disk is gone");
        });
        assertThat(end.memory().inFlightBytes()).isZero();
    }

    @Test
    void cancel_duringBlockingCalls_endsEverything() throws Exception {
        CountDownLatch inWork = new CountDownLatch(50);
        PartProcessor endless = processor((part, context) -> {
            inWork.countDown();
            context.clock().sleep(Long.MAX_VALUE / 4);
        });
        List<String> texts = IntStream.range(0, 5_000).mapToObj(i -> "t" + i).toList();
        RunPlan plan = plan(List.of(
                source(texts), stage("work", Kind.PART, Work.BLOCKING, () -> endless, CacheSettings.DEFAULT), sink()));

        try (Run run = Run.start(plan, caches, options())) {
            inWork.await();
            run.cancel();

            assertThat(run.await(LONG)).isTrue();
            assertThat(run.status()).isEqualTo(RunStatus.CANCELLED);
            assertThat(run.snapshot().memory().inFlightBytes()).isZero();
            assertThat(run.snapshot().cache().puts()).isZero();
        }
    }

    @Test
    void pause_holdsTheStream_untilResume() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        PartProcessor gate = processor((part, context) -> {
            first.countDown();
            goOn.await();
            context.emit(part);
        });
        List<String> texts = IntStream.range(0, 50).mapToObj(i -> "t" + i).toList();

        try (Run run = Run.start(
                plan(List.of(source(texts), stage("work", Kind.PART, Work.INLINE, () -> gate, null), sink())),
                caches,
                options())) {
            first.await();
            run.pause();
            goOn.countDown();
            assertThat(run.status()).isEqualTo(RunStatus.PAUSED);
            assertThat(run.await(Duration.ofMillis(50))).isFalse();
            assertThat(accepted.size()).isLessThanOrEqualTo(1);
            run.resume();

            assertThat(run.await(LONG)).isTrue();
        }
        assertThat(accepted).hasSize(50);
    }

    @Test
    void fanOut_byPortType_carriesEachPartWhereItFits() throws Exception {
        ProcessorEntry mixed = entry(
                "source.mixed",
                Kind.SOURCE,
                Work.BLOCKING,
                () -> new PartSource() {
                    @Override
                    protected void produce(SourceContext context) throws Exception {
                        context.emit(Part.text("words"));
                        context.emit(Part.blob(new byte[] {1, 2, 3}, "image/png"));
                        context.emit(Part.blob(new byte[] {1, 2}, "application/zip"));
                    }
                },
                PortType.ANY,
                PortType.ANY);
        StagePlan source = new StagePlan("from", "From", mixed, params(mixed), StageMode.NORMAL, null);
        StagePlan texts = typed("texts", PortType.TEXT);
        StagePlan images = typed("images", PortType.IMAGE);
        RunPlan plan = new RunPlan(
                "test",
                Path.of("."),
                List.of(source, texts, images, sink()),
                List.of(
                        new WirePlan("from", "out", "texts", "in"),
                        new WirePlan("from", "out", "images", "in"),
                        new WirePlan("texts", "out", "to", "in"),
                        new WirePlan("images", "out", "to", "in")),
                StreamMode.BALANCED,
                1 << 20,
                1);

        RunSnapshot end = run(plan);

        assertThat(end.node("texts").orElseThrow().partsIn()).isEqualTo(1);
        assertThat(end.node("images").orElseThrow().partsIn()).isEqualTo(1);
        assertThat(end.node("from").orElseThrow().unrouted()).isEqualTo(1);
        assertThat(end.partsOut()).isEqualTo(2);
    }

    @Test
    void mutedAndBypassedNodes_stopAndPassTheirInput() throws Exception {
        PartProcessor twice = processor((part, context) -> {
            context.emit(part);
            context.emit(part);
        });
        StagePlan normal = stage("work", Kind.PART, Work.INLINE, () -> twice, null);

        run(plan(List.of(source(List.of("a", "b")), in(normal, StageMode.BYPASS), sink())));
        assertThat(accepted).containsExactly("a", "b");
        accepted.clear();
        run(plan(List.of(source(List.of("a", "b")), in(normal, StageMode.MUTE), sink())));
        assertThat(accepted).isEmpty();
    }

    @Test
    void wholeStreamCache_onASecondRun_replaysTheSameParts() throws Exception {
        AtomicInteger computed = new AtomicInteger();
        CacheSettings whole = new CacheSettings(
                CacheSettings.Scope.STREAM,
                CacheSettings.Tier.MEMORY,
                0,
                10L,
                null,
                CacheSettings.Policy.TINYLFU,
                null,
                CacheSettings.KeyOptions.DEFAULT,
                CacheSettings.Conditions.NONE);
        PartProcessor work = processor((part, context) -> {
            computed.incrementAndGet();
            context.emit(Part.text(part.text() + "!"));
        });
        List<StagePlan> stages =
                List.of(source(List.of("a", "b", "c")), stage("work", Kind.PART, Work.CPU, () -> work, whole), sink());

        run(plan(stages));
        RunSnapshot second = run(plan(stages));

        assertThat(computed).hasValue(3);
        assertThat(second.cache().requests()).isEqualTo(1);
        assertThat(second.cache().hits()).isEqualTo(1);
        assertThat(accepted).containsExactly("a!", "b!", "c!", "a!", "b!", "c!");
    }

    @Test
    void budgetSmallerThanOnePart_letsItThroughAlone() throws Exception {
        List<String> big = List.of("x".repeat(5_000), "y".repeat(5_000), "z".repeat(5_000));
        RunPlan plan = plan(List.of(source(big), sink()));

        RunSnapshot end = run(new RunPlan(
                plan.pipeline(), plan.folder(), plan.stages(), plan.wires(), StreamMode.BALANCED, 1_000, 1));

        assertThat(end.partsOut()).isEqualTo(3);
        assertThat(end.memory().highWaterBytes()).isEqualTo(5_004);
        assertThat(end.memory().inFlightBytes()).isZero();
    }

    private RunSnapshot run(RunPlan plan) throws InterruptedException {
        try (Run run = Run.start(plan, caches, options())) {
            assertThat(run.await(LONG)).as("ended in time: %s", run.snapshot()).isTrue();
            return run.snapshot();
        }
    }

    private RunOptions options() {
        return RunOptions.DEFAULT.withTap((node, delivery) -> {
            if (delivery.part().isException()) {
                failed.add(delivery);
            } else if (delivery.part().isText()) {
                accepted.add(delivery.part().text());
            }
            deliveries.add(delivery);
        });
    }
}

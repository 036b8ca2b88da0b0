package io.partflow.engine.processor.combine;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.content.Part;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.processor.PartProcessor;
import io.partflow.engine.processor.PartStream;
import io.partflow.engine.processor.Processor;
import io.partflow.engine.stream.RunScope;
import io.partflow.engine.stream.StreamClock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CombineConcurrencyTest {
    private static final StreamClock CLOCK = StreamClock.system();

    @AfterEach
    void nothingIsLeft() {
        assertThat(RunScope.openScopes()).isZero();
    }

    private static PartStream counting(int count, AtomicInteger read) {
        return () -> read.get() < count ? Part.text("" + read.getAndIncrement()) : null;
    }

    /// Waits until told, and says that it does.
    private static final class Gate {
        private final CountDownLatch open = new CountDownLatch(1);
        private final CountDownLatch reached;

        Gate(int callers) {
            reached = new CountDownLatch(callers);
        }

        void pass() throws InterruptedException {
            reached.countDown();
            open.await();
        }

        void awaitCallers() throws InterruptedException {
            assertThat(reached.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void teeAndOrderedJoin_onBoundedLanes_doNotDeadlock() throws Exception {
        PartProcessor twice = Steps.parts((part, context) -> {
            context.emit(part);
            context.emit(part);
        });
        ParallelConcat branches =
                ParallelConcat.of(List.of(Steps.copy(), twice, Steps.copy()), new Bounds(1, 4, 1 << 20));

        OneStage.Outcome outcome = OneStage.inPipeline(branches, Steps.numbered(2_000), CLOCK);

        assertThat(outcome.failure()).isEmpty();
        assertThat(outcome.parts()).hasSize(8_000);
        assertThat(outcome.parts().subList(0, 2_000)).extracting(Part::text).isEqualTo(Steps.numbers(2_000));
        assertThat(outcome.parts().subList(6_000, 8_000)).extracting(Part::text).isEqualTo(Steps.numbers(2_000));
    }

    @Test
    void teeAndOrderedJoin_beyondTheirBuffer_failInsteadOfStanding() throws Exception {
        ParallelConcat branches =
                ParallelConcat.of(List.of(Steps.copy(), Steps.copy()), Bounds.DEFAULT.withBufferBytes(1_000));

        OneStage.Outcome outcome = OneStage.alone(branches, Steps.numbered(5_000), CLOCK);

        assertThat(outcome.failure()).extracting(Failure::code).containsExactly("BRANCH_BUFFER_FULL");
        assertThat(outcome.failure().getFirst().message()).contains("branch 2 of 2", "1000 bytes");
    }

    @Test
    void failureInTheMiddle_of10000InFlight_endsAllBehindTheEarlierResults() throws Exception {
        CountDownLatch all = new CountDownLatch(9_999);
        PartProcessor failing = Steps.parts((part, context) -> {
            if (part.text().equals("5000")) {
                all.await();
                throw new ValueError("middle");
            }
            all.countDown();
            if (Integer.parseInt(part.text()) > 5_000) {
                new CountDownLatch(1).await();
            }
            context.emit(part);
        });
        AtomicInteger read = new AtomicInteger();
        OneStage.Collected context = new OneStage.Collected(CLOCK);
        AtomicReference<Exception> thrown = new AtomicReference<>();

        try {
            OrderedParts.of(failing, 10_000).run(counting(10_000, read), context);
        } catch (Exception e) {
            thrown.set(e);
        }

        assertThat(thrown.get()).isInstanceOf(ValueError.class).hasMessage("middle");
        assertThat(context.texts()).isEqualTo(Steps.numbers(5_000));
    }

    @Test
    void earlierFailure_countsBeforeALaterOneThatCameFirst() throws Exception {
        CountDownLatch later = new CountDownLatch(1);
        PartProcessor failing = Steps.parts((part, context) -> {
            if (part.text().equals("1")) {
                later.await();
                throw new ValueError("early");
            }
            if (part.text().equals("3")) {
                later.countDown();
                throw new ValueError("late");
            }
            context.emit(part);
        });

        OneStage.Outcome outcome = OneStage.alone(OrderedParts.of(failing, 8), Steps.numbered(6), CLOCK);

        assertThat(outcome.failure()).extracting(Failure::message).containsExactly("early");
        assertThat(outcome.parts()).extracting(Part::text).containsExactly("0");
    }

    @Test
    void partsInFlight_neverExceedTheirBound_norReadAhead() throws Exception {
        Gate gate = new Gate(7);
        AtomicInteger read = new AtomicInteger();
        AtomicInteger atWork = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        PartProcessor work = Steps.parts((part, context) -> {
            most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
            gate.pass();
            context.emit(part);
            atWork.decrementAndGet();
        });

        try (RunScope scope = new RunScope("test")) {
            CountDownLatch done = new CountDownLatch(1);
            scope.fork(() -> {
                OrderedParts.of(work, 7).run(counting(100, read), new OneStage.Collected(CLOCK));
                done.countDown();
            });
            gate.awaitCallers();
            assertThat(read).as("nothing is read that cannot be started").hasValue(7);
            gate.open.countDown();
            assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(most).hasValue(7);
        assertThat(read).hasValue(100);
    }

    @Test
    void chain_whoseConsumerStands_holdsBackItsSource() throws Exception {
        AtomicInteger read = new AtomicInteger();
        Gate gate = new Gate(1);
        Processor slow = Steps.stream((input, context) -> {
            var unused = input.next();
            gate.pass();
            Steps.copy(input, context);
        });
        StreamChain chain = StreamChain.of(List.of(Steps.copy(), Steps.copy(), slow), new Bounds(3, 1, 1));

        try (RunScope scope = new RunScope("test")) {
            CountDownLatch done = new CountDownLatch(1);
            scope.fork(() -> {
                chain.run(counting(1_000, read), new OneStage.Collected(CLOCK));
                done.countDown();
            });
            gate.awaitCallers();
            // One taken, two lanes of three, and one in the hands of each copy.
            assertThat(read.get()).isLessThanOrEqualTo(1 + 2 * 3 + 2);
            gate.open.countDown();
            assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(read).hasValue(1_000);
    }

    @Test
    void cancelDuringBlockingCalls_endsEveryCombinator() throws Exception {
        for (int kind = 0; kind < 6; kind++) {
            Gate gate = new Gate(1);
            PartProcessor blocking = Steps.parts((part, context) -> gate.pass());
            Processor processor = switch (kind) {
                case 0 -> OrderedParts.of(blocking, 4);
                case 1 -> OrderedParts.of(PartParallel.of(blocking, Steps.append("a")), 1);
                case 2 -> StreamChain.of(Steps.copy(), blocking, Steps.copy());
                case 3 -> ParallelConcat.of(blocking, Steps.append("b"));
                case 4 ->
                    StreamSwitch.cases(Bounds.DEFAULT)
                            .otherwise(OrderedParts.of(blocking, 1))
                            .build();
                default -> new SourceMerge(context -> gate.pass(), MergeEnd.ALL, Bounds.DEFAULT);
            };
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            CountDownLatch ended = new CountDownLatch(1);
            try (RunScope scope = new RunScope("test")) {
                scope.fork(() -> {
                    try {
                        processor.run(counting(50, new AtomicInteger()), new OneStage.Collected(CLOCK));
                    } catch (Throwable e) {
                        thrown.set(e);
                    } finally {
                        ended.countDown();
                    }
                });
                gate.awaitCallers();
                scope.cancel();
                assertThat(ended.await(30, TimeUnit.SECONDS)).as("kind " + kind).isTrue();
            }
            assertThat(thrown.get()).as("kind " + kind).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void failureOfAnyMember_endsTheOthers() throws Exception {
        Processor forever = Steps.stream((input, context) -> new CountDownLatch(1).await());
        Processor failing = Steps.stream((input, context) -> {
            throw new ValueError("broken");
        });
        for (Processor processor : List.of(
                StreamChain.of(forever, failing),
                StreamChain.of(failing, forever),
                ParallelConcat.of(forever, failing),
                StreamSwitch.cases(Bounds.DEFAULT)
                        .when(part -> false, failing)
                        .otherwise(forever)
                        .build(),
                new SourceMerge(
                        context -> {
                            throw new ValueError("broken");
                        },
                        MergeEnd.ALL,
                        Bounds.DEFAULT))) {
            OneStage.Outcome outcome = OneStage.inPipeline(processor, Steps.numbered(10), CLOCK);

            assertThat(outcome.failure()).extracting(Failure::message).containsExactly("broken");
        }
    }

    @Test
    void failureOfTheInput_endsTheStream() throws Exception {
        PartStream broken = () -> {
            throw new IllegalStateException("input");
        };
        for (Processor processor : List.of(
                OrderedParts.of(Steps.append("a"), 4),
                StreamChain.of(Steps.copy(), Steps.append("a")),
                ParallelConcat.of(Steps.copy(), Steps.copy()))) {
            AtomicReference<Exception> thrown = new AtomicReference<>();
            try {
                processor.run(broken, new OneStage.Collected(CLOCK));
            } catch (Exception e) {
                thrown.set(e);
            }
            assertThat(thrown.get()).hasMessage("input");
        }
    }

    @Test
    void endlessGenerator_besideAFiniteStream_stopsWithIt() throws Exception {
        AtomicInteger made = new AtomicInteger();
        SourceMerge merge = new SourceMerge(
                context -> {
                    while (true) {
                        context.emit(Part.text("made " + made.getAndIncrement()));
                    }
                },
                MergeEnd.FIRST,
                Bounds.DEFAULT.withLaneParts(3));

        OneStage.Outcome outcome = OneStage.alone(merge, Steps.numbered(50), CLOCK);

        assertThat(outcome.failure()).isEmpty();
        assertThat(outcome.parts().stream().map(Part::text).filter(text -> !text.startsWith("made")))
                .containsExactlyElementsOf(Steps.numbers(50));
        assertThat(made.get()).isLessThanOrEqualTo(outcome.parts().size() - 50 + 3 + 1);
    }

    @Test
    void finiteGenerator_besideAStream_isMergedByArrival() throws Exception {
        SourceMerge merge = new SourceMerge(
                context -> {
                    for (Part part : Steps.numbered(100)) {
                        context.emit(part.withText("made " + part.text()));
                    }
                },
                MergeEnd.ALL,
                Bounds.DEFAULT.withLaneParts(3));

        OneStage.Outcome outcome = OneStage.inPipeline(merge, Steps.numbered(100), CLOCK);

        List<String> texts = outcome.parts().stream().map(Part::text).toList();
        assertThat(texts.stream().filter(text -> !text.startsWith("made")))
                .containsExactlyElementsOf(Steps.numbers(100));
        assertThat(texts.stream().filter(text -> text.startsWith("made")))
                .containsExactlyElementsOf(Steps.numbers(100).stream()
                        .map(number -> "made " + number)
                        .toList());
    }

    private static Processor first(int count) {
        return Steps.stream((input, context) -> {
            for (int i = 0; i < count; i++) {
                context.emit(java.util.Objects.requireNonNull(input.next()));
            }
        });
    }

    @Test
    void endlessStream_whoseConsumerStopsEarly_ends() throws Exception {
        Bounds tight = new Bounds(2, 4, 1 << 10);
        for (Processor processor : List.of(
                StreamChain.of(List.of(first(3)), tight),
                StreamChain.of(List.of(Steps.append(""), Steps.copy(), first(3)), tight),
                StreamChain.of(List.of(first(3), Steps.copy(), Steps.append("")), tight),
                ParallelConcat.of(List.of(first(1), first(2)), tight),
                StreamSwitch.cases(tight).otherwise(first(3)).build())) {
            AtomicInteger read = new AtomicInteger();
            OneStage.Collected context = new OneStage.Collected(CLOCK);

            processor.run(counting(Integer.MAX_VALUE, read), context);

            assertThat(context.texts()).hasSize(3).startsWith("0");
        }
    }

    @Test
    void standingSource_whoseConsumerStopsEarly_isGivenUp() throws Exception {
        for (Processor processor : List.of(
                StreamChain.of(Steps.copy(), first(2)),
                ParallelConcat.of(first(1), first(1)),
                StreamSwitch.cases(Bounds.DEFAULT).otherwise(first(2)).build())) {
            int[] at = new int[1];
            OneStage.Collected context = new OneStage.Collected(CLOCK);

            processor.run(
                    () -> {
                        if (at[0]++ == 2) {
                            new CountDownLatch(1).await();
                        }
                        return Part.text("a");
                    },
                    context);

            assertThat(context.texts()).containsExactly("a", "a");
        }
    }

    @Test
    void branchThatEndsEarly_leavesTheInputToTheOthers() throws Exception {
        ParallelConcat branches = ParallelConcat.of(List.of(first(2), Steps.copy()), new Bounds(1, 1, 1 << 20));

        OneStage.Outcome outcome = OneStage.inPipeline(branches, Steps.numbered(500), CLOCK);

        assertThat(outcome.failure()).isEmpty();
        assertThat(outcome.parts()).hasSize(502);
        assertThat(outcome.parts().subList(2, 502)).extracting(Part::text).isEqualTo(Steps.numbers(500));
    }

    @Test
    void standingStream_besideAFiniteGenerator_isGivenUp() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        PartStream standing = () -> {
            if (stopped.getCount() == 0) {
                return null;
            }
            reading.countDown();
            try {
                new CountDownLatch(1).await();
                return null;
            } finally {
                stopped.countDown();
            }
        };
        OneStage.Collected context = new OneStage.Collected(CLOCK);
        SourceMerge merge = new SourceMerge(
                to -> {
                    reading.await();
                    to.emit(Part.text("made"));
                },
                MergeEnd.FIRST,
                Bounds.DEFAULT);

        merge.run(standing, context);

        assertThat(context.texts()).containsExactly("made");
    }

    @Test
    void parallelMembers_workAtTheSameTime() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        PartProcessor meets = Steps.parts((part, context) -> {
            both.countDown();
            both.await();
            for (int i = 0; i < 100; i++) {
                context.emit(part);
            }
        });

        OneStage.Outcome outcome =
                OneStage.inPipeline(OrderedParts.of(PartParallel.of(meets, meets), 1), Steps.numbered(1), CLOCK);

        assertThat(outcome.parts()).hasSize(200);
    }
}

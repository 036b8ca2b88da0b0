package io.partflow.engine.processor.combine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partflow.engine.content.Content;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.processor.PartException;
import io.partflow.engine.processor.PartProcessor;
import io.partflow.engine.processor.PartSource;
import io.partflow.engine.processor.PartStream;
import io.partflow.engine.processor.Processor;
import io.partflow.engine.processor.SourceContext;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.stream.ManualClock;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CombineTest {
    private final ManualClock clock = new ManualClock();

    private List<String> texts(io.partflow.engine.processor.Processor processor, List<Part> input) throws Exception {
        OneStage.Outcome outcome = OneStage.alone(processor, input, clock);
        assertThat(outcome.failure()).isEmpty();
        return outcome.parts().stream().map(Part::text).toList();
    }

    private static List<Part> of(String... texts) {
        return List.of(texts).stream().map(Part::text).toList();
    }

    @Test
    void chain_ofPartProcessors_isFusedIntoOne() {
        StreamChain chain = StreamChain.of(Steps.append("a"), PartChain.of(Steps.append("b"), Steps.append("c")))
                .then(Steps.copy())
                .then(Steps.append("d"))
                .then(Steps.append("e"));

        assertThat(chain.members()).hasSize(3);
        assertThat(chain.members().getFirst())
                .isInstanceOfSatisfying(
                        OrderedParts.class,
                        fused -> assertThat(fused.member())
                                .isInstanceOfSatisfying(
                                        PartChain.class,
                                        parts -> assertThat(parts.members()).hasSize(3)));
    }

    @Test
    void chain_whoseLaterMemberFails_isNotMistakenForItsEarlierMembersFailure() throws Exception {
        PartProcessor failing = Steps.parts((part, context) -> {
            throw new ValueError("late");
        });
        PartChain inner = PartChain.of(ErrorsAsParts.of(Steps.append("a")), Steps.append("b"));
        PartProcessor chain = PartChain.of(ErrorsAsParts.of(inner), ErrorsAsParts.of(Steps.append("c")), failing);

        OneStage.Outcome outcome = OneStage.alone(OrderedParts.of(chain, 1), of("x"), clock);

        assertThat(outcome.failure()).extracting(Failure::message).containsExactly("late");
        assertThat(outcome.parts()).isEmpty();
        assertThat(outcome.reserved()).isEmpty();
    }

    @Test
    void chainInsideAChain_whoseInnerMemberFails_isCaughtByWhatWrapsIt() throws Exception {
        PartProcessor failing = Steps.parts((part, context) -> {
            context.emit(Part.text("given"));
            throw new ValueError("inner");
        });
        PartProcessor inner = ErrorsAsParts.of(PartChain.of(Steps.append("a"), failing, Steps.append("b")));
        PartProcessor chain = PartChain.of(List.of(inner, Steps.append("c")));

        OneStage.Outcome outcome = OneStage.alone(OrderedParts.of(chain, 1), of("x"), clock);

        assertThat(outcome.failure()).isEmpty();
        assertThat(outcome.parts()).extracting(Part::text).containsExactly("givenbc");
        assertThat(outcome.reserved())
                .extracting(Part::text)
                .containsExactly("An unexpected error occurred: ValueError('inner')");
    }

    @Test
    void memberThatSwallowsAFailureFurtherDown_cannotHideIt() throws Exception {
        PartProcessor swallowing = Steps.parts((part, context) -> {
            try {
                context.emit(part);
            } catch (InterruptedException e) {
                // What an author must not do.
            }
        });
        PartProcessor failing = Steps.parts((part, context) -> {
            throw new ValueError("late");
        });

        OneStage.Outcome outcome =
                OneStage.alone(OrderedParts.of(PartChain.of(swallowing, failing), 1), of("x"), clock);

        assertThat(outcome.failure()).extracting(Failure::message).containsExactly("late");
    }

    @Test
    void badParts_areReported_andTheRestGoesOn() throws Exception {
        PartProcessor picky = Steps.parts((part, context) -> {
            if (part.text().equals("2")) {
                throw new PartException(Failure.of("BAD", "two is bad", "Leave it out."));
            }
            context.emit(part);
        });

        for (int inFlight : new int[] {1, 4}) {
            OneStage.Outcome outcome = OneStage.alone(OrderedParts.of(picky, inFlight), Steps.numbered(5), clock);

            assertThat(outcome.parts()).extracting(Part::text).containsExactly("0", "1", "3", "4");
            assertThat(outcome.bad()).extracting(Failure::code).containsExactly("BAD");
        }
    }

    @Test
    void usage_ofForkedCalls_addsUp() throws Exception {
        OneStage.Collected context = new OneStage.Collected(clock);
        PartProcessor spending = Steps.parts((part, to) -> to.spend(new Usage(1, 2, 3)));
        Iterator<Part> rest = Steps.numbered(200).iterator();

        OrderedParts.of(PartParallel.of(spending, spending), 20)
                .run(() -> rest.hasNext() ? rest.next() : null, context);

        assertThat(context.usage).isEqualTo(new Usage(400, 800, 1200));
    }

    @Test
    void close_reachesEveryMemberOnce() throws Exception {
        AtomicInteger closed = new AtomicInteger();
        PartProcessor one = Steps.closing((part, context) -> context.emit(part), closed);
        PartProcessor two = Steps.closing((part, context) -> context.emit(part), closed);
        PartProcessor three = Steps.closing((part, context) -> context.emit(part), closed);
        PartSwitch choice = PartSwitch.cases()
                .when(Part::isText, three)
                .when(Part::isImage, three)
                .build();

        StreamChain.of(PartChain.of(one, PartParallel.of(two)), ParallelConcat.of(choice))
                .close();

        assertThat(closed).hasValue(3);
    }

    @Test
    void close_ofMembersThatFail_reachesTheOthers() {
        AtomicInteger closed = new AtomicInteger();
        PartProcessor failing = new PartProcessor() {
            @Override
            protected void process(Part part, io.partflow.engine.processor.PartContext context) {}

            @Override
            public void close() throws Exception {
                throw new ValueError("close");
            }
        };

        assertThatThrownBy(() -> PartChain.of(failing, failing, Steps.closing((part, context) -> {}, closed))
                        .close())
                .hasMessage("close")
                .satisfies(thrown -> assertThat(thrown.getSuppressed()).hasSize(1));
        assertThat(closed).hasValue(1);
    }

    @Test
    void parallel_whoseOnlyResultsAreReserved_fallsBack() throws Exception {
        PartProcessor status = Steps.parts((part, context) -> context.emit(part.withSubstream("status")));
        for (PartParallel.Work work : PartParallel.Work.values()) {
            PartParallel parallel = PartParallel.of(List.of(status, status), Passthrough.FALLBACK, work);

            OneStage.Outcome outcome = OneStage.alone(OrderedParts.of(parallel, 1), of("a"), clock);

            assertThat(outcome.parts()).extracting(Part::text).containsExactly("a");
            assertThat(outcome.reserved()).hasSize(2);
        }
    }

    @Test
    void partSwitch_choosesTheFirstCase_andDropsTheRest() throws Exception {
        PartSwitch choice = PartSwitch.on(Part::substream)
                .is("a", Steps.append("1"))
                .when(name -> name.length() < 2, Steps.append("2"))
                .build();
        List<Part> input = List.of(
                Part.text("x").withSubstream("a"),
                Part.text("y").withSubstream("b"),
                Part.text("z").withSubstream("long"));

        assertThat(texts(OrderedParts.of(choice, 4), input)).containsExactly("x1", "y2");
        assertThat(texts(
                        OrderedParts.of(
                                PartSwitch.on(Part::substream)
                                        .is("a", Steps.append("1"))
                                        .otherwise(Steps.append("3"))
                                        .build(),
                                4),
                        input))
                .containsExactly("x1", "y3", "z3");
    }

    @Test
    void caseBehindTheDefault_isRefused() {
        assertThatThrownBy(() -> PartSwitch.cases().otherwise(Steps.append("1")).when(Part::isText, Steps.append("2")))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> PartSwitch.cases().otherwise(Steps.append("1")).otherwise(Steps.append("2")))
                .isInstanceOf(IllegalStateException.class);
        OrderedParts shared = OrderedParts.of(Steps.append("1"), 1);
        assertThatThrownBy(() -> StreamSwitch.cases(Bounds.DEFAULT)
                        .when(Part::isText, shared)
                        .otherwise(shared)
                        .build())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void streamSwitch_keepsTheOrderWithinEachCase() throws Exception {
        StreamSwitch choice = StreamSwitch.on(part -> Integer.parseInt(part.text()) % 3, new Bounds(2, 2, 1))
                .is(0, OrderedParts.of(Steps.append("a"), 2))
                .is(1, StreamChain.of(Steps.append("b"), Steps.copy()))
                .build();

        List<String> results = texts(choice, Steps.numbered(300));

        assertThat(results).hasSize(200);
        for (String tail : List.of("a", "b")) {
            int rest = tail.equals("a") ? 0 : 1;
            assertThat(results.stream().filter(text -> text.endsWith(tail)))
                    .containsExactlyElementsOf(Steps.numbers(300).stream()
                            .filter(number -> Integer.parseInt(number) % 3 == rest)
                            .map(number -> number + tail)
                            .toList());
        }
    }

    @Test
    void preambleOfAFactory_isAskedWhenTheStreamStarts() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Preamble preamble = new Preamble(() -> Content.of(Part.text("asked " + asked.incrementAndGet())));
        assertThat(asked).hasValue(0);

        assertThat(texts(preamble, of("a"))).containsExactly("asked 1", "a");
        assertThat(texts(new Suffix(() -> Content.of(Part.text("asked " + asked.incrementAndGet()))), of("a")))
                .containsExactly("a", "asked 2");
    }

    @Test
    void errorsAsParts_ofAStream_endItWithAStatus() throws Exception {
        var failing = Steps.stream((input, context) -> {
            context.emit(Part.text("first"));
            throw new ValueError("broken");
        });

        OneStage.Outcome outcome = OneStage.alone(ErrorsAsParts.of(failing), Steps.numbered(10), clock);

        assertThat(outcome.failure()).isEmpty();
        assertThat(outcome.parts()).extracting(Part::text).containsExactly("first");
        assertThat(outcome.reserved())
                .extracting(Part::text, Part::mimeType, Part::substream)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(
                        "An unexpected error occurred: ValueError('broken')", "text/x-exception", "status"));
    }

    @Test
    void reservedParts_goPastAllMembers() throws Exception {
        List<Part> input = List.of(
                Part.text("a"),
                Part.text("b").withSubstream("status"),
                Part.text("c").withSubstream("debug:1"));
        for (var processor : List.of(
                OrderedParts.of(Steps.append("!"), 1),
                OrderedParts.of(PartSwitch.cases().otherwise(Steps.append("!")).build(), 3),
                OrderedParts.of(PartChain.of(Steps.append("!"), new PartFilter(part -> true)), 3),
                StreamChain.of(OrderedParts.of(Steps.append("!"), 1), Steps.copy()),
                StreamSwitch.cases(Bounds.DEFAULT)
                        .otherwise(OrderedParts.of(Steps.append("!"), 1))
                        .build(),
                ParallelConcat.of(Steps.append("!")))) {
            OneStage.Outcome outcome = OneStage.alone(processor, input, clock);

            assertThat(outcome.parts()).extracting(Part::text).containsExactly("a!");
            assertThat(outcome.reserved()).extracting(Part::text).containsExactly("b", "c");
        }
    }

    @Test
    void sourcesSinksAndEmptyCombinations_areRefused() {
        PartSource source = new PartSource() {
            @Override
            protected void produce(SourceContext context) {}
        };
        assertThatThrownBy(() -> StreamChain.of(source)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(StreamChain::of).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(ParallelConcat::of).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> OrderedParts.of(Steps.append(""), 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Bounds(0, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void splitMergeAndConcat_ofStreams_keepEveryPart() throws Exception {
        try (Crew crew = new Crew("test", new OneStage.Collected(clock))) {
            OneStage.Collected concat = new OneStage.Collected(clock);
            crew.drain(crew.concat(List.of(stream(50), stream(3)), 2), concat);
            assertThat(concat.texts()).hasSize(53).startsWith("0", "1").endsWith("49", "0", "1", "2");

            OneStage.Collected merged = new OneStage.Collected(clock);
            List<PartStream> copies = crew.split(stream(40), 3, 2);
            crew.drain(crew.merge(copies, 2, MergeEnd.ALL), merged);
            assertThat(merged.texts()).hasSize(120);
            assertThat(merged.texts().stream().distinct().toList())
                    .as("each copy is in order, so first sights are too")
                    .containsExactlyElementsOf(Steps.numbers(40));

            OneStage.Collected none = new OneStage.Collected(clock);
            crew.drain(crew.merge(List.of(), 2, MergeEnd.ALL), none);
            assertThat(none.texts()).isEmpty();
            PartStream one = stream(1);
            assertThat(crew.split(one, 1, 2)).containsExactly(one);
            assertThatThrownBy(() -> crew.split(one, 0, 2)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static PartStream stream(int count) {
        Iterator<Part> parts = Steps.numbered(count).iterator();
        return () -> parts.hasNext() ? parts.next() : null;
    }

    @ParameterizedTest
    @ValueSource(strings = {"chain", "switch", "branches", "ordered"})
    void whatWaitsInside_isCountedUntilItIsTaken(String combinator) throws Exception {
        OneStage.Collected context = new OneStage.Collected(clock);
        List<Part> input = Steps.numbered(20);
        long all = input.stream().mapToLong(Part::sizeBytes).sum();
        Processor waits = Steps.stream((stream, to) -> {
            while (context.heldBytes.get() < all) {
                Thread.onSpinWait();
            }
            Steps.copy(stream, to);
        });
        PartProcessor waitsForAll = Steps.parts((part, to) -> {
            while (context.heldBytes.get() < all
                    && part.text().equals(input.getFirst().text())) {
                Thread.onSpinWait();
            }
            to.emit(part);
        });
        Processor tried = switch (combinator) {
            case "chain" -> StreamChain.of(Steps.copy(), waits);
            case "switch" -> StreamSwitch.cases(Bounds.DEFAULT).otherwise(waits).build();
            case "branches" -> ParallelConcat.of(List.of(waits, Steps.copy()), Bounds.DEFAULT);
            default -> OrderedParts.of(waitsForAll, 20);
        };
        var rest = input.iterator();

        tried.run(() -> rest.hasNext() ? rest.next() : null, context);

        assertThat(context.all).hasSize(combinator.equals("branches") ? 40 : 20);
        assertThat(context.heldBytes).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"chain", "ordered"})
    void whatWaitsInside_isNotCountedAfterAFailure(String combinator) {
        OneStage.Collected context = new OneStage.Collected(clock);
        PartProcessor failing = Steps.parts((part, to) -> {
            if (part.text().equals("7")) {
                throw new ValueError("seven");
            }
            to.emit(part);
        });
        Processor tried = combinator.equals("chain")
                ? StreamChain.of(Steps.copy(), failing, Steps.copy())
                : OrderedParts.of(failing, 20);
        var rest = Steps.numbered(50).iterator();

        assertThatThrownBy(() -> tried.run(() -> rest.hasNext() ? rest.next() : null, context))
                .isInstanceOf(ValueError.class);
        assertThat(context.heldBytes).hasValue(0);
    }
}

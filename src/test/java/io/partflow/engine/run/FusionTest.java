package io.partflow.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.content.Delivery;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.Substream;
import io.partflow.engine.processor.ProcessorDescriptor.Kind;
import io.partflow.engine.processor.ProcessorDescriptor.Work;
import io.partflow.engine.stream.StreamClock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Neighbouring cheap stages are one loop; what can be seen of them stays what it is for stages of their
/// own.
@Timeout(20)
class FusionTest {
    private static final List<String> TEXTS = List.of("a", "b", "c", "d", "e");
    private final CacheRoom caches = new CacheRoom(StreamClock.system());
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final List<String> taken = Collections.synchronizedList(new ArrayList<>());

    private StagePlan part(String id, Work work, Plans.Work1 does) {
        return Plans.stage(
                id,
                Kind.PART,
                work,
                () -> Plans.processor((part, context) -> {
                    threads.add(Thread.currentThread());
                    does.on(part, context);
                }),
                null);
    }

    private RunSnapshot run(List<StagePlan> between) throws InterruptedException {
        List<StagePlan> stages = new ArrayList<>();
        stages.add(Plans.source(TEXTS));
        stages.addAll(between);
        stages.add(Plans.sink());
        RunOptions options = RunOptions.DEFAULT.withTap((node, delivery) -> taken.add(said(node, delivery)));
        try (Run run = Run.start(Plans.plan(stages), caches, options)) {
            return run.await();
        }
    }

    private static String said(String node, Delivery delivery) {
        return node + ":" + delivery.part().text();
    }

    private RunSnapshot chain(Work work) throws InterruptedException {
        return run(List.of(
                part("twice", work, (part, context) -> {
                    context.emit(part);
                    context.emit(part);
                }),
                part("without-b", work, (part, context) -> {
                    if (!part.text().equals("b")) {
                        context.emit(part);
                    }
                }),
                part("loud", work, (part, context) -> context.emit(Part.text(part.text() + "!")))));
    }

    @Test
    void cheapStages_areOneLoop_withTheCountsAndOrderOfStagesOfTheirOwn() throws Exception {
        RunSnapshot fused = chain(Work.INLINE);
        assertThat(threads).hasSize(1);
        List<String> fusedOut = List.copyOf(taken);
        taken.clear();
        RunSnapshot apart = chain(Work.BLOCKING);

        assertThat(fusedOut).containsExactlyElementsOf(taken);
        assertThat(fused.status()).isEqualTo(RunStatus.COMPLETED);
        for (NodeSnapshot node : fused.nodes()) {
            NodeSnapshot other = apart.node(node.id()).orElseThrow();
            assertThat(List.of(node.partsIn(), node.partsOut(), node.unrouted(), node.failures()))
                    .as(node.id())
                    .isEqualTo(List.of(other.partsIn(), other.partsOut(), other.unrouted(), other.failures()));
            assertThat(node.state()).as(node.id()).isEqualTo(StageState.DONE);
            assertThat(node.lastPart()).as(node.id()).isEqualTo(other.lastPart());
        }
        assertThat(fused.wires().stream().map(WireSnapshot::parts).toList())
                .isEqualTo(apart.wires().stream().map(WireSnapshot::parts).toList());
    }

    @Test
    void badPart_countsAtTheStageThatThrew_andTheEarlierOneGoesOn() throws Exception {
        RunSnapshot end = run(List.of(
                part("first", Work.INLINE, (part, context) -> {
                    context.emit(part);
                    context.emit(Part.text(part.text() + "2"));
                }),
                part("second", Work.INLINE, (part, context) -> {
                    if (part.text().equals("c")) {
                        throw new IllegalArgumentException("not c");
                    }
                    context.emit(part);
                })));

        assertThat(end.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(end.node("first").orElseThrow().failures()).isZero();
        assertThat(end.node("second").orElseThrow().failures()).isEqualTo(1);
        assertThat(taken).contains("to:c2").doesNotContain("to:c");
        assertThat(end.recentFailures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.node()).isEqualTo("second"));
    }

    @Test
    void error_inALaterStage_endsTheRunAndNamesThatStage() throws Exception {
        RunSnapshot end = run(List.of(
                part("first", Work.INLINE, (part, context) -> context.emit(part)),
                part("second", Work.INLINE, (part, context) -> {
                    throw new StackOverflowError("too deep");
                })));

        assertThat(end.status()).isEqualTo(RunStatus.FAILED);
        assertThat(end.node("first").orElseThrow().failures()).isZero();
        assertThat(end.node("second").orElseThrow().state()).isEqualTo(StageState.FAILED);
        assertThat(end.recentFailures().getLast().node()).isEqualTo("second");
    }

    @Test
    void stageThatCannotBeBuilt_isNamed() throws Exception {
        RunSnapshot end = run(List.of(
                part("first", Work.INLINE, (part, context) -> context.emit(part)),
                Plans.stage(
                        "second",
                        Kind.PART,
                        Work.INLINE,
                        () -> {
                            throw new IllegalStateException("no");
                        },
                        null)));

        assertThat(end.status()).isEqualTo(RunStatus.FAILED);
        assertThat(end.recentFailures().getLast().node()).isEqualTo("second");
    }

    @Test
    void reservedParts_reachNoLaterStage() throws Exception {
        RunSnapshot end = run(List.of(
                part("first", Work.INLINE, (part, context) -> context.emit(part.withSubstream(Substream.DEBUG))),
                part("second", Work.INLINE, (part, context) -> context.emit(part))));

        assertThat(end.node("second").orElseThrow().partsIn()).isZero();
        assertThat(taken).hasSize(TEXTS.size()).allMatch(said -> said.startsWith("from:"));
    }
}

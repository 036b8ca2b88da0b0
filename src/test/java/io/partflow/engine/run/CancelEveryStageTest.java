package io.partflow.engine.run;

import static io.partflow.engine.run.Plans.plan;
import static io.partflow.engine.run.Plans.processor;
import static io.partflow.engine.run.Plans.sink;
import static io.partflow.engine.run.Plans.source;
import static io.partflow.engine.run.Plans.stage;
import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.content.Delivery;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartSink;
import io.partflow.engine.processor.PartSource;
import io.partflow.engine.processor.PartStream;
import io.partflow.engine.processor.Processor;
import io.partflow.engine.processor.ProcessorDescriptor.Kind;
import io.partflow.engine.processor.ProcessorDescriptor.Work;
import io.partflow.engine.processor.SourceContext;
import io.partflow.engine.stream.RunScope;
import io.partflow.engine.stream.StreamClock;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever a stage is doing, the signal to cancel ends it: here each waits for something that never comes, so that
/// nothing but the signal can.
@Timeout(60)
class CancelEveryStageTest {
    /// Where the run hangs.
    enum Hanging {
        SOURCE,
        MODEL,
        CACHED_MODEL,
        CPU_STEP,
        INLINE_STEP,
        STREAM,
        SINK
    }

    private final CountDownLatch hanging = new CountDownLatch(1);
    private final CountDownLatch never = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);

    private void hang() throws InterruptedException {
        hanging.countDown();
        try {
            never.await();
        } catch (InterruptedException e) {
            interrupted.countDown();
            throw e;
        }
    }

    private List<StagePlan> chain(Hanging where) {
        StagePlan texts = source(Collections.nCopies(100, "x"));
        return switch (where) {
            case SOURCE ->
                List.of(
                        stage(
                                "from",
                                Kind.SOURCE,
                                Work.BLOCKING,
                                () -> new PartSource() {
                                    @Override
                                    protected void produce(SourceContext context) throws InterruptedException {
                                        hang();
                                    }
                                },
                                null),
                        sink());
            case MODEL -> List.of(texts, stage("work", Kind.PART, Work.BLOCKING, this::step, null), sink());
            case CACHED_MODEL ->
                List.of(texts, stage("work", Kind.PART, Work.BLOCKING, this::step, CacheSettings.DEFAULT), sink());
            case CPU_STEP -> List.of(texts, stage("work", Kind.PART, Work.CPU, this::step, null), sink());
            case INLINE_STEP -> List.of(texts, stage("work", Kind.PART, Work.INLINE, this::step, null), sink());
            case STREAM ->
                List.of(
                        texts,
                        stage(
                                "work",
                                Kind.STREAM,
                                Work.INLINE,
                                () -> new Processor() {
                                    @Override
                                    protected void process(PartStream input, PartContext context) throws Exception {
                                        hang();
                                    }
                                },
                                null),
                        sink());
            case SINK ->
                List.of(
                        texts,
                        stage(
                                "to",
                                Kind.SINK,
                                Work.BLOCKING,
                                () -> new PartSink() {
                                    @Override
                                    protected void accept(Delivery delivery, PartContext context)
                                            throws InterruptedException {
                                        hang();
                                    }
                                },
                                null));
        };
    }

    private io.partflow.engine.processor.PartProcessor step() {
        return processor((Part part, PartContext context) -> hang());
    }

    @ParameterizedTest
    @EnumSource
    void cancel_endsWhateverHangs(Hanging where) throws Exception {
        try (Run run = Run.start(plan(chain(where)), new CacheRoom(StreamClock.system()), RunOptions.DEFAULT)) {
            hanging.await();

            run.cancel();
            RunSnapshot end = run.await();

            interrupted.await();
            assertThat(end.status()).isEqualTo(RunStatus.CANCELLED);
            assertThat(end.memory().inFlightBytes()).isZero();
            assertThat(end.failures()).isZero();
        }
        assertThat(RunScope.openScopes()).isZero();
    }
}

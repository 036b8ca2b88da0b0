package io.partflow.engine.run;

import static io.partflow.engine.run.Plans.plan;
import static io.partflow.engine.run.Plans.processor;
import static io.partflow.engine.run.Plans.sink;
import static io.partflow.engine.run.Plans.source;
import static io.partflow.engine.run.Plans.stage;
import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.cache.Outcome;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartSource;
import io.partflow.engine.processor.PartStream;
import io.partflow.engine.processor.Processor;
import io.partflow.engine.processor.ProcessorDescriptor.Kind;
import io.partflow.engine.processor.ProcessorDescriptor.Work;
import io.partflow.engine.processor.SourceContext;
import io.partflow.engine.stream.ManualClock;
import io.partflow.engine.stream.StreamPace;
import io.partflow.engine.stream.Waiting;
import io.partflow.engine.trace.PartSpan;
import io.partflow.engine.trace.ReplayTape;
import io.partflow.engine.trace.SpanRecorder.Watch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What runs tell of single parts while somebody looks.
@Timeout(20)
class RunSpansTest {
    private static final StreamPace.Start STEPPING =
            new StreamPace.Start(new StreamPace.Seek.ToMoment(0), StreamPace.Start.Mode.STEPPING);

    private final ManualClock clock = new ManualClock();

    /// Looks from the second part on, because a run starts before anybody can ask it anything.
    ///
    /// @param results how many parts become of one
    private Run watched(StagePlan work, int results) throws Exception {
        Run run = Run.start(
                plan(List.of(source(List.of("zero", "one", "two", "one", "bad")), work, sink())),
                new CacheRoom(clock),
                RunOptions.DEFAULT.withClock(clock).withStart(STEPPING));
        Waiting.until("the first part is through", () -> run.snapshot().partsOut() >= results);
        run.watchSpans(Watch.ON);
        run.resume();
        run.await();
        return run;
    }

    private static io.partflow.engine.processor.PartProcessor slow(ManualClock clock) {
        return processor((part, context) -> {
            if (part.text().equals("bad")) {
                throw new IllegalArgumentException("bad part");
            }
            clock.advanceMillis(5);
            context.emit(part);
            context.emit(part);
        });
    }

    @Test
    void partStage_tellsLookupsAnswersAndWork() throws Exception {
        try (Run run = watched(stage("work", Kind.PART, Work.INLINE, () -> slow(clock), CacheSettings.DEFAULT), 2)) {
            List<PartSpan> spans = run.spans("work").spans();
            assertThat(spans).extracting(PartSpan::preview).containsExactly("one", "two", "one", "bad");
            assertThat(spans)
                    .extracting(PartSpan::outcome)
                    .containsExactly(Outcome.MISS, Outcome.MISS, Outcome.HIT, null);
            assertThat(spans).extracting(PartSpan::emitted).containsExactly(2, 2, 2, 0);
            assertThat(spans).extracting(PartSpan::key).doesNotContainNull();
            assertThat(spans.get(2).key())
                    .isEqualTo(spans.get(0).key())
                    .isNotEqualTo(spans.get(1).key());
            assertThat(spans.getFirst().makeNanos()).isEqualTo(5_000_000);
            assertThat(spans.get(2).makeNanos()).isNull();
            assertThat(spans.getFirst().lookupNanos()).isNotNull();
            assertThat(spans.getLast().end()).isEqualTo(PartSpan.End.FAILED);
            assertThat(spans).allSatisfy(span -> assertThat(span.queuedNanos()).isNotNull());
        }
    }

    @Test
    void sideBySideStage_sourceAndSink_tellSpansToo() throws Exception {
        try (Run run = watched(stage("work", Kind.PART, Work.BLOCKING, () -> slow(clock), null), 2)) {
            assertThat(run.spans("work").seen()).isEqualTo(4);
            assertThat(run.spans("from").spans()).extracting(PartSpan::emitted).containsOnly(1);
            assertThat(run.spans("from").spans().getLast().preview()).isEqualTo("bad");
            assertThat(run.spans("to").seen()).isEqualTo(6);
        }
    }

    @Test
    void reservedPartOfASource_hasASpan_andIsRecorded(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("x.parts.jsonl");
        StagePlan from = stage(
                "from",
                Kind.SOURCE,
                Work.BLOCKING,
                () -> new PartSource() {
                    @Override
                    protected void produce(SourceContext context) throws Exception {
                        context.emit(Part.text("first"));
                        context.emit(Part.text("aside").withSubstream("status"));
                        context.emit(Part.text("last"));
                    }
                },
                null);
        try (Run run = Run.start(
                plan(List.of(from, sink())),
                new CacheRoom(clock),
                RunOptions.DEFAULT.withClock(clock).withStart(STEPPING).withRecordTo(file))) {
            Waiting.until("the first part is through", () -> run.snapshot().partsOut() >= 1);
            run.watchSpans(Watch.ON);
            run.resume();
            run.await();

            assertThat(run.spans("from").spans()).extracting(PartSpan::preview).containsExactly("aside", "last");
            assertThat(run.spans("to").spans()).extracting(PartSpan::preview).containsExactly("last");
        }
        List<String> recorded = new ArrayList<>();
        try (ReplayTape tape = ReplayTape.open(file, "", 1 << 20)) {
            for (var part = tape.next(); part != null; part = tape.next()) {
                recorded.add(part.part().substream() + "/" + part.part().text());
            }
        }
        assertThat(recorded).containsExactly("/first", "status/aside", "/last");
    }

    @Test
    void streamStage_spansFromReadToRead() throws Exception {
        Processor pairs = new Processor() {
            @Override
            protected void process(PartStream in, PartContext context) throws Exception {
                for (Part part = in.next(); part != null; part = in.next()) {
                    clock.advanceMillis(3);
                    context.emit(part);
                }
            }
        };
        try (Run run = watched(stage("work", Kind.STREAM, Work.INLINE, () -> pairs, null), 1)) {
            List<PartSpan> spans = run.spans("work").spans();
            assertThat(spans).extracting(PartSpan::preview).containsExactly("one", "two", "one", "bad");
            assertThat(spans.getFirst().makeNanos()).isEqualTo(3_000_000);
        }
    }

    @Test
    void run_thatNobodyLooksAt_keepsNoSpan() throws Exception {
        try (Run run = Run.start(
                plan(List.of(source(List.of("a")), sink())),
                new CacheRoom(clock),
                RunOptions.DEFAULT.withClock(clock))) {
            run.await();
            assertThat(run.spans("to").seen()).isZero();
        }
    }
}

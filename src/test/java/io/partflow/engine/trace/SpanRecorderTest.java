package io.partflow.engine.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.Outcome;
import io.partflow.engine.content.ContentHash;
import io.partflow.engine.content.Part;
import io.partflow.engine.trace.SpanRecorder.OpenSpan;
import io.partflow.engine.trace.SpanRecorder.Watch;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SpanRecorderTest {
    private final AtomicLong now = new AtomicLong();
    private final SpanRecorder recorder = new SpanRecorder(now::get);

    private static Part part(String text) {
        return Part.text(text);
    }

    private OpenSpan begin(Part part) {
        return Objects.requireNonNull(recorder.begin("answer", part));
    }

    @Test
    void span_hasEveryMomentAndWhatLiesBetween() {
        recorder.watch(Watch.ON);
        Part part = part("what\n is this");
        now.set(100);
        recorder.entered(part);
        now.set(250);
        OpenSpan span = begin(part);
        now.set(260);
        span.lookedUp();
        now.set(900);
        span.lookedUp();
        span.emitted(40);
        span.made();
        CacheKey key = new CacheKey("p:", ContentHash.ofText("what"));
        span.keyed(key);
        span.answered(Outcome.MISS);
        now.set(910);
        span.end(span.outcome(), PartSpan.End.DONE);

        assertThat(recorder.spans("answer").spans())
                .containsExactly(new PartSpan(
                        1,
                        "text/plain",
                        "what is this",
                        17,
                        100L,
                        250,
                        260L,
                        Outcome.MISS,
                        key,
                        900L,
                        1,
                        40,
                        910,
                        PartSpan.End.DONE));
        PartSpan read = recorder.spans("answer").spans().getFirst();
        assertThat(read.queuedNanos()).isEqualTo(150);
        assertThat(read.lookupNanos()).isEqualTo(10);
        assertThat(read.makeNanos()).isEqualTo(600);
        assertThat(read.totalNanos()).isEqualTo(810);
    }

    @Test
    void spanWithoutCache_hasNoLookup_andWithoutStamp_noWait() {
        recorder.watch(Watch.ON);
        OpenSpan span = begin(part("a"));
        span.lookedUp();
        now.set(7);
        span.made();
        span.end(null, PartSpan.End.FAILED);

        PartSpan read = recorder.spans("answer").spans().getFirst();
        assertThat(read.queuedNanos()).isNull();
        assertThat(read.lookupNanos()).isNull();
        assertThat(read.makeNanos()).isEqualTo(7);
        assertThat(read.totalNanos()).isEqualTo(7);
    }

    @Test
    void ring_keepsTheLast_andCountsWhatItDrops() {
        recorder.watch(Watch.ON);
        for (int i = 1; i <= SpanRecorder.SPANS_PER_NODE + 100; i++) {
            begin(part("p" + i)).end(null, PartSpan.End.DONE);
        }

        SpanRecorder.Spans spans = recorder.spans("answer");
        assertThat(spans.spans()).hasSize(SpanRecorder.SPANS_PER_NODE);
        assertThat(spans.spans().getFirst().number()).isEqualTo(101);
        assertThat(spans.seen()).isEqualTo(SpanRecorder.SPANS_PER_NODE + 100);
        assertThat(spans.dropped()).isEqualTo(100);
        assertThat(recorder.spans("nobody")).isEqualTo(SpanRecorder.Spans.NONE);
    }

    @Test
    void nothing_isRecordedWhileNobodyLooks_andWhatWasStaysUntilSomebodyLooksAgain() {
        recorder.entered(part("a"));
        assertThat(recorder.begin("answer", part("a"))).isNull();
        recorder.watch(Watch.ON);
        begin(part("b")).end(null, PartSpan.End.DONE);
        recorder.watch(Watch.ON);
        assertThat(recorder.spans("answer").seen()).isEqualTo(1);

        recorder.watch(Watch.OFF);
        assertThat(recorder.isOn()).isFalse();
        assertThat(recorder.begin("answer", part("c"))).isNull();
        assertThat(recorder.spans("answer").seen()).isEqualTo(1);

        recorder.watch(Watch.ON);
        assertThat(recorder.spans("answer").seen()).isZero();
    }

    @Test
    void previews_areShort_andDoNotCutACharacter() {
        recorder.watch(Watch.ON);
        begin(part("x".repeat(79) + "\uD83D\uDE00 and more")).end(null, PartSpan.End.DONE);
        begin(Part.blob(new byte[] {1}, "image/png")).end(null, PartSpan.End.DONE);

        assertThat(recorder.spans("answer").spans().getFirst().preview()).isEqualTo("x".repeat(79));
        assertThat(recorder.spans("answer").spans().get(1).preview()).isEmpty();
    }
}

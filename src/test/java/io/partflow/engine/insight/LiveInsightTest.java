package io.partflow.engine.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.cache.CacheAccess;
import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.cache.ContentCache;
import io.partflow.engine.content.ContentHash;
import io.partflow.engine.content.Part;
import io.partflow.engine.insight.curve.Policy;
import io.partflow.engine.insight.curve.Zipf;
import io.partflow.engine.insight.why.MissCause;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.stream.ManualClock;
import io.partflow.engine.stream.StreamClock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveInsightTest {
    private final ManualClock clock = new ManualClock();
    private final CacheRoom room = new CacheRoom(clock);
    private final LiveInsight live = LiveInsight.watching(room, clock);
    private int asked;

    @AfterEach
    void close() {
        live.close();
        room.close();
    }

    private void ask(String text) {
        ContentCache cache = room.cache("n", "p", WatchedCache.lru(20));
        try {
            cache.request(
                    new ContentCache.Question(
                            new CacheKey("pf1:p@1:0:", ContentHash.ofText(text)), List.of(Part.text(text)), List.of()),
                    part -> {},
                    out -> {
                        clock.advanceMillis(3);
                        out.emit(Part.text("answer to " + text));
                        return Usage.NONE;
                    },
                    CacheAccess.FULL);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        asked++;
    }

    private void askMany() {
        Zipf zipf = new Zipf(100, 0.7, 3);
        for (int i = 0; i < 1_000; i++) {
            ask("question " + zipf.next());
        }
    }

    @Test
    void snapshot_ofRequests_holdsNumbersAndAnalyses() {
        askMany();
        InsightSnapshot.OfNode node = live.refresh().node("n").orElseThrow();
        NodeAnalysis analysis = node.analysis();

        assertThat(node.insight().counters().requests()).isEqualTo(asked);
        assertThat(analysis.requests()).isEqualTo(asked);
        assertThat(analysis.rules()).contains("size");
        double lru = analysis.policies().get(Policy.LRU).hitRatioAt(20);
        assertThat(lru).isEqualTo(node.insight().counters().hitRatio().orElseThrow());
        assertThat(analysis.policies().get(Policy.OPTIMAL).hitRatioAt(20)).isGreaterThan(lru);
        assertThat(analysis.regrets().count()).isPositive();
        assertThat(analysis.regrets().costliest())
                .hasSize(20)
                .allSatisfy(each -> assertThat(each.key()).startsWith("pf1:p@1:0:"));
        assertThat(analysis.lifetimes().getLast().ttlMillis()).isZero();
        assertThat(analysis.lifetimes().getLast().hitsLost()).isZero();
        assertThat(live.latest().explanations())
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.cause())
                        .isInstanceOfAny(
                                MissCause.FirstTime.class, MissCause.Evicted.class, MissCause.ChangedContent.class));
    }

    @Test
    void snapshots_areTakenWhileSomebodyAsks_atTheirPace() {
        ask("a");
        live.step();
        assertThat(live.latest()).isEqualTo(InsightSnapshot.NONE);
        live.step();
        assertThat(live.latest().number()).isEqualTo(1);
        clock.advance(java.time.Duration.ofNanos(LiveInsight.SNAPSHOT_NANOS - 1));
        live.step();
        assertThat(live.latest().number()).isEqualTo(1);
        clock.advanceMillis(1);
        live.step();
        assertThat(live.latest().number()).isEqualTo(2);

        clock.advanceMillis(TimeUnit.NANOSECONDS.toMillis(LiveInsight.WANTED_NANOS) + 1);
        live.step();
        assertThat(live.latest().number()).isEqualTo(2);
    }

    @Test
    void analyses_ofNothingNew_areNotMadeAgain() {
        askMany();
        var unused = live.latest();
        live.step();
        long first = live.latest().node("n").orElseThrow().analysis().atMillis();
        clock.advanceMillis(6_000);
        unused = live.latest();
        live.step();
        assertThat(live.latest().node("n").orElseThrow().analysis().atMillis()).isEqualTo(first);
        ask("something new");
        live.step();
        clock.advanceMillis(500);
        unused = live.latest();
        live.step();
        assertThat(live.latest().node("n").orElseThrow().analysis().atMillis()).isGreaterThan(first);
        assertThat(live.latest().node("n").orElseThrow().analysis().requests()).isEqualTo(asked);
    }

    @Test
    void startOver_forgetsWhatHasHappenedAndWatchesOn() {
        askMany();
        assertThat(live.refresh().nodes()).hasSize(1);
        live.startOver();
        assertThat(live.latest()).isEqualTo(InsightSnapshot.NONE);
        assertThat(live.refresh().nodes()).isEmpty();
        ask("question 1");
        ask("question 1");
        assertThat(live.refresh().node("n").orElseThrow().insight().byItems().accesses())
                .isEqualTo(2);
    }

    @Test
    void close_ofOneThatWasReplaced_leavesTheOtherWatching() {
        try (CacheInsight first = CacheInsight.of(room, clock);
                CacheInsight second = CacheInsight.of(room, clock)) {
            first.close();
            ask("a");
            assertThat(second.snapshot()).hasSize(1);
            assertThat(first.snapshot()).isEmpty();
        }
    }

    @Test
    void thread_ofItsOwn_takesSnapshotsAndEnds() throws Exception {
        try (CacheRoom other = new CacheRoom(StreamClock.system());
                LiveInsight running = LiveInsight.of(other, StreamClock.system())) {
            ContentCache cache = other.cache("m", "p", CacheSettings.DEFAULT);
            cache.request(new CacheKey("", ContentHash.ofText("x")), part -> {}, out -> Usage.NONE);
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (running.latest().node("m").isEmpty() && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            assertThat(running.latest().node("m")).isPresent();
        }
    }
}

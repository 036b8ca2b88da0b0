package io.partflow.engine.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.cache.ContentCache;
import io.partflow.engine.cache.Outcome;
import io.partflow.engine.content.ContentHash;
import io.partflow.engine.content.Part;
import io.partflow.engine.insight.curve.AccessTrace;
import io.partflow.engine.insight.curve.MissRatioCurve;
import io.partflow.engine.insight.curve.TraceCurves;
import io.partflow.engine.insight.curve.Zipf;
import io.partflow.engine.insight.history.BaselineReport;
import io.partflow.engine.insight.history.CacheRequest;
import io.partflow.engine.insight.history.PriceTable;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.stream.StreamClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheInsightTest {
    @Test
    void insight_ofRequests_isExactInTheirOrder() {
        try (WatchedCache watched = new WatchedCache(WatchedCache.lru(50))) {
            AccessTrace.Builder trace = new AccessTrace.Builder();
            Zipf zipf = new Zipf(400, 0.8, 5);
            List<Integer> asked = new ArrayList<>();
            for (int i = 0; i < 5_000; i++) {
                int key = zipf.next();
                asked.add(key);
                watched.ask("text " + key);
                trace.add(key);
            }
            NodeInsight now = watched.now();
            MissRatioCurve truth = TraceCurves.lru(trace.build(), MissRatioCurve.Unit.ITEMS);

            assertThat(now.sampleRate()).isEqualTo(1);
            assertThat(now.byItems().method()).isEqualTo(MissRatioCurve.Method.EXACT);
            for (int size = 1; size <= 400; size++) {
                assertThat(now.byItems().hitRatioAt(size)).isEqualTo(truth.hitRatioAt(size), within(1e-12));
            }
            // The curve at the cache's own size is what the cache did.
            assertThat(now.byItems().hitRatioAt(50))
                    .isEqualTo(now.counters().hitRatio().orElseThrow(), within(1e-12));
            assertThat(watched.history().requests()).hasSize(5_000);
            assertThat(watched.history().hitRatio())
                    .isEqualTo(now.counters().hitRatio().orElseThrow());
            assertThat(watched.history().requests().stream()
                            .filter(CacheRequest::isServed)
                            .count())
                    .isEqualTo(now.counters().hits());
        }
    }

    /// b is asked, and answered, while a is being computed.
    @Test
    void requests_thatEndInAnotherOrder_standInTheOrderTheyWereAskedIn() {
        try (WatchedCache watched = new WatchedCache(CacheSettings.DEFAULT)) {
            List<Part> outer = List.of(Part.text("a"));
            watched.answering = input -> {
                if (input.equals(outer)) {
                    watched.ask("b");
                    watched.ask("b");
                    assertThat(watched.history().requests()).isEmpty();
                }
                return input;
            };
            watched.ask(outer);
            watched.ask("a");

            assertThat(watched.history().requests())
                    .extracting(CacheRequest::outcome)
                    .containsExactly(Outcome.MISS, Outcome.MISS, Outcome.HIT, Outcome.HIT);
            // b follows on itself, and a on two keys.
            assertThat(watched.now().byItems().hitRatioAt(1)).isEqualTo(0.25);
            assertThat(watched.now().byItems().hitRatioAt(2)).isEqualTo(0.5);
        }
    }

    @Test
    void counters_areOfWhatWasWatched() throws Exception {
        CacheRoom room = new CacheRoom(StreamClock.system());
        ContentCache cache = room.cache("n", "p", CacheSettings.DEFAULT);
        ask(cache, "before");
        try (CacheInsight insight = CacheInsight.watching(room, StreamClock.system())) {
            ask(cache, "before");
            NodeInsight now = insight.snapshot().get(0);

            assertThat(now.counters().hits()).isEqualTo(1);
            assertThat(now.counters().misses()).isZero();
            assertThat(now.byItems().accesses()).isEqualTo(1);
        }
        room.close();
    }

    @Test
    void ledger_ofServedAnswers_isTheirRecordedCost() {
        try (WatchedCache watched = new WatchedCache(CacheSettings.DEFAULT)) {
            watched.insight.price(new PriceTable(Map.of(), 3_600, 0));
            watched.ask("a");
            watched.ask("a");
            watched.ask("a");
            watched.ask("b");
            var ledger = watched.now().ledger();

            assertThat(ledger.measured().calls()).isEqualTo(2);
            assertThat(ledger.measured().timeNanos()).isEqualTo(10_000_000);
            assertThat(ledger.measured().tokensOut()).isEqualTo(40);
            // 30 millionths each, and 5 ms at a dollar a second.
            assertThat(ledger.measured().costMicroUsd()).isEqualTo(2 * (30 + 5_000));
            assertThat(ledger.spent().calls()).isEqualTo(2);
            assertThat(ledger.estimated().calls()).isZero();
            assertThat(ledger.writes()).isEqualTo(2);
        }
    }

    @Test
    void baseline_ofRequests_hasTheNamesAndThresholdsOfTheReport() {
        try (WatchedCache watched = new WatchedCache(CacheSettings.DEFAULT)) {
            watched.cache();
            watched.ask("a");
            watched.ask("a");
            watched.ask("b");
            watched.ask("a");
            assertThat(watched.now().baseline()).isInstanceOfSatisfying(BaselineReport.Measured.class, report -> {
                assertThat(report.currentHitRate()).isEqualTo(0.5);
                assertThat(report.averageHitRate()).isEqualTo((0 + 1 / 2.0 + 1 / 3.0 + 2 / 4.0) / 4, within(1e-12));
                assertThat(report.toJson().names())
                        .containsExactlyInAnyOrder(
                                "current_hit_rate",
                                "average_hit_rate",
                                "total_requests",
                                "cache_efficiency",
                                "recommendations");
            });
        }
    }

    @Test
    void thread_ofItsOwn_looksAtHitsOfManyThreadsAndEnds() throws Exception {
        CacheRoom room = new CacheRoom(StreamClock.system());
        try (CacheInsight insight = CacheInsight.of(room, StreamClock.system())) {
            ContentCache cache = room.cache("n", "p", CacheSettings.DEFAULT);
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                int seed = t;
                threads.add(Thread.ofVirtual().start(() -> {
                    Zipf zipf = new Zipf(200, 0.9, seed);
                    for (int i = 0; i < 5_000; i++) {
                        ask(cache, "k" + zipf.next());
                    }
                }));
            }
            for (Thread each : threads) {
                each.join();
            }
            NodeInsight now = insight.snapshot().get(0);
            assertThat(now.counters().requests()).isEqualTo(20_000);
            assertThat(insight.history("n").orElseThrow().requests()).hasSize(20_000);
            assertThat(now.byItems().accesses()).isEqualTo(20_000);
            long misses = insight.history("n").orElseThrow().requests().stream()
                    .filter(each -> each.outcome() == Outcome.MISS)
                    .count();
            assertThat(misses).isEqualTo(now.counters().misses());
        }
        room.close();
    }

    @Test
    void hits_fasterThanCanBeLookedAt_areSampledAndSaidToBe() {
        try (WatchedCache watched = new WatchedCache(CacheSettings.DEFAULT)) {
            ContentCache cache = watched.cache();
            for (int i = 0; i < 500; i++) {
                ask(cache, "k" + i);
            }
            Zipf zipf = new Zipf(500, 0.7, 1);
            // Nobody looks meanwhile: the buffer runs over, which the next look notices.
            for (int i = 0; i < HitBuffer.SLOTS + 1_000; i++) {
                ask(cache, "k" + zipf.next());
            }
            watched.insight.drain();
            for (int i = 0; i < 20_000; i++) {
                ask(cache, "k" + zipf.next());
            }
            NodeInsight now = watched.now();

            assertThat(now.sampleRate()).isEqualTo(0.5);
            assertThat(now.byItems().method()).isEqualTo(MissRatioCurve.Method.ESTIMATE);
            assertThat(now.counters().hits()).isEqualTo(HitBuffer.SLOTS + 21_000L);
            assertThat(now.byItems().accesses()).isEqualTo(now.counters().requests());
            assertThat(now.ledger().measured().calls()
                            + now.ledger().estimated().calls())
                    .isEqualTo(now.counters().hits());
        }
    }

    private static void ask(ContentCache cache, String name) {
        try {
            cache.request(new CacheKey("", ContentHash.ofText(name)), part -> {}, out -> {
                out.emit(Part.text(name));
                return Usage.NONE;
            });
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}

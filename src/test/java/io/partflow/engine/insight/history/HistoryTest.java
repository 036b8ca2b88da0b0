package io.partflow.engine.insight.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.cache.EvictionCause;
import io.partflow.engine.cache.Outcome;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.insight.WatchedCache;
import io.partflow.engine.insight.curve.Zipf;
import io.partflow.engine.processor.Usage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HistoryTest {
    @Test
    void analytics_ofRandomRequests_areTheSeedsFormulas() {
        Random random = new Random(6);
        CacheAnalytics analytics = new CacheAnalytics();
        assertThat(analytics.report().toJson()).isEqualTo(JsonObject.of("status", JsonValue.of("no_data")));
        ArrayDeque<Double> history = new ArrayDeque<>();
        long hits = 0;
        for (int i = 1; i <= 5_000; i++) {
            boolean hit = random.nextDouble() < (i < 2_000 ? 0.2 : 0.95);
            hits += hit ? 1 : 0;
            if (hit) {
                analytics.recordHit();
            } else {
                analytics.recordMiss();
            }
            history.add(hits / (double) i);
            if (history.size() > 1_000) {
                history.remove();
            }
            double current = hits / (double) i;
            assertThat(analytics.report()).isInstanceOfSatisfying(BaselineReport.Measured.class, report -> {
                assertThat(report.currentHitRate()).isEqualTo(current);
                assertThat(report.averageHitRate())
                        .isEqualTo(
                                history.stream()
                                        .mapToDouble(each -> each)
                                        .average()
                                        .orElseThrow(),
                                within(1e-9));
                assertThat(report.cacheEfficiency())
                        .isEqualTo(current > 0.8 ? "excellent" : current > 0.6 ? "good" : "needs_improvement");
                assertThat(report.recommendations()).hasSize(current < 0.6 ? 2 : 0);
            });
        }
        assertThat(analytics.history()).containsExactlyElementsOf(history);
    }

    @Test
    void log_ofMoreRequestsThanItKeeps_hasTheLastOnes() {
        RequestLog log = new RequestLog(new LogRoom(1 << 20));
        int all = RequestLog.MOST + 1_234;
        for (int i = 0; i < all; i++) {
            log.add(i, i, Outcome.HIT, i, i, Usage.NONE, i);
        }
        List<CacheRequest> requests = log.requests();
        assertThat(requests).hasSize(RequestLog.MOST);
        for (int i = 0; i < requests.size(); i++) {
            assertThat(requests.get(i).key()).isEqualTo(all - RequestLog.MOST + i);
        }
    }

    @Test
    void prices_afterWritingAndReading_areTheSame() {
        PriceTable table = new PriceTable(Map.of(), 2.5, 0.01)
                .with("model.simulated", new PriceTable.TokenPrice(1, 4))
                .with("other", new PriceTable.TokenPrice(0, 0.5));
        assertThat(PriceTable.read(JsonObject.parse(table.toJson().toJson()))).isEqualTo(table);
        assertThat(table.microUsd("model.simulated", new Usage(1_000, 500, 0))).isEqualTo(3_000);
        assertThat(table.microUsd("unknown", new Usage(1_000, 500, 0))).isZero();
        assertThatThrownBy(() -> new PriceTable.TokenPrice(-1, 0)).hasMessageContaining("-1");
        assertThatThrownBy(() -> PriceTable.read(JsonObject.EMPTY)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ledger_ofAnswersWithoutARecordedCost_estimatesFromTheMisses() {
        Ledger ledger = new Ledger("p");
        ledger.computed(100, new Usage(1, 2, 3), PriceTable.FREE);
        ledger.computed(300, new Usage(1, 2, 5), PriceTable.FREE);
        ledger.served(50, new Usage(7, 7, 7), PriceTable.FREE);
        ledger.served(-1, Usage.NONE, PriceTable.FREE);
        Ledger.Balance balance = ledger.balance(PriceTable.FREE, 20, 30);

        assertThat(balance.measured()).isEqualTo(new Ledger.Amount(1, 50, 7, 7, 7));
        assertThat(balance.estimated()).isEqualTo(new Ledger.Amount(1, 200, 1, 2, 4));
        assertThat(balance.netNanos()).isEqualTo(50 + 200 - 20 - 30);
        ledger.holding(1L << 30, 0);
        ledger.holding(1L << 30, 3_600_000);
        assertThat(ledger.balance(new PriceTable(Map.of(), 0, 2), 0, 0).storageMicroUsd())
                .isEqualTo(2_000_000);
    }

    private static CacheHistory record(WatchedCache watched, int requests, int keys, long maxPauseMillis) {
        Random random = new Random(3);
        Zipf zipf = new Zipf(keys, 0.8, 3);
        for (int i = 0; i < requests; i++) {
            watched.clock.advanceMillis((long) (random.nextDouble() * maxPauseMillis));
            watched.ask("text " + zipf.next());
        }
        return watched.history();
    }

    @Test
    void gapsAndTimesToLive_areCountedByHand() {
        try (WatchedCache watched = new WatchedCache(CacheSettings.DEFAULT.withTtlMillis(0))) {
            CacheHistory history = record(watched, 3_000, 100, 200);
            long repetitions = history.requests().size() - history.distinct();
            assertThat(ReuseGaps.of(history).counts().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .isEqualTo(repetitions);
            for (ReuseGaps.Outlook outlook : ReuseGaps.tune(history, List.of(500L, 5_000L, 0L))) {
                long hits = 0;
                double ages = 0;
                Map<Long, Long> put = new HashMap<>();
                for (CacheRequest request : history.requests()) {
                    Long at = put.get(request.key());
                    if (at != null && (outlook.ttlMillis() == 0 || request.atMillis() - at < outlook.ttlMillis())) {
                        hits++;
                        ages += request.atMillis() - at;
                    } else {
                        put.put(request.key(), request.atMillis());
                    }
                }
                assertThat(outlook.hits()).isEqualTo(hits);
                assertThat(outlook.hitsLost()).isEqualTo(repetitions - hits);
                assertThat(outlook.meanAgeMillis()).isEqualTo(ages / hits, within(1e-9));
            }
        }
    }

    @Test
    void herd_ofEntriesPutTogether_isFoundAtTheirEnd() {
        try (WatchedCache watched = new WatchedCache(CacheSettings.DEFAULT.withTtlMillis(0))) {
            watched.computeMillis = 0;
            for (int i = 0; i < 10; i++) {
                watched.clock.advanceMillis(10_000);
                watched.ask("single " + i);
            }
            for (int i = 0; i < 30; i++) {
                watched.ask("together " + i);
            }
            CacheHistory history = watched.history();
            long start = history.requests().get(10).atMillis();
            assertThat(ReuseGaps.tune(history, List.of(60_000L)))
                    .singleElement()
                    .satisfies(outlook -> {
                        assertThat(outlook.herdMillis()).isEqualTo(start + 60_000);
                        assertThat(outlook.herd()).isEqualTo(31);
                    });
        }
    }

    @Test
    void regrets_ofAnLruCache_areItsMissesOfEvictedKeysWithWhatWasMissing() {
        try (WatchedCache watched = new WatchedCache(WatchedCache.lru(20).withTtlMillis(0))) {
            CacheHistory history = record(watched, 3_000, 100, 50);
            Regrets regrets = Regrets.of(history);
            // Every miss but the first of its key is of an entry that had to go.
            long misses =
                    history.requests().stream().filter(each -> !each.isServed()).count();
            assertThat(regrets.all()).hasSize((int) (misses - history.distinct()));
            assertThat(regrets.costNanos()).isEqualTo(regrets.all().size() * 5_000_000L);

            long more = regrets.itemsToSave(0.5);
            boolean[] larger = Replay.hits(
                    history,
                    history.policy(),
                    history.limits(WatchedCache.lru(20 + more).withTtlMillis(0)));
            boolean[] own = Replay.hits(history, history.policy(), history.limits());
            double regained = (Replay.ratio(larger) - Replay.ratio(own))
                    * larger.length
                    / regrets.all().size();
            assertThat(regained).isBetween(0.5, 0.6);
        }
    }

    @Test
    void ablation_ofAVolatileField_findsItAndItsRisk() {
        try (WatchedCache watched = new WatchedCache(WatchedCache.lru(1_000).withTtlMillis(0))) {
            watched.answering = input -> List.of(Part.text(input.get(0).text()));
            Random random = new Random(1);
            for (int i = 0; i < 2_000; i++) {
                Part part = Part.text("text " + random.nextInt(50))
                        .withMetadata("prober", JsonValue.of(i))
                        .withMetadata("lang", JsonValue.of(random.nextInt(2)));
                watched.ask(part);
            }
            List<Ablation.Result> results = Ablation.of(watched.history());
            Ablation.Result best = results.get(0);
            assertThat(best.change()).isEqualTo(new Ablation.Change.WithoutMetadata("prober"));
            assertThat(best.before()).isZero();
            assertThat(best.after()).isEqualTo((2_000 - 100) / 2_000.0);
            assertThat(best.merged().keys()).isEqualTo(2_000);
            assertThat(best.merged().risk()).isZero();
        }
    }

    @Test
    void ablation_ofAFieldThatChangesTheAnswer_countsTheConflicts() {
        try (WatchedCache watched = new WatchedCache(WatchedCache.lru(1_000).withTtlMillis(0))) {
            watched.answering = input ->
                    List.of(Part.text(input.get(0).text() + input.get(0).metadata("lang")));
            List<String> texts = new ArrayList<>(List.of("a", "b", "c", "d"));
            for (String text : texts) {
                watched.ask(Part.text(text).withMetadata("lang", JsonValue.of("en")));
                watched.ask(Part.text(text).withMetadata("lang", JsonValue.of("de")));
            }
            Ablation.Result lang = Ablation.of(watched.history()).stream()
                    .filter(each -> each.change().equals(new Ablation.Change.WithoutMetadata("lang")))
                    .findFirst()
                    .orElseThrow();
            assertThat(lang.after()).isEqualTo(0.5);
            assertThat(lang.merged()).isEqualTo(new Ablation.Merged(8, 4, 0));
        }
    }

    @Test
    void ablation_ofNormalisations_findsTheOneThatHelps() {
        try (WatchedCache watched = new WatchedCache(WatchedCache.lru(1_000).withTtlMillis(0))) {
            watched.answering = input -> List.of(Part.text("same"));
            for (int i = 0; i < 20; i++) {
                watched.ask("Hello" + " ".repeat(1 + i) + "world");
            }
            assertThat(Ablation.of(watched.history()).get(0)).satisfies(best -> {
                assertThat(best.change()).hasToString("Normalising[step=SPACE]");
                assertThat(best.after()).isEqualTo(0.95);
            });
        }
    }

    @Test
    void logs_thatShareRoom_holdTheirLastLinesEach() {
        LogRoom room = new LogRoom(20_000);
        RequestLog first = new RequestLog(room);
        DepartureLog second = new DepartureLog(room);
        for (int i = 0; i < 100_000; i++) {
            first.add(i, i, Outcome.MISS, 1, 1, i % 2 == 0 ? Usage.NONE : new Usage(i, 0, 0), 1);
            second.add(i, i, EvictionCause.SIZE, i);
        }
        List<CacheRequest> requests = first.requests();
        List<CacheHistory.Departure> departures = second.departures();
        assertThat(requests.size() + departures.size()).isBetween(8_192, 30_000);
        assertThat(departures.size()).isGreaterThanOrEqualTo(4_096);
        for (int i = 0; i < requests.size(); i++) {
            long expected = 100_000 - requests.size() + i;
            assertThat(requests.get(i).key()).isEqualTo(expected);
            assertThat(requests.get(i).usage().tokensIn()).isEqualTo(expected % 2 == 0 ? 0 : expected);
        }
        assertThat(departures.getLast())
                .isEqualTo(new CacheHistory.Departure(99_999, 99_999, EvictionCause.SIZE, 99_999));
        assertThat(departures.getFirst().key()).isEqualTo(100_000 - departures.size());
    }

    @Test
    void regret_ofTheMillisecondOfTheEviction_isCounted() {
        List<CacheRequest> requests = List.of(
                new CacheRequest(1, 5, Outcome.MISS, 1, 7, Usage.NONE, 1),
                new CacheRequest(2, 5, Outcome.MISS, 1, 7, Usage.NONE, 2),
                new CacheRequest(1, 5, Outcome.MISS, 1, 9, Usage.NONE, 1));
        CacheHistory history = new CacheHistory(
                "n",
                "p",
                WatchedCache.lru(1),
                requests,
                List.of(new CacheHistory.Departure(1, 5, EvictionCause.SIZE, 1)),
                Map.of(),
                1,
                -1);
        assertThat(Regrets.of(history).all()).containsExactly(new Regrets.Regret(1, EvictionCause.SIZE, 0, 9, 1, 0));
    }

    @Test
    void departures_ofARecording_areToldFromWhatWasComputedAgain() {
        List<CacheRequest> requests = new ArrayList<>();
        for (long key : new long[] {1, 2, 3, 1, 3}) {
            Outcome outcome = key == 3 && requests.size() > 3 ? Outcome.HIT : Outcome.MISS;
            requests.add(new CacheRequest(key, requests.size() * 10L, outcome, 1, 7, Usage.NONE, 1));
        }
        assertThat(InferredDepartures.of(requests, WatchedCache.lru(2).withTtlMillis(0)))
                .containsExactly(new CacheHistory.Departure(1, 20, EvictionCause.SIZE, 1));
        assertThat(InferredDepartures.of(requests, WatchedCache.lru(2).withTtlMillis(25)))
                .containsExactly(new CacheHistory.Departure(1, 25, EvictionCause.EXPIRY, 1));
        // With room for all, the request was told not to read, or somebody had removed the entry.
        assertThat(InferredDepartures.of(requests, WatchedCache.lru(9).withTtlMillis(0)))
                .isEmpty();
        assertThat(InferredDepartures.of(
                        requests, WatchedCache.lru(9).withTtlMillis(0).withMaxBytes(2L)))
                .containsExactly(new CacheHistory.Departure(1, 20, EvictionCause.WEIGHT, 1));
    }

    @Test
    void ablation_ofKeysWithOptionsInPlace_isWhatLeavingOutTheFieldBrings() {
        for (CacheSettings.KeyOptions options : List.of(
                new CacheSettings.KeyOptions(List.of("lang"), List.of(), List.of("space"), null),
                new CacheSettings.KeyOptions(List.of(), List.of("noise"), List.of(), null))) {
            List<String> ignored = new ArrayList<>(options.ignoreMetadata());
            ignored.add("prober");
            CacheSettings.KeyOptions with =
                    new CacheSettings.KeyOptions(ignored, options.skipPartsWithMetadata(), options.normalise(), null);
            double[] ratios = new double[2];
            Ablation.Result found = null;
            for (CacheSettings.KeyOptions each : List.of(options, with)) {
                try (WatchedCache watched = new WatchedCache(CacheSettings.DEFAULT.withKey(each))) {
                    Random random = new Random(12);
                    for (int i = 0; i < 400; i++) {
                        Part text = Part.text("a" + " ".repeat(1 + random.nextInt(3)) + random.nextInt(20))
                                .withMetadata("prober", JsonValue.of(random.nextInt(30)))
                                .withMetadata("lang", JsonValue.of(random.nextInt(4)));
                        Part noise = Part.text("noise " + i).withMetadata("noise", JsonValue.of(i));
                        if (options.skipPartsWithMetadata().isEmpty()) {
                            watched.ask(text);
                        } else {
                            watched.ask(text, noise);
                        }
                    }
                    ratios[each == options ? 0 : 1] = watched.history().hitRatio();
                    found = each != options
                            ? found
                            : Ablation.of(watched.history()).stream()
                                    .filter(result ->
                                            result.change().equals(new Ablation.Change.WithoutMetadata("prober")))
                                    .findFirst()
                                    .orElseThrow();
                }
            }
            assertThat(found).isNotNull();
            assertThat(found.before()).isEqualTo(ratios[0]);
            assertThat(found.after()).isEqualTo(ratios[1]).isGreaterThan(ratios[0] + 0.2);
        }
    }
}

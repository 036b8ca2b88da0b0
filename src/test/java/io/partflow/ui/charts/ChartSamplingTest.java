package io.partflow.ui.charts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.partflow.engine.cache.CacheSnapshot;
import io.partflow.engine.run.RunSnapshot;
import io.partflow.ui.charts.model.ChartHistory;
import io.partflow.ui.charts.model.ChartRows;
import io.partflow.ui.charts.model.LiveChart;
import io.partflow.ui.charts.model.Series;
import io.partflow.ui.charts.model.SeriesRing;
import io.partflow.ui.charts.model.TimeRange;
import io.partflow.ui.support.RunSnapshots;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChartSamplingTest {

    private static final long QUARTER = 250_000_000L;

    private static RunSnapshot run(double seconds, CacheSnapshot cache) {
        return RunSnapshots.run("r1", seconds, cache);
    }

    private static Series series(ChartHistory history, String key) {
        return history.series().stream()
                .filter(series -> series.style().key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private static double total(Series series) {
        SeriesRing ring = series.countRing(TimeRange.ALL);
        double total = 0;
        for (int index = 0; index < ring.size(); index++) {
            total += ring.sum(index);
        }
        return total;
    }

    /// Ten samples: at first all miss, then all hit or join.
    private static ChartHistory sampled(LiveChart chart) {
        ChartHistory history = new ChartHistory(chart);
        RunSnapshot previous = null;
        for (int sample = 1; sample <= 10; sample++) {
            long misses = Math.min(sample, 5) * 4L;
            long hits = Math.max(0, sample - 5) * 3L;
            long joined = Math.max(0, sample - 5);
            RunSnapshot current = run(sample * 0.25, RunSnapshots.cache(hits, misses, joined, sample));
            history.sampled(previous, current, QUARTER);
            previous = current;
        }
        return history;
    }

    @Test
    void hitRate_joinedRequests_countAsAnswered() {
        ChartHistory history = sampled(new HitRateChart());
        assertEquals(50, series(history, "30s").lastValue());
        assertEquals(100, series(history, "1s").lastValue());
    }

    @Test
    void requests_allSamples_addUpToTheCountersOfTheRun() {
        ChartHistory history = sampled(new RequestsChart());
        assertEquals(15, total(series(history, "hit")));
        assertEquals(20, total(series(history, "miss")));
        assertEquals(5, total(series(history, "coalesced")));
    }

    @Test
    void evictions_byExpiry_onlyThatCauseCounts() {
        ChartHistory history = sampled(new EvictionsChart());
        assertEquals(10, total(series(history, "expiry")));
        assertEquals(0, total(series(history, "size")));
        assertTrue(history.whyEmpty().isEmpty());
    }

    @Test
    void evictions_none_saysHowFarFromTheLimit() {
        ChartHistory history = new ChartHistory(new EvictionsChart());
        history.sampled(null, run(1, RunSnapshots.cache(3, 2, 0, 0)), 0);
        assertEquals(Optional.of("No evictions: 57 of 1,000 items"), history.whyEmpty());
    }

    @Test
    void everyChart_beforeTheFirstRun_saysWhyAndWhatToDo() {
        for (LiveChart chart : ChartCatalog.charts()) {
            String why = chart.whyEmpty(null).orElseThrow();
            assertTrue(why.contains("press Run (Ctrl+Enter)"), chart.id() + ": " + why);
        }
    }

    @Test
    void everyChart_ofTheCatalog_hasTitleUnitAndItsOwnId() {
        Set<String> ids = new HashSet<>();
        for (LiveChart chart : ChartCatalog.charts()) {
            assertTrue(ids.add(chart.id()), chart.id());
            assertTrue(!chart.title().isBlank() && !chart.unit().isBlank(), chart.id());
        }
    }

    @Test
    void memory_limit_isTheBudget() {
        ChartHistory history = sampled(new MemoryChart());
        RunSnapshot latest = run(9, RunSnapshots.cache(1, 1, 0, 0));
        assertEquals(96, history.chart().limit(latest).orElseThrow().value());
        assertEquals(3, series(history, "cache model").lastValue());
        assertEquals(16, series(history, "in-flight").lastValue());
    }

    @Test
    void memory_smallCache_isNotWrittenAsEmpty() {
        LiveChart memory = new MemoryChart();
        assertEquals("0.015", memory.write(15_464.0 / RunSnapshots.MEBIBYTE));
        assertEquals("62.0", memory.write(62));
        assertEquals("0", memory.write(0));
    }

    @Test
    void prompt_compressed_showsKeptAndSaved() {
        ChartHistory history = sampled(new PromptTokensChart());
        assertEquals(1_000, series(history, "kept").lastValue());
        assertEquals(2_000, series(history, "saved").lastValue());
    }

    @Test
    void queues_namedByNodes_filledByShare() {
        ChartHistory history = new ChartHistory(new QueueDepthChart());
        history.nameNodes(id -> id.equals("model") ? "Simulated model" : "Rolling prompt");
        history.sampled(null, run(1, RunSnapshots.cache(0, 0, 0, 0)), 0);
        Series wire = history.series().iterator().next();
        assertEquals("Simulated model to Rolling prompt", wire.style().label());
        assertEquals(0.9, wire.lastValue());
        assertEquals("45", wire.note());
    }

    @Test
    void history_runStandsStill_addsNothing() {
        ChartHistory history = sampled(new RequestsChart());
        RunSnapshot paused = run(2.5, RunSnapshots.cache(15, 20, 5, 10));
        history.sampled(paused, paused, QUARTER);
        assertEquals(15, total(series(history, "hit")));
    }

    @Test
    void history_firstSnapshotMidway_isNoIncrement() {
        ChartHistory history = new ChartHistory(new RequestsChart());
        history.sampled(null, run(100, RunSnapshots.cache(500, 500, 0, 0)), 0);
        assertTrue(history.series().isEmpty());
    }

    @Test
    void history_anotherRun_startsFromNothing() {
        ChartHistory history = sampled(new RequestsChart());
        history.sampled(null, RunSnapshots.run("r2", 0.2, RunSnapshots.cache(1, 2, 0, 0)), 0);
        assertEquals(1, total(series(history, "hit")));
        assertEquals(2, total(series(history, "miss")));
    }

    @Test
    void rows_increments_perSecondInCsv() {
        String csv = ChartRows.of(sampled(new RequestsChart()), TimeRange.ALL).csv();
        assertEquals("""
            seconds,hit,miss,coalesced
            0.0,0.0000,16.0000,0.0000
            1.0,9.0000,4.0000,3.0000
            2.0,6.0000,0.0000,2.0000
            """, csv);
    }

    @Test
    void viewModel_engineCountsChange_chartsFollow() {
        ChartsViewModel model = new ChartsViewModel();
        RunSnapshot first = run(1, RunSnapshots.cache(0, 4, 0, 0));
        model.sampled(null, first, 0);
        long before = model.revisionProperty().get();
        model.sampled(first, run(2, RunSnapshots.cache(12, 4, 0, 0)), 1_000_000_000L);
        assertEquals(before + 1, model.revisionProperty().get());
        assertEquals(2, model.axis().nowProperty().get());
        assertEquals(75, series(model.charts().getFirst(), "30s").lastValue());
    }

    @Test
    void dock_anyWidth_twoToFiveWholeCards() {
        assertEquals(286, ChartsView.cardWidth(860));
        assertEquals(349, ChartsView.cardWidth(700));
        assertEquals(299, ChartsView.cardWidth(1_500));
        assertEquals(499, ChartsView.cardWidth(2_500));
    }
}

package io.partflow.pipeline.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonReal;
import io.partflow.engine.insight.NodeAnalysis;
import io.partflow.engine.insight.WatchedCache;
import io.partflow.engine.insight.advice.Advice;
import io.partflow.engine.insight.advice.Prediction;
import io.partflow.engine.insight.advice.ProposedChange;
import io.partflow.engine.insight.curve.Zipf;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class InsightListingTest {
    private static RunReport.Finding finding() {
        try (WatchedCache watched = new WatchedCache(WatchedCache.lru(60).withTtlMillis(0))) {
            Zipf zipf = new Zipf(600, 0.8, 11);
            for (int i = 0; i < 4_000; i++) {
                watched.ask("text " + zipf.next());
            }
            return new RunReport.Finding(watched.now(), NodeAnalysis.of(watched.history(), 1));
        }
    }

    @Test
    void json_ofAFinding_holdsCurveCausesLedgerAndAdvice() {
        JsonObject json = InsightListing.json(finding());

        assertThat(json.names())
                .containsExactlyInAnyOrder(
                        "node",
                        "sampleRate",
                        "causes",
                        "curves",
                        "hitRatios",
                        "ledger",
                        "baseline",
                        "requests",
                        "ablation",
                        "gaps",
                        "lifetimes",
                        "regrets",
                        "advice");
        assertThat(json.toJson())
                .contains("\"method\": \"exact\"", "\"evicted\"", "\"current_hit_rate\"", "\"rule\": \"size\"");
    }

    @Test
    void hitRatios_ofAFinding_areToldOneByOne_andAtTenMoments() {
        RunReport.Finding finding = finding();

        JsonArray ratios =
                (JsonArray) Objects.requireNonNull(InsightListing.json(finding).get("hitRatios"));
        assertThat(ratios.values()).hasSize(1_000);
        double last = ((JsonReal) ratios.values().get(999)).value();
        assertThat(last).isEqualTo(finding.insight().counters().hitRatio().orElseThrow(), within(1e-4));
        String row = InsightListing.hitRatios(List.of(finding)).text("");
        assertThat(row.strip().split(" +")).hasSize(1 + 2 * 10);
        assertThat(row).contains(Amounts.percent(last));
    }

    @Test
    void advice_ofEveryMeasure_tellsWhatIsPredictedAndBetweenWhichBounds() {
        for (Prediction.Measure measure : Prediction.Measure.values()) {
            Prediction prediction = switch (measure) {
                case HIT_RATIO -> new Prediction(measure, 0.04, 0.61, 0.57, 0.65);
                case BYTES_HELD -> new Prediction(measure, 4_096, 0, 0, 0);
                case COMPUTATIONS -> new Prediction(measure, 5_000, 120, 118, 122);
                case NET_NANOS_PER_REQUEST -> new Prediction(measure, -1_800, 0, -100, 100);
            };
            Advice advice = new Advice("rule", "answer", "Do it.", List.of(), prediction, new ProposedChange.TurnOff());
            assertThat(AnalysisListing.advice("", List.of(advice)))
                    .contains(
                            switch (measure) {
                                case HIT_RATIO -> "hit ratio 4.0 % -> 61.0 % (57.0 % to 65.0 %)";
                                case BYTES_HELD -> "held 4.00 KiB -> 0 B (0 B to 0 B)";
                                case COMPUTATIONS -> "computations 5,000 -> 120 (118 to 122)";
                                case NET_NANOS_PER_REQUEST -> "takes, -";
                            });
        }
    }

    @Test
    void text_ofAFinding_tellsCausesAndAdviceInWords() {
        List<RunReport.Finding> findings = List.of(finding());

        assertThat(InsightListing.causes(findings).text("")).contains("evicted", "first time");
        assertThat(InsightListing.advice(findings))
                .contains("Give the cache room for", "hit ratio", "entries that had to go");
        assertThat(InsightListing.advice(List.of())).isEmpty();
    }
}

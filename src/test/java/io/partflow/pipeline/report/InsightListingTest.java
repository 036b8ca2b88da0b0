package io.partflow.pipeline.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.content.JsonObject;
import io.partflow.engine.insight.NodeAnalysis;
import io.partflow.engine.insight.WatchedCache;
import io.partflow.engine.insight.curve.Zipf;
import java.util.List;
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
    void text_ofAFinding_tellsCausesAndAdviceInWords() {
        List<RunReport.Finding> findings = List.of(finding());

        assertThat(InsightListing.causes(findings).text("")).contains("evicted", "first time");
        assertThat(InsightListing.advice(findings))
                .contains("Give the cache room for", "hit ratio", "entries that had to go");
        assertThat(InsightListing.advice(List.of())).isEmpty();
    }
}

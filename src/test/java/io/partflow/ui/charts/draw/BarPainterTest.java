package io.partflow.ui.charts.draw;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.ui.charts.ChartCatalog;
import io.partflow.ui.charts.model.ChartHistory;
import io.partflow.ui.charts.model.TimeAxis;
import io.partflow.ui.support.RunSnapshots;
import org.junit.jupiter.api.Test;

class BarPainterTest {
    private static String hits(double seconds, long hits) {
        ChartHistory history = ChartCatalog.charts().stream()
                .filter(chart -> chart.id().equals("requests"))
                .map(ChartHistory::new)
                .findFirst()
                .orElseThrow();
        history.sampled(
                null, RunSnapshots.run("r1", seconds, RunSnapshots.cache(hits, 0, 0, 0)), (long) (seconds * 1e9));
        TimeAxis axis = new TimeAxis();
        axis.nowProperty().set(seconds);
        return new BarPainter().values(history, axis, 0, 300).getFirst().value();
    }

    @Test
    void requests_ofARunShorterThanASecond_areNotMadeMoreThanTheyWere() {
        assertThat(hits(0.068, 400)).isEqualTo("400");
        assertThat(hits(1, 400)).isEqualTo("400");
    }
}

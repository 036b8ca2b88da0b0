package io.partflow.ui.charts;

import io.partflow.ui.charts.model.LiveChart;
import java.util.List;

/// The charts there are, in the order in which they stand. A new chart is one line here.
public final class ChartCatalog {

    private ChartCatalog() {}

    /// New charts, one of each.
    public static List<LiveChart> charts() {
        return List.of(
                new HitRateChart(),
                new RequestsChart(),
                new EvictionsChart(),
                new MemoryChart(),
                new PromptTokensChart(),
                new LatencyChart(),
                new QueueDepthChart(),
                new NodeTimeChart());
    }
}

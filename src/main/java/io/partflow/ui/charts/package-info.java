/// The live charts: one file for each, their list, and the view that lays them out.
///
/// Read first: [io.partflow.ui.charts.ChartCatalog] (the list), [io.partflow.ui.charts.HitRateChart] (what a
/// chart takes) and [io.partflow.ui.charts.ChartsView] (the view). Below: `model` keeps samples, `draw`
/// draws them.
///
/// To add a chart: one class like `HitRateChart`, one line in `ChartCatalog`, and two messages.
///
/// Threads: the FX thread. May depend on `ui.support`, `pipeline` and `engine`.
@NullMarked
package io.partflow.ui.charts;

import org.jspecify.annotations.NullMarked;

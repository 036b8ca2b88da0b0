/// Drawing of charts on a canvas: one painter for each form, over a header, a plot and one shared time axis.
///
/// Read first: [io.partflow.ui.charts.draw.ChartCanvas] (the control) and [io.partflow.ui.charts.draw.Painter]
/// (what a form must do). Measures: header 28 px, gutter 44 px left for values, 72 px right for direct labels.
///
/// Threads: the FX thread. Colours come from the theme's tokens at every drawing, so a change of theme shows at
/// once.
@NullMarked
package io.partflow.ui.charts.draw;

import org.jspecify.annotations.NullMarked;

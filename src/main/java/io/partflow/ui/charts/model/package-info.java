/// What charts know without drawing: their series, the ring buffers behind them, and the one time axis of all.
///
/// Read first: [io.partflow.ui.charts.model.LiveChart] (what a chart is) and
/// [io.partflow.ui.charts.model.ChartHistory] (how its samples are kept).
///
/// Threads: confined to the thread of the snapshot pump, the FX thread. Uses FX properties but no scene, so
/// that all of it is tested without a toolkit.
///
/// Invariant: a ring holds primitives only and never more buckets than it was made for.
@NullMarked
package io.partflow.ui.charts.model;

import org.jspecify.annotations.NullMarked;

/// What the views of `ui.tune` show, taken now and then from the caches' history, and the way their changes go back.
///
/// Read first: [TuneSource], [TuneFeed]. A feed and its properties belong to the FX thread; what may wait is asked on
/// background threads. Depends on `engine.insight`, `engine.cache` and `pipeline.edit`.
@NullMarked
package io.partflow.ui.tune.sample;

import org.jspecify.annotations.NullMarked;

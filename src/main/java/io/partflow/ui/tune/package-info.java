/// What the caches' history says and what to do about it: size curve, times to live, costs, advice, misses explained.
///
/// Read first: [TuneDesk]. FX thread. All numbers come by sampling, through
/// [io.partflow.ui.tune.sample.TuneFeed], and only while a view is on the screen; all changes go out as
/// edit commands. Depends on `engine.insight`, `pipeline` and `ui.support`; knows none of the other rooms
/// of `ui`.
@NullMarked
package io.partflow.ui.tune;

import org.jspecify.annotations.NullMarked;

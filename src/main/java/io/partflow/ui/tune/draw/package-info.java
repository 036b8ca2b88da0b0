/// What drawn charts of `ui.tune` have in common: a canvas that follows size, theme and focus, and a pen for it.
///
/// Read first: [DrawnChart], [Pen]. FX thread. Depends on `ui.support`.
@NullMarked
package io.partflow.ui.tune.draw;

import org.jspecify.annotations.NullMarked;

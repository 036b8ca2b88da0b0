/// The hit ratio over the size of a cache: what is drawn, and the drawing.
///
/// Read first: [CurveViewModel], [CurvePicture], [CurveView]. FX thread; pictures are immutable. Depends on
/// `ui.tune.sample`.
@NullMarked
package io.partflow.ui.tune.curve;

import org.jspecify.annotations.NullMarked;

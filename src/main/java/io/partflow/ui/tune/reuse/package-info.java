/// How long after its last request the same is asked for again, and what times to live make of it.
///
/// Read first: [ReuseViewModel], [ReuseView]. FX thread. Depends on `ui.tune.sample` and `ui.tune.draw`.
@NullMarked
package io.partflow.ui.tune.reuse;

import org.jspecify.annotations.NullMarked;

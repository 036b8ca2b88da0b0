/// Why requests were not served: a list of the last ones and the explanation of one, in words and as a difference.
///
/// Read first: [MissesViewModel], [WhyViewModel], [MissWords]. FX thread. Depends on `ui.tune.sample`.
@NullMarked
package io.partflow.ui.tune.why;

import org.jspecify.annotations.NullMarked;

/// What should be changed about the caches, why, and what that would bring; applied as edits.
///
/// Read first: [AdviceViewModel], [AdviceView]. FX thread. Depends on `ui.tune.sample`.
@NullMarked
package io.partflow.ui.tune.advice;

import org.jspecify.annotations.NullMarked;

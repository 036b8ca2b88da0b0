/// The list of what is wrong, from documents and runs alike.
///
/// Read first: [ProblemsViewModel], [ProblemsView]. FX thread. May depend on `ui.support`, `pipeline` and `engine`.
@NullMarked
package io.partflow.ui.inspect.problem;

import org.jspecify.annotations.NullMarked;

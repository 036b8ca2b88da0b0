/// Moving about in a recording while it is replayed.
///
/// Read first: [ReplayBar], [ReplayViewModel]. Threads: both belong to the FX thread; files are read on an
/// executor that is passed in. May depend on `ui.support` and `engine`.
@NullMarked
package io.partflow.ui.inspect.replay;

import org.jspecify.annotations.NullMarked;

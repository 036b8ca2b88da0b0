/// What happened to single parts: the last spans of a node, and the trees of trace files and recordings.
///
/// Read first: [SpansView], [TraceBrowser]. Each has a view model that knows no scene. Threads: views and
/// view models belong to the FX thread; files are read on an executor that is passed in. May depend on
/// `ui.support`, `ui.inspect` and `engine`.
@NullMarked
package io.partflow.ui.inspect.trace;

import org.jspecify.annotations.NullMarked;

/// The inspector of the selected node
///
/// Read first: [ parameters, cache, time.:NodeInspectorViewModel], [NodeInspector]. FX thread. May depend on
/// `ui.support`, `pipeline` and `engine`.
@NullMarked
package io.partflow.ui.inspect.node;

import org.jspecify.annotations.NullMarked;

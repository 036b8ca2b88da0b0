/// What is drawn for one node and one wire: views that show faces and measures, and decide nothing.
///
/// Read first: [io.partflow.ui.editor.node.NodeView] and [io.partflow.ui.editor.node.WireView]. FX thread;
/// `PreviewLoader` decodes on an
/// executor that is handed in. May depend on `ui.editor.model`, `ui.support`, `pipeline` and `engine`.
@NullMarked
package io.partflow.ui.editor.node;

import org.jspecify.annotations.NullMarked;

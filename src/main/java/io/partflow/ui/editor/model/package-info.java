/// What the canvas knows without drawing it: where everything lies, what fits where, what a node shows, and which
/// edit a gesture means.
///
/// Read first: [io.partflow.ui.editor.model.CanvasModel] (the state and the commands of one canvas),
/// [io.partflow.ui.editor.model.GraphEdits] (gestures as edit commands) and [io.partflow.ui.editor.model.Faces]
/// (snapshots as faces).
///
/// Threads: values are immutable; `CanvasModel` belongs to the FX thread, or to the one thread of a test. Uses
/// JavaFX properties, collections
/// and geometry, never `javafx.scene`. May depend on `ui.support`, `pipeline` and `engine`.
@NullMarked
package io.partflow.ui.editor.model;

import org.jspecify.annotations.NullMarked;

/// The visual graph editor: the canvas with its nodes and wires, the palette, and what happens to files that are
/// dropped.
///
/// Read first: [io.partflow.ui.editor.CanvasView], [io.partflow.ui.editor.PaletteView] and, for everything
/// that is decided, [io.partflow.ui.editor.model.CanvasModel]. Views bind and forward gestures; one
/// [io.partflow.ui.editor.Gesture] is one drag.
///
/// Threads: everything belongs to the FX thread; pictures and waveforms are decoded on an executor that is handed
/// in. May depend on
/// `ui.support`, `pipeline` and `engine`.
///
/// Invariants: the graph changes only by edit commands; numbers come only from snapshots, never from a part.
@NullMarked
package io.partflow.ui.editor;

import org.jspecify.annotations.NullMarked;

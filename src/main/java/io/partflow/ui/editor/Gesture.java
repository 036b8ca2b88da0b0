package io.partflow.ui.editor;

import javafx.scene.input.MouseEvent;

/// One press-drag-release on the canvas. Positions are those of the canvas view, in screen pixels.
interface Gesture {
    /// The pointer has moved with the button held.
    void drag(MouseEvent event);

    /// The button was let go.
    void release(MouseEvent event);

    /// Escape: everything is as it was before the press.
    void cancel();
}

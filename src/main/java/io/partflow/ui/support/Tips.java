package io.partflow.ui.support;

import javafx.event.EventHandler;
import javafx.scene.Node;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;

/// Tooltips that are made when the pointer first comes to their node. FX thread.
///
/// A tooltip is a window with a scene of its own; a screenful of them, made at the start and mostly never seen, would
/// cost a tenth of it.
public final class Tips {
    private static final double WIDEST = 280;

    private Tips() {}

    /// Shows `text` beside `node` when the pointer rests there.
    public static void install(Node node, String text) {
        node.addEventHandler(MouseEvent.MOUSE_ENTERED, new EventHandler<>() {
            @Override
            public void handle(MouseEvent entered) {
                node.removeEventHandler(MouseEvent.MOUSE_ENTERED, this);
                Tooltip tooltip = new Tooltip(text);
                tooltip.setWrapText(true);
                tooltip.setMaxWidth(WIDEST);
                Tooltip.install(node, tooltip);
            }
        });
    }
}

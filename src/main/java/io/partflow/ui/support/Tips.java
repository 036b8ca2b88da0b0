package io.partflow.ui.support;

import java.util.function.Supplier;
import javafx.event.EventHandler;
import javafx.scene.Node;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;
import javafx.util.Duration;

/// Tooltips that are made when the pointer first comes to their node. FX thread.
///
/// A tooltip is a window with a scene of its own; a screenful of them, made at the start and mostly never seen, would
/// cost a tenth of it.
public final class Tips {
    private static final double WIDEST = 280;
    private static final Duration DELAY = Duration.millis(500);

    private Tips() {}

    /// Shows `text` beside `node` when the pointer rests there, in place of what was shown before; a screen reader
    /// reads it as the node's help.
    public static void install(Node node, String text) {
        node.setAccessibleHelp(text);
        if (node.getProperties().get(Tooltip.class) instanceof Tooltip shown) {
            shown.setText(text);
        }
        install(node, () -> text);
    }

    /// Shows beside `node`, when the pointer rests there, what `words` says at that moment.
    public static void install(Node node, Supplier<String> words) {
        if (node.getProperties().put(Tips.class, words) == null) {
            node.addEventHandler(MouseEvent.MOUSE_ENTERED, new Maker(node));
        }
    }

    private record Maker(Node node) implements EventHandler<MouseEvent> {
        @Override
        public void handle(MouseEvent entered) {
            node.removeEventHandler(MouseEvent.MOUSE_ENTERED, this);
            // a tooltip without text never asks to be shown
            Tooltip tooltip = new Tooltip(words());
            tooltip.setOnShowing(shown -> tooltip.setText(words()));
            // here, not in the style sheet: the compiled form of a sheet cannot hold a time
            tooltip.setShowDelay(DELAY);
            tooltip.setWrapText(true);
            tooltip.setMaxWidth(WIDEST);
            node.getProperties().put(Tooltip.class, tooltip);
            Tooltip.install(node, tooltip);
        }

        private String words() {
            return node.getProperties().get(Tips.class) instanceof Supplier<?> words ? String.valueOf(words.get()) : "";
        }
    }
}

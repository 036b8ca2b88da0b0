package io.partflow.ui.editor;

import io.partflow.ui.support.Icons;
import io.partflow.ui.support.Messages;
import io.partflow.ui.support.Tips;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/// The tools at the bottom left of the canvas: add, zoom, fit, overview.
final class ZoomTools extends HBox {
    private final Button zoom = new Button();

    ZoomTools(CanvasView canvas) {
        getStyleClass().add("canvas-tools");
        zoom.getStyleClass().addAll("flat", "small", "zoom-label");
        Tips.install(zoom, Messages.text("editor.tools.zoom-100"));
        zoom.setOnAction(pressed -> canvas.perform(CanvasAction.ZOOM_100));
        zoom.setFocusTraversable(false);
        Region separator = new Region();
        separator.getStyleClass().add("tool-separator");
        getChildren()
                .addAll(
                        tool(canvas, "plus-square", "editor.tools.add", CanvasAction.ADD),
                        tool(canvas, "map", "editor.tools.minimap", CanvasAction.MINIMAP),
                        separator,
                        tool(canvas, "minus", "editor.tools.zoom-out", CanvasAction.ZOOM_OUT),
                        zoom,
                        tool(canvas, "plus", "editor.tools.zoom-in", CanvasAction.ZOOM_IN),
                        tool(canvas, "maximize", "editor.tools.fit", CanvasAction.FIT_ALL));
        setOnMousePressed(event -> event.consume());
    }

    void show(double factor) {
        zoom.setText(Messages.text("editor.tools.zoom", Long.toString(Math.round(factor * 100))));
    }

    private static Button tool(CanvasView canvas, String icon, String key, CanvasAction action) {
        Button button = new Button(null, Icons.icon(icon, 14));
        button.getStyleClass().addAll("icon-button", "small");
        Tips.install(button, Messages.text(key));
        button.setAccessibleText(Messages.text(key));
        button.setId("tool-" + action.name().toLowerCase(java.util.Locale.ROOT));
        button.setFocusTraversable(false);
        button.setOnAction(pressed -> canvas.perform(action));
        return button;
    }
}

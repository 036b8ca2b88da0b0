package io.partflow.ui.editor;

import io.partflow.pipeline.Wire;
import io.partflow.pipeline.edit.RemoveWires;
import io.partflow.ui.editor.model.CanvasModel;
import io.partflow.ui.editor.model.CanvasSelection.Mode;
import io.partflow.ui.editor.node.NodeView;
import io.partflow.ui.editor.node.WireView;
import io.partflow.ui.support.Messages;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.MouseEvent;
import org.jspecify.annotations.Nullable;

/// The menu under the secondary button: what can be done with the node, the wire or the place that was pressed.
final class CanvasMenu {
    private final CanvasView canvas;
    private @Nullable ContextMenu made;

    CanvasMenu(CanvasView canvas) {
        this.canvas = canvas;
    }

    void show(MouseEvent event) {
        ContextMenu menu = made == null ? new ContextMenu() : made;
        made = menu;
        CanvasModel model = canvas.model();
        Optional<NodeView> node = CanvasPointer.find(event.getTarget(), NodeView.class);
        Optional<WireView> wire = CanvasPointer.find(event.getTarget(), WireView.class);
        if (node.isPresent()) {
            if (!model.selection().nodes().contains(node.get().nodeId())) {
                model.selection().selectNode(node.get().nodeId(), Mode.REPLACE);
            }
            menu.getItems().setAll(nodeItems());
        } else if (wire.isPresent()) {
            menu.getItems().setAll(wireItem(wire.get().wire()));
        } else {
            menu.getItems()
                    .setAll(
                            addItem(event.getX(), event.getY()),
                            item("editor.menu.paste", CanvasAction.PASTE),
                            item("editor.menu.paste-inputs", CanvasAction.PASTE_KEEPING_INPUTS),
                            item("editor.menu.select-all", CanvasAction.SELECT_ALL),
                            item("editor.menu.fit", CanvasAction.FIT_ALL),
                            item("editor.menu.lay-out", CanvasAction.LAY_OUT));
        }
        menu.show(canvas, event.getScreenX(), event.getScreenY());
    }

    void hide() {
        if (made != null) {
            made.hide();
        }
    }

    private List<MenuItem> nodeItems() {
        return List.of(
                item("editor.menu.edit", CanvasAction.EDIT),
                item("editor.menu.rename", CanvasAction.RENAME),
                new SeparatorMenuItem(),
                item("editor.menu.cut", CanvasAction.CUT),
                item("editor.menu.copy", CanvasAction.COPY),
                item("editor.menu.duplicate", CanvasAction.DUPLICATE),
                new SeparatorMenuItem(),
                item("editor.menu.bypass", CanvasAction.BYPASS),
                item("editor.menu.mute", CanvasAction.MUTE),
                item("editor.menu.cache", CanvasAction.CACHE),
                item("editor.menu.collapse", CanvasAction.COLLAPSE),
                new SeparatorMenuItem(),
                item("editor.menu.delete", CanvasAction.DELETE),
                item("editor.menu.delete-reconnect", CanvasAction.DELETE_AND_RECONNECT));
    }

    private MenuItem wireItem(Wire wire) {
        MenuItem item = new MenuItem(Messages.text("editor.menu.remove-wire"));
        item.setOnAction(chosen -> canvas.model().edit(new RemoveWires(Set.of(wire))));
        return item;
    }

    private MenuItem addItem(double x, double y) {
        MenuItem item = item("editor.menu.add", CanvasAction.ADD);
        item.setOnAction(chosen -> canvas.quickAdd().openFree(x, y));
        return item;
    }

    private MenuItem item(String key, CanvasAction action) {
        MenuItem item = new MenuItem(Messages.text(key));
        // The keys are the canvas's own; shown here, an accelerator of the menu would only fire where the menu is
        // open.
        item.setAccelerator(CanvasKeys.combination(action));
        item.setOnAction(chosen -> canvas.perform(action));
        return item;
    }
}

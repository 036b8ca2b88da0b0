package io.partflow.ui.editor;

import io.partflow.engine.processor.PortSpec;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.ui.editor.node.PortView;
import io.partflow.ui.support.Icons;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/// A processor in a list: icon, title, and the glyphs of what goes in and what comes out.
final class DescriptorRow extends HBox {
    DescriptorRow(ProcessorDescriptor descriptor) {
        super(8);
        setAlignment(Pos.CENTER_LEFT);
        Node icon = Icons.icon(Icons.exists(descriptor.icon()) ? descriptor.icon() : "box", 16);
        Label title = new Label(descriptor.title());
        title.setMaxWidth(Double.MAX_VALUE);
        title.setMinWidth(0);
        HBox.setHgrow(title, Priority.ALWAYS);
        HBox types = new HBox();
        types.getStyleClass().add("port-types");
        types.setMinWidth(USE_PREF_SIZE);
        types.setAlignment(Pos.CENTER_RIGHT);
        types.setSpacing(4);
        for (PortSpec port : descriptor.inputs()) {
            types.getChildren().add(PortView.glyph(port).node(12));
        }
        if (!descriptor.inputs().isEmpty() && !descriptor.outputs().isEmpty()) {
            types.getChildren().add(Icons.icon("arrow-right", 10));
        }
        for (PortSpec port : descriptor.outputs()) {
            types.getChildren().add(PortView.glyph(port).node(12));
        }
        getChildren().addAll(icon, title, types);
    }
}

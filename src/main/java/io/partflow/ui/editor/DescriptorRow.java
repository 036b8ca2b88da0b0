package io.partflow.ui.editor;

import io.partflow.engine.processor.PortSpec;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.ui.editor.node.PortView;
import io.partflow.ui.support.Icons;
import io.partflow.ui.support.PortGlyph;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        addGlyphs(types, descriptor.inputs());
        if (!descriptor.inputs().isEmpty() && !descriptor.outputs().isEmpty()) {
            types.getChildren().add(Icons.icon("arrow-right", 10));
        }
        addGlyphs(types, descriptor.outputs());
        getChildren().addAll(icon, title, types);
    }

    /// A glyph for each type, with a number where several ports have it, so that the title keeps its room.
    private static void addGlyphs(HBox types, List<PortSpec> ports) {
        Map<PortGlyph, Integer> counts = new LinkedHashMap<>();
        ports.forEach(port -> counts.merge(PortView.glyph(port), 1, Integer::sum));
        counts.forEach((glyph, count) -> {
            types.getChildren().add(glyph.node(12));
            if (count > 1) {
                Label number = new Label(Integer.toString(count));
                number.getStyleClass().add("category-count");
                types.getChildren().add(number);
            }
        });
    }
}

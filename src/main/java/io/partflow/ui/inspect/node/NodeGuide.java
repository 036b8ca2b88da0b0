package io.partflow.ui.inspect.node;

import io.partflow.ui.inspect.FxmlView;
import io.partflow.ui.inspect.form.FieldViewModel;
import io.partflow.ui.inspect.form.FileChoice;
import io.partflow.ui.support.Messages;
import io.partflow.ui.support.PortGlyph;
import java.util.Locale;
import javafx.collections.ObservableList;
import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// What stands in the inspector while no node is selected: the first three steps, the settings of the pipeline, and
/// what the ports' marks mean. FX thread.
final class NodeGuide extends VBox {
    private static final int STEPS = 3;

    @FXML
    private VBox steps;

    @FXML
    private GridPane ports;

    @FXML
    private VBox settings;

    private final ObservableList<FieldViewModel> settingsFields;
    private final FileChoice files;

    /// @param settingsFields the settings of the pipeline itself
    NodeGuide(ObservableList<FieldViewModel> settingsFields, FileChoice files) {
        this.settingsFields = settingsFields;
        this.files = files;
        FxmlView.load(this);
    }

    @FXML
    private void initialize() {
        NodeDetails.mirror(settingsFields, settings, files);
        for (int i = 1; i <= STEPS; i++) {
            Label number = new Label(Integer.toString(i));
            number.getStyleClass().addAll("step-number", "strong");
            Label what = new Label(Messages.text("inspect.node.step" + i));
            Label how = new Label(Messages.text("inspect.node.step" + i + ".how"));
            how.getStyleClass().add("secondary");
            how.setWrapText(true);
            how.setMinHeight(USE_PREF_SIZE);
            Label key = new Label(Messages.text("inspect.node.step" + i + ".key"));
            key.getStyleClass().add("key-cap");
            key.setMinWidth(USE_PREF_SIZE);
            Region gap = new Region();
            HBox.setHgrow(gap, Priority.ALWAYS);
            VBox texts = new VBox(2, new HBox(8, what, gap, key), how);
            HBox.setHgrow(texts, Priority.ALWAYS);
            HBox step = new HBox(12, number, texts);
            steps.getChildren().add(step);
        }
        PortGlyph[] glyphs = PortGlyph.values();
        for (int i = 0; i < glyphs.length; i++) {
            Label legend = new Label(
                    Messages.text("inspect.port." + glyphs[i].name().toLowerCase(Locale.ROOT)), glyphs[i].node(12));
            legend.setGraphicTextGap(8);
            ports.add(legend, i % 3, i / 3);
        }
        for (int column = 0; column < 3; column++) {
            ColumnConstraints third = new ColumnConstraints();
            third.setPercentWidth(100.0 / 3);
            ports.getColumnConstraints().add(third);
        }
    }
}

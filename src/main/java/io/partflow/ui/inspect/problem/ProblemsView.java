package io.partflow.ui.inspect.problem;

import io.partflow.ui.inspect.FxmlView;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Icons;
import io.partflow.ui.support.Messages;
import java.util.function.Consumer;
import javafx.fxml.FXML;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The dock's tab "Problems". FX thread.
public final class ProblemsView extends BorderPane {
    private static final double WHERE_WIDTH = 220;
    private static final double WHERE_LEAST = 96;

    private final ProblemsViewModel model;
    private final Consumer<String> goToNode;

    @FXML
    private ListView<ProblemRow> list;

    @FXML
    private Label earlier;

    /// @param goToNode takes the id of the node whose problem the user selected
    public ProblemsView(ProblemsViewModel model, Consumer<String> goToNode) {
        this.model = model;
        this.goToNode = goToNode;
        FxmlView.load(this);
    }

    @FXML
    private void initialize() {
        Label none = new Label(Messages.text("inspect.problems.none"), Icons.icon("check-circle", 16, "success-icon"));
        none.getStyleClass().add("muted");
        none.setGraphicTextGap(8);
        list.setPlaceholder(none);
        list.setItems(model.rows());
        earlier.textProperty()
                .bind(model.earlierProperty()
                        .map(count -> Messages.text(
                                "inspect.problems.earlier", Formats.count(count.longValue(), "failure", "failures"))));
        earlier.visibleProperty().bind(model.earlierProperty().greaterThan(0));
        earlier.managedProperty().bind(earlier.visibleProperty());
        list.setCellFactory(ignored -> new Cell());
        list.getSelectionModel().selectedItemProperty().subscribe(row -> {
            if (row != null && row.node() instanceof String node) {
                goToNode.accept(node);
            }
        });
    }

    private static final class Cell extends ListCell<ProblemRow> {
        private final StackPane icon = new StackPane();
        private final Label message = new Label();
        private final Label remedy = new Label();
        private final Label where = new Label();
        private final Tooltip whereTip = new Tooltip();
        private final Button copy = new Button(Messages.text("inspect.problems.copy"), Icons.icon("copy", 12));
        private final HBox line;

        Cell() {
            message.setWrapText(true);
            remedy.setWrapText(true);
            remedy.getStyleClass().add("secondary");
            where.getStyleClass().add("secondary");
            where.setMinWidth(WHERE_LEAST);
            where.setMaxWidth(WHERE_WIDTH);
            where.setTextOverrun(OverrunStyle.LEADING_ELLIPSIS);
            where.setTooltip(whereTip);
            copy.getStyleClass().addAll("small", "flat");
            copy.setMinWidth(USE_PREF_SIZE);
            VBox texts = new VBox(2, message, remedy);
            texts.setMinWidth(120);
            HBox.setHgrow(texts, Priority.ALWAYS);
            icon.setMinSize(20, 20);
            icon.setMaxSize(20, 20);
            line = new HBox(icon, texts, where, copy);
            line.setAlignment(Pos.TOP_LEFT);
            line.getStyleClass().add("problem-row");
            copy.setOnAction(event -> {
                ProblemRow row = getItem();
                if (row != null) {
                    ClipboardContent text = new ClipboardContent();
                    text.putString(row.details());
                    Clipboard.getSystemClipboard().setContent(text);
                }
            });
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(@Nullable ProblemRow row, boolean empty) {
            super.updateItem(row, empty);
            setText(null);
            if (row == null || empty) {
                setGraphic(null);
                return;
            }
            icon.getChildren()
                    .setAll(Icons.icon(row.weight().icon(), 16, row.weight().tone() + "-icon"));
            message.setText(row.message());
            remedy.setText(row.remedy());
            where.setText(row.when().isEmpty() ? row.where() : row.where() + ", " + row.when());
            whereTip.setText(where.getText());
            setAccessibleText(row.weight().name() + ": " + row.message() + " " + row.remedy());
            setGraphic(line);
        }
    }
}

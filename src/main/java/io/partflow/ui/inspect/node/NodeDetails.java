package io.partflow.ui.inspect.node;

import io.partflow.pipeline.Problem;
import io.partflow.ui.inspect.FxmlView;
import io.partflow.ui.inspect.form.FieldRow;
import io.partflow.ui.inspect.form.FieldViewModel;
import io.partflow.ui.inspect.form.FileChoice;
import io.partflow.ui.support.HitRing;
import io.partflow.ui.support.Icons;
import io.partflow.ui.support.Messages;
import io.partflow.ui.support.Tips;
import java.util.ArrayList;
import java.util.List;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.fxml.FXML;
import javafx.geometry.HPos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.controlsfx.control.ToggleSwitch;

/// What the selected node is, how it is set, and what it does. FX thread.
final class NodeDetails extends ScrollPane {
    private static final List<String> PROMPT_FIGURES =
            List.of("kept", "dropped", "summarised", "before", "after", "shared");

    private final NodeInspectorViewModel model;
    private final FileChoice files;
    private final HitRing ring = new HitRing(40);
    private final Region busy = bar("busy");
    private final Region waiting = bar("waiting");
    private final Region blocked = bar("blocked");
    private final List<Label> latencies = new ArrayList<>();
    private final List<Label> promptFigures = new ArrayList<>();
    private final PromptSteps promptSteps = new PromptSteps();

    @FXML
    private VBox sections;

    @FXML
    private VBox timeSection;

    @FXML
    private StackPane iconPlace;

    @FXML
    private Label title;

    @FXML
    private TextField titleField;

    @FXML
    private Button rename;

    @FXML
    private Label state;

    @FXML
    private Label parts;

    @FXML
    private Label simulated;

    @FXML
    private Label subtitle;

    @FXML
    private VBox problems;

    @FXML
    private VBox paramSection;

    @FXML
    private VBox params;

    @FXML
    private VBox cacheSection;

    @FXML
    private Label cacheWord;

    @FXML
    private ToggleSwitch cacheSwitch;

    @FXML
    private Label cacheOff;

    @FXML
    private VBox cacheBody;

    @FXML
    private StackPane ringPlace;

    @FXML
    private Label hits;

    @FXML
    private Label misses;

    @FXML
    private Label coalesced;

    @FXML
    private Label ratio;

    @FXML
    private VBox cacheParams;

    @FXML
    private VBox promptSection;

    @FXML
    private GridPane promptGrid;

    @FXML
    private HBox timeStrip;

    @FXML
    private Label shares;

    @FXML
    private GridPane latency;

    /// @param files asked when the user presses the chooser of a path
    NodeDetails(NodeInspectorViewModel model, FileChoice files) {
        this.model = model;
        this.files = files;
        FxmlView.load(this);
    }

    @FXML
    private void initialize() {
        title.textProperty().bind(model.titleProperty());
        subtitle.textProperty().bind(model.subtitleProperty());
        shownOnlyWhen(simulated, model.simulatedProperty().get());
        model.simulatedProperty().subscribe(is -> shownOnlyWhen(simulated, is));
        model.iconProperty().subscribe(this::showIcon);
        rename.setGraphic(Icons.icon("edit-2", 14));
        Tips.install(rename, Messages.text("inspect.node.rename"));
        rename.setAccessibleText(Messages.text("inspect.node.rename"));
        title.setOnMouseClicked(event -> {
            if (event.getClickCount() == 2) {
                startRename();
            }
        });
        titleField.setOnAction(event -> endRename(titleField.getText()));
        titleField.focusedProperty().subscribe((was, is) -> {
            if (was && !is && titleField.isVisible()) {
                endRename(titleField.getText());
            }
        });
        titleField.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                endRename(model.titleProperty().get());
                event.consume();
            }
        });
        model.stateProperty().subscribe(this::showState);
        mirror(model.fields(), params, files);
        cacheParams.getChildren().setAll(new CacheGroups(model.cacheGroups(), files, model::addPartition));
        model.fields().addListener((ListChangeListener<FieldViewModel>)
                change -> shownOnlyWhen(paramSection, !model.fields().isEmpty()));
        model.problems().addListener((ListChangeListener<Problem>) change -> showProblems());
        showProblems();
        model.cacheableProperty().subscribe(is -> shownOnlyWhen(cacheSection, is));
        model.cacheOnProperty().subscribe(this::showCacheOn);
        cacheSwitch.selectedProperty().subscribe(on -> {
            // The switch follows the document; what the user does goes out as a command and comes back as the node.
            if (on != model.cacheOnProperty().get()) {
                model.switchCache();
                cacheSwitch.setSelected(model.cacheOnProperty().get());
            }
        });
        ringPlace.getChildren().add(ring);
        timeStrip.getChildren().addAll(busy, waiting, blocked);
        buildLatency();
        buildPrompt();
        model.numbersProperty().subscribe(this::showNumbers);
    }

    /// Adds a section below that of the cache.
    void addSection(javafx.scene.Node section) {
        sections.getChildren().add(sections.getChildren().indexOf(timeSection), section);
    }

    @FXML
    private void startRename() {
        titleField.setText(model.titleProperty().get());
        editTitle(true);
        titleField.requestFocus();
        titleField.selectAll();
    }

    private void endRename(String name) {
        editTitle(false);
        model.rename(name);
    }

    private void editTitle(boolean editing) {
        shownOnlyWhen(titleField, editing);
        shownOnlyWhen(title, !editing);
        shownOnlyWhen(rename, !editing);
    }

    private void showIcon(String name) {
        iconPlace.getChildren().setAll(Icons.icon(Icons.exists(name) ? name : "box", 18));
    }

    private void showState(NodeStateMark mark) {
        state.setText(mark.word());
        state.setGraphic(
                mark.tone().isEmpty()
                        ? Icons.icon(mark.icon(), 12)
                        : Icons.icon(mark.icon(), 12, mark.tone() + "-icon"));
        state.getStyleClass().setAll("label", "medium", mark.tone().isEmpty() ? "muted" : mark.tone() + "-text");
    }

    /// Keeps a row in `to` for every field of `from`.
    static void mirror(ObservableList<FieldViewModel> from, VBox to, FileChoice files) {
        Runnable rebuild = () -> to.getChildren()
                .setAll(from.stream().map(field -> new FieldRow(field, files)).toList());
        from.addListener((ListChangeListener<FieldViewModel>) change -> rebuild.run());
        rebuild.run();
    }

    private void showProblems() {
        problems.getChildren()
                .setAll(model.problems().stream()
                        .map(problem -> {
                            String tone = problem.isError() ? "danger" : "warning";
                            Label line = new Label(
                                    problem.message() + " " + problem.remedy(),
                                    Icons.icon("alert-triangle", 12, tone + "-icon"));
                            line.getStyleClass().add(tone + "-text");
                            line.setWrapText(true);
                            return line;
                        })
                        .toList());
        shownOnlyWhen(problems, !model.problems().isEmpty());
    }

    private void showCacheOn(boolean on) {
        cacheSwitch.setSelected(on);
        cacheWord.setText(Messages.text(on ? "inspect.cache.word.on" : "inspect.cache.word.off"));
        shownOnlyWhen(cacheBody, on);
        shownOnlyWhen(cacheOff, !on);
        shownOnlyWhen(latency, on);
    }

    private void buildLatency() {
        String[] heads = {Messages.text("inspect.time.latency"), "p50", "p95", "p99"};
        for (int column = 0; column < heads.length; column++) {
            ColumnConstraints width = new ColumnConstraints();
            width.setPercentWidth(column == 0 ? 40 : 20);
            width.setHalignment(column == 0 ? HPos.LEFT : HPos.RIGHT);
            latency.getColumnConstraints().add(width);
            Label head = new Label(heads[column]);
            head.getStyleClass().add("muted");
            latency.add(head, column, 0);
        }
        String[] rows = {Messages.text("inspect.time.hits"), Messages.text("inspect.time.misses")};
        for (int row = 0; row < rows.length; row++) {
            latency.add(new Label(rows[row]), 0, row + 1);
            for (int column = 1; column < heads.length; column++) {
                Label number = new Label();
                latencies.add(number);
                latency.add(number, column, row + 1);
            }
        }
    }

    /// Two columns of three figures, each with its word.
    private void buildPrompt() {
        promptSection.getChildren().add(promptSteps);
        for (int i = 0; i < PROMPT_FIGURES.size(); i++) {
            Label figure = new Label();
            figure.getStyleClass().add("strong");
            Label word = new Label(Messages.text("inspect.prompt." + PROMPT_FIGURES.get(i)));
            word.getStyleClass().add("caption");
            promptFigures.add(figure);
            promptGrid.add(new VBox(figure, word), i % 3, i / 3);
        }
        for (int column = 0; column < 3; column++) {
            ColumnConstraints width = new ColumnConstraints();
            width.setPercentWidth(100.0 / 3);
            promptGrid.getColumnConstraints().add(width);
        }
    }

    private void showNumbers(NodeNumbers numbers) {
        shownOnlyWhen(promptSection, !numbers.prompt().isEmpty());
        promptSteps.show(numbers.steps(), numbers.stepsText());
        for (int i = 0; i < numbers.prompt().size(); i++) {
            promptFigures.get(i).setText(numbers.prompt().get(i));
        }
        parts.setText(numbers.parts());
        hits.setText(numbers.hits());
        misses.setText(numbers.misses());
        coalesced.setText(numbers.coalesced());
        ring.setHitRatio(numbers.hitRatio());
        ratio.setText(numbers.ratioText());
        shares.setText(numbers.shareText());
        width(busy, numbers.busyShare());
        width(waiting, numbers.waitingShare());
        width(blocked, numbers.blockedShare());
        for (int i = 0; i < 3; i++) {
            latencies.get(i).setText(numbers.hitLatency().get(i));
            latencies.get(i + 3).setText(numbers.missLatency().get(i));
        }
    }

    private void width(Region bar, double share) {
        bar.prefWidthProperty().bind(timeStrip.widthProperty().multiply(share));
        bar.setVisible(share > 0);
    }

    private static Region bar(String kind) {
        Region bar = new Region();
        bar.getStyleClass().addAll("time-bar", kind);
        bar.setMinWidth(0);
        bar.setManaged(true);
        return bar;
    }

    private static void shownOnlyWhen(javafx.scene.Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }
}

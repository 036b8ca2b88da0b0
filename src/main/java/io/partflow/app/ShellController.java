package io.partflow.app;

import io.partflow.engine.run.RunOptions;
import io.partflow.engine.run.RunSnapshot;
import io.partflow.pipeline.Problem;
import io.partflow.ui.editor.SampleCard;
import io.partflow.ui.support.BudgetMeter;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Icons;
import io.partflow.ui.support.Messages;
import io.partflow.ui.support.SegmentedControl;
import io.partflow.ui.support.Tips;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.controlsfx.control.MasterDetailPane;
import org.controlsfx.control.StatusBar;
import org.jspecify.annotations.Nullable;

/// The frame of the window: toolbar, panes, dock and status bar. Forwards what the user does, shows what the model
/// says. FX thread.
final class ShellController {
    /// How the panes share the window.
    enum Workspace {
        BUILD,
        OBSERVE
    }

    private static final List<Double> SPEEDS = List.of(1.0, 10.0, 100.0, Double.POSITIVE_INFINITY);
    private static final long RATE_SPAN_NANOS = 1_000_000_000L;
    private static final double OBSERVE_LEFT = 0.39;
    private static final double OBSERVE_CANVAS = 0.5;
    private static final double NARROW = 1_360;
    private static final PseudoClass RUNNING = PseudoClass.getPseudoClass("running");

    private final WorkbenchModel model;
    private final ShellActions actions;
    private final Menu samples = new Menu(Messages.text("shell.menu.samples"));
    private final SplitPane observeLeft = new SplitPane();
    private long rateFrom;
    private long rateSpanNanos;
    private Node dockCharts = new StackPane();
    private Later allCharts = new Later(StackPane::new);
    private Later sideCharts = new Later(StackPane::new);
    private final Label hitFigure = new Label(Formats.UNKNOWN);
    private final Label savedFigure = new Label(Formats.UNKNOWN);
    private final Label memoryFigure = new Label(Formats.UNKNOWN);
    private final BudgetMeter meter = new BudgetMeter(48);
    private final Label zoomFigure = new Label();
    private final Label sizeFigure = new Label();
    private final Label problemFigure = new Label();
    private final Label rateFigure = new Label();
    private final Label undoFigure = new Label();
    private final Label fileFigure = new Label();
    private final SegmentedControl<Workspace> workspace = new SegmentedControl<>(
            List.of(Workspace.values()),
            Workspace.BUILD,
            each -> Messages.text("shell.workspace." + each.name().toLowerCase(java.util.Locale.ROOT)));
    private final SegmentedControl<Double> speed =
            new SegmentedControl<>(SPEEDS, SPEEDS.getFirst(), ShellController::speedName);

    @FXML
    private BorderPane root;

    @FXML
    private MenuButton menu;

    @FXML
    private HBox workspaceSlot;

    @FXML
    private Button runButton;

    @FXML
    private ToggleButton pauseButton;

    @FXML
    private Button cancelButton;

    @FXML
    private MenuButton pipelineMenu;

    @FXML
    private Label speedLabel;

    @FXML
    private HBox speedSlot;

    @FXML
    private Label timeLabel;

    @FXML
    private HBox figures;

    @FXML
    private SplitPane columns;

    @FXML
    private MasterDetailPane middle;

    @FXML
    private StackPane paletteSlot;

    @FXML
    private StackPane canvasSlot;

    @FXML
    private StackPane dockSlot;

    @FXML
    private TabPane dock;

    @FXML
    private Tab chartsTab;

    @FXML
    private Tab entriesTab;

    @FXML
    private Tab problemsTab;

    @FXML
    private TabPane inspector;

    @FXML
    private Tab nodeTab;

    @FXML
    private Tab partTab;

    @FXML
    private Tab entryTab;

    @FXML
    private StatusBar status;

    ShellController(WorkbenchModel model, ShellActions actions) {
        this.model = model;
        this.actions = actions;
    }

    @FXML
    private void initialize() {
        menu.setGraphic(Icons.icon("menu", 18));
        menu.getItems().setAll(ShellMenu.items(model, actions, this, samples));
        workspaceSlot.getChildren().add(workspace);
        speedSlot.getChildren().add(speed);
        speedLabel.setTooltip(new Tooltip(Messages.text("shell.speed.tip")));
        model.run().speedProperty().subscribe(times -> {
            if (SPEEDS.contains(times.doubleValue())) {
                speed.setChosen(times.doubleValue());
            }
        });
        pauseButton.setGraphic(Icons.icon("pausef", 16));
        pauseButton.setTooltip(new Tooltip(Messages.text("shell.pause.tip")));
        cancelButton.setGraphic(Icons.icon("square", 16));
        cancelButton.setTooltip(new Tooltip(Messages.text("shell.cancel.tip")));
        pipelineMenu.setGraphic(Icons.icon("file-text", 16));
        runButton.setOnAction(event -> actions.run(RunOptions.Reading.ALL));
        pauseButton.setOnAction(event -> model.run().togglePause());
        cancelButton.setOnAction(event -> model.run().cancel());
        speed.chosenProperty().subscribe(times -> model.run().speedProperty().set(times));
        workspace.chosenProperty().subscribe(this::arrange);
        observeLeft.setOrientation(Orientation.VERTICAL);
        speedLabel.managedProperty().bind(speedLabel.visibleProperty());
        speedLabel.visibleProperty().bind(root.widthProperty().greaterThan(NARROW));
        // A long name is cut, or it would push the end of the toolbar, and all below it, out of the window.
        pipelineMenu.setMinWidth(96);
        pipelineMenu.setMaxWidth(240);
        fillFigures();
        fillStatus();
        model.run().phaseProperty().subscribe(this::showPhase);
        model.graphProperty().subscribe(graph -> showDocument());
        model.documentProperty().subscribe(document -> showDocument());
        model.dirtyProperty().subscribe(dirty -> showDocument());
        model.problemsProperty().subscribe(this::showProblems);
        model.undoTitleProperty().subscribe(this::showUndo);
    }

    private static String speedName(double times) {
        return Double.isInfinite(times)
                ? Messages.text("shell.speed.max")
                : Messages.text("shell.speed.times", Formats.count((long) times));
    }

    private void fillFigures() {
        hitFigure.getStyleClass().addAll("hit-text", "strong");
        savedFigure.getStyleClass().add("strong");
        memoryFigure.getStyleClass().add("strong");
        figures.getChildren()
                .setAll(
                        figure("shell.hit", hitFigure),
                        figure("shell.saved", savedFigure),
                        figure("shell.memory", meter, memoryFigure));
    }

    private static HBox figure(String key, Node... values) {
        Label name = new Label(Messages.text(key));
        name.getStyleClass().add("muted");
        HBox box = new HBox(8, name);
        box.setAlignment(Pos.CENTER_LEFT);
        box.getChildren().addAll(values);
        for (Node node : box.getChildren()) {
            if (node instanceof Label label) {
                label.setMinWidth(Region.USE_PREF_SIZE);
            }
            Tips.install(node, Messages.text(key + ".tip"));
        }
        return box;
    }

    private void fillStatus() {
        status.setText("");
        status.getLeftItems().setAll(zoomFigure, sizeFigure, problemFigure, rateFigure);
        status.getRightItems().setAll(undoFigure, fileFigure);
        for (Label label : List.of(zoomFigure, sizeFigure, problemFigure, rateFigure, undoFigure, fileFigure)) {
            label.getStyleClass().addAll("secondary", "muted", "status-figure");
        }
        // A long problem gives way, not the short figures beside it.
        for (Label label : List.of(zoomFigure, sizeFigure, rateFigure, undoFigure)) {
            label.setMinWidth(Region.USE_PREF_SIZE);
        }
        problemFigure.setOnMouseClicked(event -> showProblemsTab());
    }

    // ---- what the composition puts in

    void place(Node palette, Node canvas) {
        paletteSlot.getChildren().setAll(palette);
        canvasSlot.getChildren().setAll(canvas);
    }

    /// @param dockCharts the charts below the canvas
    /// @param range chooses how much time they show
    /// @param allCharts makes all charts, for Observe
    /// @param sideCharts makes what stands below the canvas there
    void placeCharts(Node dockCharts, Node range, Supplier<Node> allCharts, Supplier<Node> sideCharts) {
        this.dockCharts = dockCharts;
        this.allCharts = new Later(allCharts);
        this.sideCharts = new Later(sideCharts);
        chartsTab.setContent(dockCharts);
        HBox strip = new HBox(range);
        strip.setAlignment(Pos.CENTER_RIGHT);
        strip.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        strip.getStyleClass().add("dock-tools");
        StackPane.setAlignment(strip, Pos.TOP_RIGHT);
        // The full view of Observe has a selector of its own.
        strip.visibleProperty()
                .bind(chartsTab
                        .selectedProperty()
                        .and(workspace.chosenProperty().isEqualTo(Workspace.BUILD)));
        dockSlot.getChildren().add(strip);
    }

    /// Contents are made when their tab is first chosen: a start would spend its time on what nobody sees yet.
    void placeDock(Supplier<Node> entries, Supplier<Node> problems) {
        fillWhenChosen(entriesTab, entries);
        fillWhenChosen(problemsTab, problems);
    }

    void placeInspector(Supplier<Node> node, Supplier<Node> part, Supplier<Node> entry) {
        fillWhenChosen(nodeTab, node);
        fillWhenChosen(partTab, part);
        fillWhenChosen(entryTab, entry);
    }

    private static void fillWhenChosen(Tab tab, Supplier<Node> content) {
        tab.selectedProperty().subscribe(chosen -> {
            if (chosen && tab.getContent() == null) {
                tab.setContent(content.get());
            }
        });
    }

    void showSamples(List<SampleCard> cards) {
        samples.getItems().setAll(ShellMenu.samples(cards, actions));
        pipelineMenu.getItems().setAll(ShellMenu.samples(cards, actions));
    }

    void showZoom(double zoom) {
        zoomFigure.setText(Formats.wholePercent(zoom));
    }

    void showEntryCount(long entries) {
        entriesTab.setText(count("shell.entries", entries));
    }

    private static String count(String key, long count) {
        return count == 0 ? Messages.text(key) : Messages.text(key) + "  " + Formats.count(count);
    }

    void showNodeTab() {
        inspector.getSelectionModel().select(nodeTab);
    }

    void showPartTab() {
        inspector.getSelectionModel().select(partTab);
    }

    void showEntryTab() {
        inspector.getSelectionModel().select(entryTab);
    }

    boolean partInSight() {
        return inspector.getSelectionModel().getSelectedItem() == partTab;
    }

    void showProblemsTab() {
        dock.getSelectionModel().select(problemsTab);
    }

    void showEntriesTab() {
        dock.getSelectionModel().select(entriesTab);
    }

    boolean chartsInSight() {
        return dock.getSelectionModel().getSelectedItem() == chartsTab;
    }

    // ---- panes

    void choose(Workspace wanted) {
        workspace.setChosen(wanted);
    }

    void speed(double times) {
        model.run().speedProperty().set(times);
    }

    private void arrange(Workspace wanted) {
        // A node can stand in one place only, so everything is taken out before it is put elsewhere.
        columns.getItems().clear();
        middle.setMasterNode(new StackPane());
        middle.setDetailNode(new StackPane());
        switch (wanted) {
            case BUILD -> {
                if (!observeLeft.getItems().isEmpty()) {
                    observeLeft.getItems().set(0, new StackPane());
                }
                chartsTab.setContent(dockCharts);
                middle.setMasterNode(canvasSlot);
                middle.setDetailNode(dockSlot);
                columns.getItems().setAll(paletteSlot, middle, inspector);
            }
            case OBSERVE -> {
                chartsTab.setContent(allCharts.get());
                observeLeft.getItems().setAll(canvasSlot, sideCharts.get());
                columns.getItems().setAll(observeLeft, dockSlot);
                dock.getSelectionModel().select(chartsTab);
            }
        }
        resetLayout();
    }

    /// Gives every pane its own width again.
    void resetLayout() {
        double width = Math.max(root.getWidth(), 1);
        double height = Math.max(root.getHeight() - 64, 1);
        if (root.getWidth() == 0) {
            root.widthProperty().subscribe(new java.util.function.Consumer<Number>() {
                private boolean done;

                @Override
                public void accept(Number known) {
                    if (!done && known.doubleValue() > 0) {
                        done = true;
                        javafx.application.Platform.runLater(ShellController.this::resetLayout);
                    }
                }
            });
            return;
        }
        if (workspace.getChosen() == Workspace.BUILD) {
            double inspectorWidth = width < NARROW ? 300 : 340;
            double paletteWidth = width < NARROW ? 208 : 240;
            boolean palette = columns.getItems().contains(paletteSlot);
            boolean sideways = columns.getItems().contains(inspector);
            if (palette) {
                columns.setDividerPosition(0, paletteWidth / width);
            }
            if (sideways) {
                columns.setDividerPosition(palette ? 1 : 0, 1 - inspectorWidth / width);
            }
            middle.setDividerPosition(1 - Math.min(292, height * 0.42) / height);
        } else {
            columns.setDividerPositions(OBSERVE_LEFT);
            observeLeft.setDividerPositions(OBSERVE_CANVAS);
        }
    }

    /// Hides a pane, or shows it again.
    void toggle(Pane pane) {
        switch (pane) {
            case PALETTE -> toggle(paletteSlot, 0);
            case DOCK -> middle.setShowDetailNode(!middle.isShowDetailNode());
            case INSPECTOR -> toggle(inspector, columns.getItems().size());
        }
    }

    private void toggle(Node side, int place) {
        if (workspace.getChosen() == Workspace.BUILD && !columns.getItems().remove(side)) {
            columns.getItems().add(place, side);
            resetLayout();
        }
    }

    /// What can be hidden.
    enum Pane {
        PALETTE,
        DOCK,
        INSPECTOR
    }

    // ---- what the model says

    private void showPhase(RunControl.Phase phase) {
        boolean active = phase != RunControl.Phase.IDLE;
        runButton.setText(Messages.text(
                switch (phase) {
                    case IDLE -> "shell.run";
                    case RUNNING -> "shell.running";
                    case PAUSED -> "shell.paused";
                    case ENDING -> "shell.ending";
                }));
        runButton.setGraphic(Icons.icon(phase == RunControl.Phase.PAUSED ? "pausef" : "playf", 14));
        runButton.setTooltip(new Tooltip(Messages.text(active ? "shell.run.running.tip" : "shell.run.tip")));
        runButton.getStyleClass().removeAll("primary", "flat", "running");
        runButton.getStyleClass().addAll(active ? List.of("flat", "running") : List.of("primary"));
        runButton.pseudoClassStateChanged(RUNNING, active);
        runButton.setMouseTransparent(active);
        runButton.setFocusTraversable(!active);
        runButton.setDisable(!active && model.graph().nodes().isEmpty());
        pauseButton.setDisable(!active || phase == RunControl.Phase.ENDING);
        pauseButton.setSelected(phase == RunControl.Phase.PAUSED);
        cancelButton.setDisable(!active);
    }

    private void showDocument() {
        Document document = model.document();
        boolean empty = document.graph().nodes().isEmpty();
        runButton.setDisable(empty && !model.run().isActive());
        boolean dirty = model.dirtyProperty().get();
        pipelineMenu.setText(document.graph().name());
        sizeFigure.setText(Messages.text(
                "shell.status.nodes",
                Formats.count(document.graph().nodes().size(), "node", "nodes"),
                Formats.count(document.graph().wires().size(), "wire", "wires")));
        boolean sample = document.file() != null && document.writableFile().isEmpty();
        showProblems(model.problemsProperty().get());
        fileFigure.setText(document.title()
                + (dirty ? " \u2022" : "")
                + (sample && dirty ? "  (" + Messages.text("shell.status.readonly") + ")" : ""));
        actions.title(Messages.text(dirty ? "shell.title.dirty" : "shell.title", document.title()));
    }

    private void showProblems(@Nullable List<Problem> problems) {
        List<Problem> known = Objects.requireNonNullElse(problems, List.of());
        long errors = known.stream().filter(Problem::isError).count();
        problemsTab.setText(count("shell.problems", known.size()));
        if (model.graph().nodes().isEmpty()) {
            problemFigure.setText(Messages.text("shell.status.empty"));
            problemFigure.setGraphic(Icons.icon("info", 12));
        } else if (known.isEmpty()) {
            problemFigure.setText(Messages.text("shell.status.noproblems"));
            problemFigure.setGraphic(Icons.icon("check-circle", 12));
        } else {
            problemFigure.setText(Formats.count(known.size(), "problem", "problems") + ": "
                    + known.getFirst().message());
            problemFigure.setGraphic(Icons.icon(
                    errors > 0 ? "x-circle" : "alert-triangle", 12, errors > 0 ? "danger-icon" : "warning-icon"));
        }
    }

    private void showUndo(String title) {
        undoFigure.setText(
                title.isEmpty() ? Messages.text("shell.status.nothing") : Messages.text("shell.status.undo", title));
    }

    /// Shows a sample of the run's numbers.
    void sampled(@Nullable RunSnapshot previous, RunSnapshot now, long elapsedNanos) {
        hitFigure.setText(Formats.percent(now.cache().hitRatio()));
        savedFigure.setText(
                Formats.duration(Duration.ofNanos(now.savings().measured().timeNanos())));
        long budget = now.memory().budgetBytes();
        long inFlight = now.memory().inFlightBytes();
        memoryFigure.setText(Messages.text("shell.memory.text", Formats.bytes(inFlight), Formats.bytes(budget)));
        meter.setUsedShare((double) inFlight / budget);
        timeLabel.setText(Formats.clock(now.elapsedNanos() / 1e9));
        showRate(previous == null, now.cache().requests(), elapsedNanos);
    }

    /// Over a second at least: requests come in bursts, and a quarter of a second often sees none.
    private void showRate(boolean firstSample, long requests, long elapsedNanos) {
        if (firstSample) {
            rateSpanNanos = 0;
            rateFrom = requests;
        }
        rateSpanNanos += elapsedNanos;
        if (rateSpanNanos >= RATE_SPAN_NANOS) {
            double rate = (requests - rateFrom) * 1e9 / rateSpanNanos;
            rateFigure.setText(Messages.text("shell.status.requests", Formats.perSecond(rate)));
            rateSpanNanos = 0;
            rateFrom = requests;
        }
    }

    /// Shows that nothing has run.
    void noRun() {
        hitFigure.setText(Formats.UNKNOWN);
        savedFigure.setText(Formats.UNKNOWN);
        memoryFigure.setText(Formats.UNKNOWN);
        meter.setUsedShare(0);
        timeLabel.setText(Messages.text("shell.time.none"));
        rateFigure.setText("");
    }

    /// A node that is made when it is first needed.
    private static final class Later {
        private final Supplier<? extends Node> maker;
        private @Nullable Node made;

        Later(Supplier<? extends Node> maker) {
            this.maker = maker;
        }

        Node get() {
            Node known = made;
            if (known == null) {
                known = maker.get();
                made = known;
            }
            return known;
        }
    }
}

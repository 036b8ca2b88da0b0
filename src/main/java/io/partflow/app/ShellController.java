package io.partflow.app;

import io.partflow.engine.run.RunOptions;
import io.partflow.engine.run.RunSnapshot;
import io.partflow.pipeline.Problem;
import io.partflow.ui.editor.SampleCard;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Icons;
import io.partflow.ui.support.Messages;
import io.partflow.ui.support.SegmentedControl;
import io.partflow.ui.support.Tips;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.binding.Bindings;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
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
    private static final List<Double> SPEEDS = List.of(1.0, 10.0, 100.0, Double.POSITIVE_INFINITY);
    /// Below these widths of the window something of the toolbar goes that can be read elsewhere.
    private static final double ROOMY = 1_560;

    private static final double SPACIOUS = 1_440;
    private static final double WIDE = 1_360;

    private static final double MEDIUM = 1_180;
    private static final double NARROW = 1_080;
    private static final PseudoClass TIGHT = PseudoClass.getPseudoClass("tight");
    private static final PseudoClass RUNNING = PseudoClass.getPseudoClass("running");

    private final WorkbenchModel model;
    private final ShellActions actions;
    private final Menu samples = new Menu(Messages.text("shell.menu.samples"));
    private Runnable askForTrace = () -> {};
    private Runnable explain = () -> {};
    private Consumer<ShellPanes.Workspace> arranged = wanted -> {};
    private Runnable openBulk = () -> {};
    private Runnable undoBulk = () -> {};
    private Runnable removeAll = () -> {};
    private long entryCount;
    private final ShellFigures figures = new ShellFigures();
    private final SegmentedControl<ShellPanes.Workspace> workspace = new SegmentedControl<>(
            List.of(ShellPanes.Workspace.values()),
            ShellPanes.Workspace.BUILD,
            each -> Messages.text("shell.workspace." + each.name().toLowerCase(java.util.Locale.ROOT)));
    private final SegmentedControl<Double> speed =
            new SegmentedControl<>(SPEEDS, SPEEDS.getFirst(), ShellController::speedName);

    @FXML
    private BorderPane root;

    @FXML
    private MenuButton menu;

    @FXML
    private HBox toolbar;

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
    private HBox replaySlot;

    @FXML
    private Label timeLabel;

    @FXML
    private HBox figureSlot;

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
    private Tab missesTab;

    @FXML
    private Tab whyTab;

    @FXML
    private Tab problemsTab;

    @FXML
    private Tab tracesTab;

    @FXML
    private TabPane inspector;

    @FXML
    private Tab nodeTab;

    @FXML
    private Tab partTab;

    @FXML
    private Tab entryTab;

    @FXML
    private Tab spansTab;

    @FXML
    private StatusBar status;

    @SuppressWarnings("NullAway.Init") // made by initialize, as the views are injected before it
    private ShellPanes panes;

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
        Tips.install(speedLabel, Messages.text("shell.speed.tip"));
        model.run().speedProperty().subscribe(times -> {
            if (SPEEDS.contains(times.doubleValue())) {
                speed.setChosen(times.doubleValue());
            }
        });
        pauseButton.setGraphic(Icons.icon("pausef", 16));
        Tips.install(pauseButton, Messages.text("shell.pause.tip"));
        cancelButton.setGraphic(Icons.icon("square", 16));
        Tips.install(cancelButton, Messages.text("shell.cancel.tip"));
        pipelineMenu.setGraphic(Icons.icon("file-text", 16));
        runButton.setOnAction(event -> actions.run(RunOptions.Reading.ALL));
        pauseButton.setOnAction(event -> model.run().togglePause());
        cancelButton.setOnAction(event -> model.run().cancel());
        speed.chosenProperty().subscribe(times -> model.run().speedProperty().set(times));
        panes = new ShellPanes(
                root, columns, middle, new ShellPanes.Sides(paletteSlot, canvasSlot, dockSlot, inspector), chartsTab);
        workspace.chosenProperty().subscribe(wanted -> {
            panes.arrange(wanted);
            arranged.accept(wanted);
        });
        root.widthProperty().subscribe(width -> toolbar.pseudoClassStateChanged(TIGHT, width.doubleValue() < SPACIOUS));
        goBelow(WIDE, speedLabel);
        // A long name is cut, or it would push the end of the toolbar, and all below it, out of the window.
        pipelineMenu.setMinWidth(96);
        pipelineMenu.setMaxWidth(240);
        figureSlot.getChildren().setAll(figures.toolbar());
        goBelow(MEDIUM, figures.saved());
        goBelow(NARROW, figures.memoryText());
        goBelow(WIDE, figures.memoryLimit());
        goBelow(NARROW, timeLabel);
        figures.fill(status);
        figures.onShowProblems(this::showProblemsTab);
        model.run().phaseProperty().subscribe(this::showPhase);
        model.graphProperty().subscribe(graph -> showDocument());
        model.documentProperty().subscribe(document -> showDocument());
        model.dirtyProperty().subscribe(dirty -> showDocument());
        model.problemsProperty().subscribe(this::showProblems);
        model.undoTitleProperty().subscribe(figures::showUndo);
    }

    private void goBelow(double width, Node node) {
        node.managedProperty().bind(node.visibleProperty());
        node.visibleProperty().bind(root.widthProperty().greaterThanOrEqualTo(width));
    }

    private static String speedName(double times) {
        return Double.isInfinite(times)
                ? Messages.text("shell.speed.max")
                : Messages.text("shell.speed.times", Formats.count((long) times));
    }

    // ---- what the composition puts in

    void placePalette(Node palette) {
        paletteSlot.getChildren().setAll(palette);
    }

    void placeCanvas(Node canvas) {
        canvasSlot.getChildren().setAll(canvas);
    }

    /// @param dockCharts the charts below the canvas
    /// @param range chooses how much time they show
    /// @param allCharts makes all charts, for Observe
    /// @param sideCharts makes what stands below the canvas there
    void placeCharts(Node dockCharts, Node range, Supplier<Node> allCharts, Supplier<Node> sideCharts) {
        panes.charts(dockCharts, allCharts, sideCharts);
        HBox strip = new HBox(range);
        strip.setAlignment(Pos.CENTER_RIGHT);
        strip.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        strip.getStyleClass().add("dock-tools");
        StackPane.setAlignment(strip, Pos.TOP_RIGHT);
        // The full view of Observe has a selector of its own.
        strip.visibleProperty()
                .bind(chartsTab
                        .selectedProperty()
                        .and(workspace.chosenProperty().isEqualTo(ShellPanes.Workspace.BUILD)));
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

    /// @param transport moves about in a recording
    /// @param spans makes what the inspector shows of single parts
    /// @param traces makes what the dock shows of trace files
    /// @param askForTrace asks for a file to look into
    void placeTraces(Node transport, Supplier<Node> spans, Supplier<Node> traces, Runnable askForTrace) {
        replaySlot.getChildren().setAll(transport);
        replaySlot.managedProperty().bind(transport.visibleProperty());
        // A replay's place says what the time of the run would say again.
        timeLabel
                .visibleProperty()
                .bind(transport.visibleProperty().not().and(root.widthProperty().greaterThanOrEqualTo(NARROW)));
        // Nor is there room for the word beside the speeds then.
        speedLabel
                .visibleProperty()
                .bind(transport.visibleProperty().not().and(root.widthProperty().greaterThanOrEqualTo(WIDE)));
        // Nor for all figures beside the meter, which would cost the pipeline its name.
        besideReplay(transport, figures.memoryText(), WIDE, NARROW);
        besideReplay(transport, figures.memoryLimit(), ROOMY, WIDE);
        this.askForTrace = askForTrace;
        fillWhenChosen(spansTab, spans);
        fillWhenChosen(tracesTab, traces);
    }

    private void besideReplay(Node transport, Node figure, double width, double alone) {
        figure.visibleProperty()
                .bind(root.widthProperty()
                        .greaterThanOrEqualTo(Bindings.when(transport.visibleProperty())
                                .then(width)
                                .otherwise(alone)));
    }

    /// @param tune makes the workspace that says what the history of the caches says
    /// @param misses makes what the dock lists of requests that were not served
    /// @param why makes what the inspector says of one of them
    /// @param explain explains what is selected
    void placeTune(Supplier<Node> tune, Supplier<Node> misses, Supplier<Node> why, Runnable explain) {
        this.explain = explain;
        panes.tune(tune);
        fillWhenChosen(missesTab, misses);
        fillWhenChosen(whyTab, why);
    }

    void explain() {
        explain.run();
    }

    /// @param open opens the panel that removes entries in bulk
    /// @param undo brings back what was removed last
    /// @param all removes all entries
    void placeUpkeep(Runnable open, Runnable undo, Runnable all) {
        openBulk = open;
        undoBulk = undo;
        removeAll = all;
    }

    void removeAll() {
        removeAll.run();
    }

    void openBulk() {
        choose(ShellPanes.Workspace.BUILD);
        showEntriesTab();
        openBulk.run();
    }

    void undoBulk() {
        undoBulk.run();
    }

    /// Brings the explanation of a miss in front, where the inspector is.
    void showWhyTab() {
        choose(ShellPanes.Workspace.BUILD);
        inspector.getSelectionModel().select(whyTab);
    }

    void showMissesTab() {
        dock.getSelectionModel().select(missesTab);
    }

    void askForTrace() {
        askForTrace.run();
    }

    void showTracesTab() {
        dock.getSelectionModel().select(tracesTab);
    }

    void showSpansTab() {
        inspector.getSelectionModel().select(spansTab);
    }

    boolean spansInSight() {
        return inspector.getScene() != null && inspector.getSelectionModel().getSelectedItem() == spansTab;
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
        figures.showZoom(zoom);
    }

    void showEntryCount(long entries) {
        entryCount = entries;
        entriesTab.setText(count("shell.entries", entries));
    }

    /// How many entries the caches hold, as was last counted.
    long entryCount() {
        return entryCount;
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

    boolean entriesInSight() {
        return dock.getSelectionModel().getSelectedItem() == entriesTab;
    }

    boolean chartsInSight() {
        return dock.getSelectionModel().getSelectedItem() == chartsTab;
    }

    // ---- panes

    void choose(ShellPanes.Workspace wanted) {
        workspace.setChosen(wanted);
    }

    /// Is told in which workspace the panes stand, now and whenever it is another.
    void onArranged(Consumer<ShellPanes.Workspace> listener) {
        arranged = listener;
        listener.accept(workspace.getChosen());
    }

    void speed(double times) {
        model.run().speedProperty().set(times);
    }

    /// Gives every pane its own width again.
    void resetLayout() {
        panes.reset();
    }

    /// Hides a pane, or shows it again.
    void toggle(ShellPanes.Pane pane) {
        panes.toggle(pane);
    }

    // ---- what the model says

    private void showPhase(RunControl.Phase phase) {
        boolean active = phase != RunControl.Phase.IDLE;
        runButton.setText(Messages.text(
                switch (phase) {
                    case IDLE -> "shell.run";
                    case STARTING -> "shell.starting";
                    case RUNNING -> "shell.running";
                    case PAUSED -> "shell.paused";
                    case ENDING -> "shell.ending";
                }));
        runButton.setGraphic(Icons.icon(phase == RunControl.Phase.PAUSED ? "pausef" : "playf", 14));
        Tips.install(runButton, Messages.text(active ? "shell.run.running.tip" : "shell.run.tip"));
        runButton.getStyleClass().removeAll("primary", "flat", "running");
        runButton.getStyleClass().addAll(active ? List.of("flat", "running") : List.of("primary"));
        runButton.pseudoClassStateChanged(RUNNING, active);
        runButton.setMouseTransparent(active);
        runButton.setFocusTraversable(!active);
        runButton.setDisable(!active && model.graph().nodes().isEmpty());
        pauseButton.setDisable(phase != RunControl.Phase.RUNNING && phase != RunControl.Phase.PAUSED);
        pauseButton.setSelected(phase == RunControl.Phase.PAUSED);
        cancelButton.setDisable(!active);
    }

    private void showProblems(@Nullable List<Problem> found) {
        figures.showProblems(Objects.requireNonNullElse(found, List.of()));
    }

    /// @param listed how many lines the tab "Problems" has, the failures of the run among them
    void showProblemCount(int listed) {
        problemsTab.setText(count("shell.problems", listed));
    }

    private void showDocument() {
        Document document = model.document();
        boolean dirty = model.dirtyProperty().get();
        runButton.setDisable(document.graph().nodes().isEmpty() && !model.run().isActive());
        pipelineMenu.setText(document.graph().name());
        Tips.install(pipelineMenu, document.graph().name());
        panes.showEmptiness(document.graph().nodes().isEmpty());
        figures.showDocument(document, dirty);
        actions.title(Messages.text(dirty ? "shell.title.dirty" : "shell.title", document.title()));
    }

    /// Shows a sample of the run's numbers.
    void sampled(@Nullable RunSnapshot previous, RunSnapshot now, long elapsedNanos) {
        figures.sampled(previous, now, elapsedNanos);
        timeLabel.setText(Formats.clock(now.elapsedNanos() / 1e9));
    }

    /// Shows that nothing has run.
    void noRun() {
        figures.noRun();
        timeLabel.setText(Messages.text("shell.time.none"));
    }
}

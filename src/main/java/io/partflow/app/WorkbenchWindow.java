package io.partflow.app;

import io.partflow.engine.run.RunOptions;
import io.partflow.engine.run.RunSnapshot;
import io.partflow.pipeline.GraphPaths;
import io.partflow.pipeline.PipelineDocument;
import io.partflow.pipeline.PipelineNode;
import io.partflow.ui.charts.ChartsView;
import io.partflow.ui.charts.ChartsViewModel;
import io.partflow.ui.charts.SaveDialog;
import io.partflow.ui.editor.CanvasView;
import io.partflow.ui.editor.FileDropHandler;
import io.partflow.ui.editor.FileDrops;
import io.partflow.ui.editor.PaletteView;
import io.partflow.ui.editor.SampleCard;
import io.partflow.ui.editor.model.CanvasModel;
import io.partflow.ui.editor.model.DropPlan;
import io.partflow.ui.inspect.replay.ReplayBar;
import io.partflow.ui.inspect.replay.ReplayViewModel;
import io.partflow.ui.support.FxThread;
import io.partflow.ui.support.Messages;
import io.partflow.ui.support.SnapshotPump;
import io.partflow.ui.tune.TuneDesk;
import io.partflow.ui.tune.ledger.PriceFile;
import io.partflow.ui.tune.sample.TuneGround;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.fxml.FXMLLoader;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import org.jspecify.annotations.Nullable;

/// The content of the window: every view, put into the shell and wired to the model. FX thread.
///
/// It decides nothing: gestures go to the model as commands, samples of the run go to whoever shows them.
final class WorkbenchWindow {
    private final WorkbenchModel model;
    private final ShellActions actions;
    private final ShellController shell;
    private final Parent root;
    private final Toasts toasts;
    private final CanvasModel canvasModel;
    private final CanvasView canvas;
    private final FileDrops drops;
    private final ChartsViewModel charts = new ChartsViewModel();
    private final SnapshotPump pump;
    private final Inspection inspection;
    private final ReplayViewModel replay;
    private final TuneDesk tuning;
    private @Nullable Document shown;

    private WorkbenchWindow(Composition made, ShellActions actions, Executor background, Executor afterFirstFrames) {
        this.model = made.model();
        this.actions = actions;
        this.shell = new ShellController(model, actions);
        this.root = load(shell);
        this.toasts = new Toasts(root);
        this.canvasModel = new CanvasModel(model.catalog(), model::execute);
        this.canvas = new CanvasView(canvasModel, background);
        this.drops = new FileDrops(
                canvas, actions::open, file -> GraphPaths.name(model.document().folder(), file));
        this.pump = SnapshotPump.onFxThread(() -> model.run().snapshot().orElse(null), background);
        this.inspection = new Inspection(model, shell, canvasModel, actions, background);
        this.tuning = new TuneDesk(
                model.watched(),
                new TuneGround(
                        id -> model.graph().node(id).map(canvasModel::title).orElse(id),
                        id -> model.graph().node(id).map(PipelineNode::cache),
                        model::execute),
                new PriceFile(
                        made.folders().settings().resolve("prices.json"),
                        background,
                        FxThread.executor(),
                        problem -> model.tell(Notice.of(problem))),
                background,
                FxThread.executor());
        shell.placeTune(tuning::tune, tuning::misses, tuning::why, inspection::explain);
        inspection.explainWith(tuning);
        shell.placeCanvas(canvas);
        shell.placeDock(inspection::entries, inspection::problems);
        this.replay = new ReplayViewModel(actions.replayControl(), background, FxThread.executor());
        shell.placeTraces(
                new ReplayBar(replay),
                inspection::spans,
                () -> inspection.traces(actions::chooseRecording, actions::replay),
                () -> actions.chooseRecording().ifPresent(inspection::showTrace));
        listen();
        shell.onArranged(canvas::standIn);
        afterFirstFrames.execute(() -> placeAround(background));
    }

    /// What stands around the canvas: the palette, the charts and what is said of the selection.
    private void placeAround(Executor background) {
        PaletteView palette = new PaletteView(canvas);
        shell.placePalette(palette);
        samples(palette, background);
        ChartsView inDock = charts(ChartsView.Arrangement.DOCK);
        shell.placeCharts(
                inDock.root(),
                inDock.dockTools(),
                () -> charts(ChartsView.Arrangement.FULL).root(),
                () -> charts(ChartsView.Arrangement.SIDE).root());
        tuning.loadPrices();
        shell.placeInspector(inspection::node, inspection::part, inspection::entry);
    }

    /// Builds the window's content, all of it.
    ///
    /// @param title shows the window's title
    static WorkbenchWindow over(Composition made, FileDialogs dialogs, Consumer<String> title) {
        return over(made, dialogs, title, Runnable::run);
    }

    /// Builds the window's content.
    ///
    /// @param afterFirstFrames runs on the FX thread what the first frames can do without, so that they come sooner
    static WorkbenchWindow over(
            Composition made, FileDialogs dialogs, Consumer<String> title, Executor afterFirstFrames) {
        ShellActions actions = new ShellActions(made.model(), dialogs, made.settings(), title);
        return new WorkbenchWindow(made, actions, Composition.virtualThreads(), afterFirstFrames);
    }

    private static Parent load(ShellController controller) {
        FXMLLoader loader = new FXMLLoader(WorkbenchWindow.class.getResource("shell.fxml"), Messages.bundle());
        loader.setController(controller);
        try {
            return loader.load();
        } catch (IOException e) {
            throw new UncheckedIOException("The window's frame cannot be read", e);
        }
    }

    private ChartsView charts(ChartsView.Arrangement arrangement) {
        return ChartsView.load(
                charts, arrangement, SaveDialog.ofSystem(), sentence -> model.tell(Notice.information(sentence)));
    }

    private void samples(PaletteView palette, Executor background) {
        palette.setOnOpenSample(card -> actions.openSample(Path.of(card.id())));
        canvas.emptyState().setOnRunSample(card -> actions.openSample(Path.of(card.id())));
        canvas.emptyState().setOnChooseFiles(this::chooseFiles);
        background.execute(() -> {
            List<SampleCard> cards = SampleCards.of(model);
            FxThread.run(() -> {
                shell.showSamples(cards);
                palette.setSamples(cards);
                canvas.emptyState().setSamples(cards);
            });
        });
    }

    private void chooseFiles() {
        List<Path> files = actions.chooseMedia();
        if (!files.isEmpty()) {
            drops.handleDrop(files, canvas.getWidth() / 2, canvas.getHeight() / 2);
        }
    }

    /// Keeps the guide of an empty canvas away until a pipeline is shown or could not be.
    void expectPipeline() {
        canvas.setEmptyGuide(CanvasView.EmptyGuide.HIDDEN);
    }

    private void listen() {
        model.onNotice(notice -> {
            canvas.setEmptyGuide(CanvasView.EmptyGuide.SHOWN);
            toasts.show(notice);
        });
        model.onRefused(shell::showProblemsTab);
        canvasModel.onRefused(problem -> model.tell(Notice.refused(problem)));
        canvas.setFileDropHandler(drops);
        canvas.setOnEdit(node -> inspection.edit());
        model.graphProperty().subscribe(graph -> {
            canvasModel.show(graph);
            canvas.setEmptyGuide(CanvasView.EmptyGuide.SHOWN);
            charts.nameNodes(id -> graph.node(id).map(canvasModel::title).orElse(id));
        });
        model.documentProperty().subscribe(document -> {
            if (shown == null || shown.history() != document.history()) {
                toasts.withdraw(Notice::isAboutPipeline);
                pump.drop();
                canvasModel.clearRun();
                shell.noRun();
                inspection.noRun();
                tuning.clear();
                canvas.fitWhenShown();
            }
            shown = document;
        });
        model.graphProperty().subscribe(graph -> {
            tuning.edited();
            toasts.withdraw(notice -> notice.isOverWith(graph));
        });
        model.graphProperty().subscribe(graph -> replay.load(model.recordings()));
        model.documentProperty().subscribe(document -> replay.load(model.recordings()));
        drops.onDropped(files -> files.stream()
                .filter(file -> DropPlan.isReplayable(String.valueOf(file.getFileName())))
                .findFirst()
                .ifPresent(inspection::showTrace));
        canvasModel.viewportProperty().subscribe(viewport -> shell.showZoom(viewport.zoom()));
        charts.attach(pump);
        pump.listen(this::sampled);
        model.run().phaseProperty().subscribe(phase -> {
            pump.pull();
            if (phase == RunControl.Phase.STARTING) {
                toasts.withdraw(Notice::isAboutPipeline);
            }
        });
    }

    void sampled(@Nullable RunSnapshot previous, RunSnapshot now, long elapsedNanos) {
        canvas.applySnapshot(previous, now, elapsedNanos);
        shell.sampled(previous, now, elapsedNanos);
        inspection.sampled(previous, now, elapsedNanos);
        replay.sample();
        tuning.sample();
    }

    Parent root() {
        return root;
    }

    ShellActions actions() {
        return actions;
    }

    ShellController shell() {
        return shell;
    }

    CanvasView canvas() {
        return canvas;
    }

    FileDropHandler drops() {
        return drops;
    }

    Inspection inspection() {
        return inspection;
    }

    TuneDesk tuning() {
        return tuning;
    }

    ChartsViewModel charts() {
        return charts;
    }

    /// Takes no more samples, as when the window is gone.
    void close() {
        pump.pace(SnapshotPump.Pace.HIDDEN);
    }

    /// Keys that no menu entry has.
    void keys(Scene scene) {
        scene.getAccelerators().put(new KeyCodeCombination(KeyCode.F5), () -> actions.run(RunOptions.Reading.ALL));
        scene.getAccelerators().put(new KeyCodeCombination(KeyCode.F9), toasts::doLatest);
    }

    /// Opens what the command line names: the first pipeline; recordings and media are dropped on the canvas.
    void openAll(List<Path> files) {
        List<Path> pipelines =
                files.stream().filter(WorkbenchWindow::isPipeline).toList();
        List<Path> others = files.stream().filter(file -> !isPipeline(file)).toList();
        Runnable dropOthers = () -> {
            if (!others.isEmpty()) {
                drops.handleDrop(
                        others.stream().map(Path::toAbsolutePath).toList(),
                        canvas.getWidth() / 2,
                        canvas.getHeight() / 2);
            }
        };
        if (pipelines.isEmpty()) {
            dropOthers.run();
        } else {
            expectPipeline();
            model.open(Objects.requireNonNull(pipelines.getFirst()), dropOthers);
        }
    }

    private static boolean isPipeline(Path file) {
        return file.toString().endsWith(PipelineDocument.SUFFIX);
    }
}

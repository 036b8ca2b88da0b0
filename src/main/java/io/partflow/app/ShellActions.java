package io.partflow.app;

import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.ParamType;
import io.partflow.engine.run.RunOptions;
import io.partflow.pipeline.GraphInputs;
import io.partflow.pipeline.GraphPaths;
import io.partflow.pipeline.PipelineGraph;
import io.partflow.pipeline.Problem;
import io.partflow.pipeline.edit.ReplaceGraph;
import io.partflow.ui.inspect.replay.ReplayControl;
import io.partflow.ui.support.Messages;
import io.partflow.ui.support.Theme;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.scene.control.Alert;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonType;
import javafx.stage.Stage;
import javafx.stage.Window;

/// What menu, keys and buttons do where a question may have to be asked first. FX thread.
final class ShellActions {
    private final WorkbenchModel model;
    private final FileDialogs dialogs;
    private final Settings settings;
    private final Consumer<String> windowTitle;
    private Runnable exit = Platform::exit;

    ShellActions(WorkbenchModel model, FileDialogs dialogs, Settings settings, Consumer<String> windowTitle) {
        this.model = model;
        this.dialogs = dialogs;
        this.settings = settings;
        this.windowTitle = windowTitle;
    }

    void title(String text) {
        windowTitle.accept(text);
    }

    void run(RunOptions.Reading reading) {
        model.run().runWhenStarted();
        model.startRun(reading, null);
    }

    void run(RunControl.CacheUse use) {
        model.run().runWhenStarted();
        model.startRun(use, null);
    }

    /// Fills the caches by running on a folder.
    void warmFromFolder() {
        dialogs.file(FileDialogs.Purpose.CHOOSE_FOLDER, model.document().folder(), "")
                .ifPresent(folder ->
                        model.warm(GraphInputs.replaceFiles(model.graph(), model.catalog(), List.of(folder))));
    }

    /// Fills the caches by running on a recording.
    void warmFromRecording() {
        chooseRecording()
                .ifPresent(file -> model.warm(
                        GraphInputs.replaceRecording(model.graph(), model.catalog(), file.toAbsolutePath())));
    }

    /// A store of another pipeline or program.
    Optional<Path> chooseStore() {
        return dialogs.file(FileDialogs.Purpose.OPEN_STORE, model.document().folder(), "");
    }

    void runAndRecord() {
        dialogs.file(FileDialogs.Purpose.SAVE_RECORDING, model.document().folder(), "recording.parts.jsonl")
                .ifPresent(file -> model.startRun(RunOptions.Reading.ALL, file));
    }

    /// Puts another recording into the recording source, as an edit, and runs it.
    void replayRecording() {
        chooseRecording().ifPresent(this::replay);
    }

    /// A recording or a trace file.
    Optional<Path> chooseRecording() {
        return dialogs.file(FileDialogs.Purpose.OPEN_RECORDING, model.document().folder(), "");
    }

    /// Puts a recording or a trace file into the recording source, as an edit, and runs it.
    void replay(Path file) {
        GraphInputs.Replaced replaced =
                GraphInputs.replaceRecording(model.graph(), model.catalog(), file.toAbsolutePath());
        Problem problem = replaced.problem();
        PipelineGraph graph = replaced.graph();
        if (problem != null) {
            model.tell(Notice.of(problem));
        } else if (graph != null) {
            model.execute(new ReplaceGraph(graph, "replay " + file.getFileName()));
            run(RunOptions.Reading.ALL);
        }
    }

    /// Lets one part through and holds; begins a run so when none is going on.
    void step() {
        if (model.run().isActive()) {
            model.run().step();
        } else {
            model.run().stepWhenStarted();
            model.startRun(RunOptions.Reading.ALL, null);
        }
    }

    /// What the transport in the toolbar does.
    ReplayControl replayControl() {
        return new ReplayControl() {
            @Override
            public void step() {
                ShellActions.this.step();
            }

            @Override
            public void seek(double atMillis) {
                model.run().seek(atMillis);
            }

            @Override
            public void togglePlay() {
                if (model.run().isActive()) {
                    model.run().togglePause();
                } else {
                    run(RunOptions.Reading.ALL);
                }
            }

            @Override
            public double positionMillis() {
                return model.run().replayMillis();
            }
        };
    }

    /// Files to put on the canvas.
    List<Path> chooseMedia() {
        return dialogs.files(FileDialogs.Purpose.ADD_MEDIA, model.document().folder());
    }

    /// Files for a parameter, named as the open document names files.
    List<String> chooseFor(ParamSpec spec) {
        Path folder = model.document().folder();
        List<Path> chosen = spec.type() == ParamType.LIST
                ? dialogs.files(FileDialogs.Purpose.ADD_MEDIA, folder)
                : dialogs.file(FileDialogs.Purpose.ADD_MEDIA, folder, "").stream()
                        .toList();
        return chosen.stream().map(file -> GraphPaths.name(folder, file)).toList();
    }

    void startNew() {
        whenSafe(model::startNew);
    }

    void open() {
        whenSafe(() -> dialogs.file(
                        FileDialogs.Purpose.OPEN_PIPELINE, model.document().folder(), "")
                .ifPresent(this::opened));
    }

    /// Opens a pipeline, asking first when there is unsaved work.
    void open(Path file) {
        whenSafe(() -> opened(file));
    }

    private void opened(Path file) {
        model.open(file, () -> settings.lastPipeline(file));
    }

    /// Opens a sample and runs it.
    void openSample(Path file) {
        whenSafe(() -> model.open(file, () -> run(RunOptions.Reading.ALL)));
    }

    void save() {
        save(() -> {});
    }

    private void save(Runnable then) {
        if (!model.save(then)) {
            saveAs(then);
        }
    }

    void saveAs() {
        saveAs(() -> {});
    }

    private void saveAs(Runnable then) {
        String name = model.document().file() == null
                ? "untitled.partflow.json"
                : String.valueOf(model.document().file().getFileName());
        dialogs.file(FileDialogs.Purpose.SAVE_PIPELINE, model.document().folder(), name)
                .ifPresent(file -> model.saveAs(file, () -> {
                    settings.lastPipeline(file);
                    then.run();
                }));
    }

    void theme(Theme wanted) {
        wanted.applyEverywhere();
        settings.theme(wanted);
    }

    /// What ends the workbench when nothing would be lost, in place of the end of the toolkit.
    void onQuit(Runnable end) {
        exit = end;
    }

    /// Lets the buttons of the window system do what [#quit()] does.
    void closeWith(Stage stage) {
        stage.setOnCloseRequest(event -> {
            event.consume();
            quit();
        });
    }

    /// Ends the workbench, asking first when there is unsaved work: the menu, its key and the window's own button.
    void quit() {
        whenSafe(exit);
    }

    /// Does something that gives up unsaved work, after asking what to do about it.
    void whenSafe(Runnable action) {
        model.commitTyped();
        if (!model.dirtyProperty().get()) {
            action.run();
            return;
        }
        ButtonType save = new ButtonType(Messages.text("ask.unsaved.save"), ButtonBar.ButtonData.YES);
        ButtonType discard = new ButtonType(Messages.text("ask.unsaved.discard"), ButtonBar.ButtonData.NO);
        ButtonType cancel = new ButtonType(Messages.text("ask.unsaved.cancel"), ButtonBar.ButtonData.CANCEL_CLOSE);
        Alert alert = new Alert(
                Alert.AlertType.CONFIRMATION,
                Messages.text("ask.unsaved.text", model.document().title()),
                save,
                discard,
                cancel);
        // Or a window manager may put the question behind the window, which then seems to stay for no reason.
        Window.getWindows().stream()
                .filter(window -> window instanceof Stage && window.isShowing())
                .findFirst()
                .ifPresent(alert::initOwner);
        alert.setHeaderText(Messages.text("ask.unsaved.title"));
        alert.setTitle(Messages.text("ask.unsaved.title"));
        Optional<ButtonType> answer = alert.showAndWait();
        if (answer.filter(save::equals).isPresent()) {
            save(action);
        } else if (answer.filter(discard::equals).isPresent()) {
            action.run();
        }
    }
}

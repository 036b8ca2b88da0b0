package io.partflow.app;

import io.partflow.pipeline.PipelineDocument;
import io.partflow.ui.support.Messages;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.FileChooser.ExtensionFilter;
import javafx.stage.Stage;

/// The system's own file dialogs over one window. FX thread.
final class SystemFileDialogs implements FileDialogs {
    private static final String RECORDING_SUFFIX = ".parts.jsonl";

    private final Stage owner;

    SystemFileDialogs(Stage owner) {
        this.owner = owner;
    }

    @Override
    public Optional<Path> file(Purpose purpose, Path folder, String suggested) {
        if (purpose == Purpose.CHOOSE_FOLDER) {
            return folder(folder);
        }
        FileChooser chooser = chooser(purpose, folder);
        chooser.setInitialFileName(suggested);
        File chosen = switch (purpose) {
            case SAVE_PIPELINE, SAVE_RECORDING -> chooser.showSaveDialog(owner);
            case OPEN_PIPELINE, OPEN_RECORDING, ADD_MEDIA, OPEN_STORE, CHOOSE_FOLDER -> chooser.showOpenDialog(owner);
        };
        return Optional.ofNullable(chosen).map(File::toPath).map(file -> named(purpose, file));
    }

    private Optional<Path> folder(Path start) {
        DirectoryChooser chooser = new DirectoryChooser();
        chooser.setTitle(Messages.text("dialog.folder"));
        if (Files.isDirectory(start)) {
            chooser.setInitialDirectory(start.toFile());
        }
        return Optional.ofNullable(chooser.showDialog(owner)).map(File::toPath);
    }

    @Override
    public List<Path> files(Purpose purpose, Path folder) {
        List<File> chosen = chooser(purpose, folder).showOpenMultipleDialog(owner);
        return chosen == null ? List.of() : chosen.stream().map(File::toPath).toList();
    }

    private static FileChooser chooser(Purpose purpose, Path folder) {
        FileChooser chooser = new FileChooser();
        if (Files.isDirectory(folder)) {
            chooser.setInitialDirectory(folder.toFile());
        }
        ExtensionFilter all = new ExtensionFilter(Messages.text("dialog.type.all"), "*.*");
        ExtensionFilter pipelines =
                new ExtensionFilter(Messages.text("dialog.type.pipeline"), "*" + PipelineDocument.SUFFIX);
        ExtensionFilter recordings =
                new ExtensionFilter(Messages.text("dialog.type.recording"), "*" + RECORDING_SUFFIX);
        ExtensionFilter replayable =
                new ExtensionFilter(Messages.text("dialog.type.replayable"), "*" + RECORDING_SUFFIX, "*.json");
        switch (purpose) {
            case OPEN_PIPELINE -> {
                chooser.setTitle(Messages.text("dialog.open"));
                chooser.getExtensionFilters().addAll(pipelines, all);
            }
            case SAVE_PIPELINE -> {
                chooser.setTitle(Messages.text("dialog.save"));
                chooser.getExtensionFilters().add(pipelines);
            }
            case SAVE_RECORDING -> {
                chooser.setTitle(Messages.text("dialog.record"));
                chooser.getExtensionFilters().add(recordings);
            }
            case OPEN_RECORDING -> {
                chooser.setTitle(Messages.text("dialog.recording"));
                chooser.getExtensionFilters().addAll(replayable, all);
            }
            case ADD_MEDIA -> chooser.setTitle(Messages.text("dialog.media"));
            case CHOOSE_FOLDER -> chooser.setTitle(Messages.text("dialog.folder"));
            case OPEN_STORE -> {
                chooser.setTitle(Messages.text("dialog.store"));
                chooser.getExtensionFilters()
                        .addAll(new ExtensionFilter(Messages.text("dialog.type.store"), "*.db", "*.sqlite"), all);
            }
        }
        return chooser;
    }

    /// Some systems' dialogs leave the ending out.
    private static Path named(Purpose purpose, Path file) {
        String ending = switch (purpose) {
            case SAVE_PIPELINE -> PipelineDocument.SUFFIX;
            case SAVE_RECORDING -> RECORDING_SUFFIX;
            case OPEN_PIPELINE, OPEN_RECORDING, ADD_MEDIA, CHOOSE_FOLDER, OPEN_STORE -> "";
        };
        String name = String.valueOf(file.getFileName());
        return name.endsWith(ending) ? file : file.resolveSibling(name + ending);
    }
}

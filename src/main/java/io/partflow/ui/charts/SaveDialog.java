package io.partflow.ui.charts;

import java.io.File;
import java.nio.file.Path;
import javafx.stage.FileChooser;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/// Asks where to save a file.
@FunctionalInterface
public interface SaveDialog {

    /// The place chosen, or null when the dialog was cancelled; `owner` is null without a window.
    @Nullable
    Path ask(String suggestedName, @Nullable Window owner);

    /// The dialog of the system.
    static SaveDialog ofSystem() {
        return (suggestedName, owner) -> {
            FileChooser chooser = new FileChooser();
            chooser.setInitialFileName(suggestedName);
            File chosen = chooser.showSaveDialog(owner);
            return chosen == null ? null : chosen.toPath();
        };
    }
}

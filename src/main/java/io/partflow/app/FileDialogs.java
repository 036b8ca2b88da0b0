package io.partflow.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Asks the user for files. The system's dialogs in the product, answers by a test in tests. FX thread.
interface FileDialogs {
    /// What is asked for.
    enum Purpose {
        OPEN_PIPELINE,
        SAVE_PIPELINE,
        SAVE_RECORDING,
        OPEN_RECORDING,
        ADD_MEDIA,
        CHOOSE_FOLDER,
        OPEN_STORE
    }

    /// One file; empty when the user gives up.
    ///
    /// @param folder where to look first
    /// @param suggested the name to start with; may be empty
    Optional<Path> file(Purpose purpose, Path folder, String suggested);

    /// Any number of files; empty when the user gives up.
    List<Path> files(Purpose purpose, Path folder);
}

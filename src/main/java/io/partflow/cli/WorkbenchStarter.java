package io.partflow.cli;

import io.partflow.cli.environment.ExitStatus;
import java.nio.file.Path;
import java.util.List;

/// Opens the workbench's window. The implementation lives above this room, so that commands load no class of
/// JavaFX.
@FunctionalInterface
public interface WorkbenchStarter {
    /// Opens the window and returns when it has been closed.
    ///
    /// @param files pipelines, recordings or media to open; all exist; may be empty
    /// @throws Exception what kept the window from opening
    ExitStatus open(List<Path> files) throws Exception;
}

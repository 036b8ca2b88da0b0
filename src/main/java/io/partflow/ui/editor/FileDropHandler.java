package io.partflow.ui.editor;

import java.nio.file.Path;
import java.util.List;

/// What becomes of files that are dropped on the canvas. Kept apart from the system's drag and drop, so that a test
/// can drop files without it.
///
/// Positions are those of the canvas, in screen pixels. FX thread; must not read the files.
public interface FileDropHandler {
    /// Files are over the canvas: show what letting them go would do.
    void hover(List<Path> files, double x, double y);

    /// The files have left the canvas again.
    void leave();

    /// The files were let go.
    ///
    /// @return whether anything was done with them
    boolean handleDrop(List<Path> files, double x, double y);
}

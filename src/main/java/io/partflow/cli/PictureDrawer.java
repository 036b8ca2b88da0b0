package io.partflow.cli;

import io.partflow.pipeline.Problem;
import java.util.List;

/// Draws views into PNG files without a display. The implementation lives above this room, so that commands
/// load no class of JavaFX.
public interface PictureDrawer {
    /// The names of the views that can be drawn by name, in the order to list them.
    List<String> views();

    /// Draws one picture and writes the file.
    ///
    /// @return what kept it from being drawn; empty when the file is written
    /// @throws Exception an error of the program or of writing the file
    List<Problem> draw(PictureRequest request) throws Exception;
}

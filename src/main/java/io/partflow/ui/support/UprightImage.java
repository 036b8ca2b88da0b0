package io.partflow.ui.support;

import io.partflow.engine.builtin.image.ExifOrientation;
import io.partflow.engine.content.Bytes;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.image.Image;

/// Decodes pictures for the screen, turned as the camera was held: JavaFX shows them as they are stored. Any thread;
/// takes as long as there are pixels, so not the FX thread.
public final class UprightImage {
    private UprightImage() {}

    /// The picture, scaled to fit into a box; an image in error when its bytes are damaged. For an interrupted
    /// thread, whose picture nobody waits for, as it is stored.
    ///
    /// @param widthPx of the box, in pixels
    /// @param heightPx of the box, in pixels
    public static Image of(Bytes file, double widthPx, double heightPx) {
        ExifOrientation orientation = ExifOrientation.of(file);
        boolean sideways = orientation.isSideways();
        Image stored =
                new Image(file.inputStream(), sideways ? heightPx : widthPx, sideways ? widthPx : heightPx, true, true);
        if (orientation == ExifOrientation.UPRIGHT || stored.isError()) {
            return stored;
        }
        try {
            return SwingFXUtils.toFXImage(orientation.upright(SwingFXUtils.fromFXImage(stored, null)), null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return stored;
        }
    }
}

package io.partflow.ui.inspect;

import java.util.Objects;
import javafx.scene.Parent;

/// The styles of this room, beyond those of the theme: sizes and places only, colours by token. FX thread.
public final class Stylesheet {
    private Stylesheet() {}

    /// Gives the styles to a view and everything in it.
    public static void dress(Parent view) {
        view.getStylesheets()
                .add(Objects.requireNonNull(Stylesheet.class.getResource("inspect.css"))
                        .toExternalForm());
    }
}

package io.partflow.ui.inspect;

import io.partflow.ui.support.Messages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import javafx.fxml.FXMLLoader;
import javafx.scene.Parent;

/// Fills a view from the FXML file of its own name beside it, with the view as root and controller. FX thread.
public final class FxmlView {
    private FxmlView() {}

    /// @throws UncheckedIOException when the file is missing or wrong, which is a mistake of the build
    public static void load(Parent view) {
        Class<?> type = view.getClass();
        FXMLLoader loader = new FXMLLoader(
                Objects.requireNonNull(type.getResource(type.getSimpleName() + ".fxml"), type.getName()),
                Messages.bundle());
        loader.setRoot(view);
        loader.setController(view);
        // The default would be the loader of the thread, which knows nothing when a native caller made the thread.
        loader.setClassLoader(type.getClassLoader());
        try {
            loader.load();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

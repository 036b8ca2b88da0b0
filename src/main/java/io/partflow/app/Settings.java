package io.partflow.app;

import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonString;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.WireFormException;
import io.partflow.ui.support.Theme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;

/// What the user has chosen for good: theme and last pipeline, in `settings.json`. FX thread; files are written on
/// `background`.
///
/// A file that cannot be read counts as absent and one that cannot be written is let be: choices are a convenience,
/// not work.
final class Settings {
    private static final String THEME = "theme";
    private static final String LAST_PIPELINE = "lastPipeline";

    private final Path file;
    private final Executor background;
    private volatile JsonObject values;

    Settings(Path folder, Executor background) {
        this.file = folder.resolve("settings.json");
        this.background = background;
        this.values = read(file);
    }

    private static JsonObject read(Path file) {
        try {
            return JsonObject.parse(Files.readString(file));
        } catch (IOException | WireFormException e) {
            return JsonObject.EMPTY;
        }
    }

    Theme theme() {
        return text(THEME).filter("light"::equals).isPresent() ? Theme.LIGHT : Theme.DARK;
    }

    void theme(Theme wanted) {
        put(THEME, wanted.name().toLowerCase(Locale.ROOT));
    }

    /// The pipeline that was open last, if it is still there.
    Optional<Path> lastPipeline() {
        try {
            return text(LAST_PIPELINE).map(Path::of).filter(Files::isRegularFile);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    void lastPipeline(Path pipeline) {
        put(LAST_PIPELINE, pipeline.toAbsolutePath().toString());
    }

    private Optional<String> text(String name) {
        return values.get(name) instanceof JsonString text ? Optional.of(text.value()) : Optional.empty();
    }

    private void put(String name, String value) {
        values = values.with(name, JsonValue.of(value));
        background.execute(this::write);
    }

    /// Writes what is chosen by now. One at a time: of two choices in a row, the later one must stay.
    private synchronized void write() {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path part = file.resolveSibling("settings.json.part");
            Files.writeString(part, values.toJson() + "\n");
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            // See above.
        }
    }
}

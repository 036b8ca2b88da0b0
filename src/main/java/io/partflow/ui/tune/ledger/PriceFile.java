package io.partflow.ui.tune.ledger;

import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.insight.history.PriceTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// The file that keeps the user's prices. Thread-safe as long as one object writes it.
///
/// @param file is made with the first price
/// @param background reads and writes
/// @param fx leads back to the thread of the views
public record PriceFile(Path file, Executor background, Executor fx) {
    /// Reads it; nothing happens where there is none or it cannot be read.
    public void read(Consumer<PriceTable> then) {
        background.execute(() -> read().ifPresent(table -> fx.execute(() -> then.accept(table))));
    }

    private Optional<PriceTable> read() {
        try {
            return Files.exists(file) && JsonValue.parse(Files.readString(file)) instanceof JsonObject json
                    ? Optional.of(PriceTable.read(json))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            // A table that cannot be read costs nothing: the prices are those of a new user.
            return Optional.empty();
        }
    }

    /// Writes it whole, or leaves it as it is.
    ///
    /// @param failed is told on the FX thread why it could not be written
    public void write(PriceTable table, Consumer<String> failed) {
        background.execute(() -> {
            synchronized (PriceFile.class) {
                try {
                    Files.createDirectories(file.toAbsolutePath().getParent());
                    Path fresh = file.resolveSibling(file.getFileName() + ".new");
                    Files.writeString(fresh, table.toJson().toJson() + "\n");
                    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
                } catch (IOException e) {
                    fx.execute(() -> failed.accept(String.valueOf(e.getMessage())));
                }
            }
        });
    }
}

package io.partflow.ui.tune.ledger;

import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.insight.history.PriceTable;
import io.partflow.pipeline.Problem;
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
/// @param problems is told on the FX thread what could not be read or kept
public record PriceFile(Path file, Executor background, Executor fx, Consumer<Problem> problems) {
    /// Reads it; nothing happens where there is none. One that cannot be understood is laid aside, so that the next
    /// price does not write over it.
    public void read(Consumer<PriceTable> then) {
        background.execute(() -> read().ifPresent(table -> fx.execute(() -> then.accept(table))));
    }

    private Optional<PriceTable> read() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            if (JsonValue.parse(Files.readString(file)) instanceof JsonObject json) {
                return Optional.of(PriceTable.read(json));
            }
            layAside("it is no JSON object");
        } catch (IOException | IllegalArgumentException e) {
            layAside(String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }

    private void layAside(String reason) {
        Path aside = file.resolveSibling(file.getFileName() + ".unreadable");
        String remedy;
        try {
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            remedy = "It was kept as " + aside + "; enter the prices again in Tune, or mend it and move it back.";
        } catch (IOException e) {
            remedy = "Mend or remove it before you change a price in Tune.";
        }
        tell("PRICES_UNREADABLE", "The prices in " + file + " cannot be read: " + reason + ".", remedy);
    }

    /// Writes it whole, or leaves it as it is and tells why.
    public void write(PriceTable table) {
        background.execute(() -> {
            synchronized (PriceFile.class) {
                try {
                    Files.createDirectories(file.toAbsolutePath().getParent());
                    Path fresh = file.resolveSibling(file.getFileName() + ".new");
                    Files.writeString(fresh, table.toJson().toJson() + "\n");
                    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
                } catch (IOException e) {
                    tell(
                            "PRICES_NOT_KEPT",
                            "The prices could not be kept in " + file + ": " + e.getMessage() + ".",
                            "They count until the workbench is closed. Check that there is room and that you may"
                                    + " write there.");
                }
            }
        });
    }

    private void tell(String code, String message, String remedy) {
        Problem problem = Problem.ofFile(code, Problem.Severity.WARNING, file.toString(), message, remedy);
        fx.execute(() -> problems.accept(problem));
    }
}

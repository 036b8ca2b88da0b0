package io.partflow.ui.inspect.entry;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.ui.inspect.Fx;
import io.partflow.ui.inspect.InspectSamples;
import io.partflow.ui.support.Theme;
import java.util.List;
import javafx.scene.Scene;
import javafx.scene.control.TableCell;
import javafx.scene.text.Text;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryTableWidthsUiTest {
    /// As wide as the dock in a window of 1,280 and one of 1,440.
    @ParameterizedTest
    @ValueSource(doubles = {770, 858})
    void usualTexts_standWholeInTheDock(double width) throws Exception {
        Fx.call(() -> {
            EntriesViewModel model = new EntriesViewModel(
                    () -> InspectSamples.entries(40),
                    () -> 100_000,
                    id -> "Speech segments",
                    Runnable::run,
                    Runnable::run);
            EntryTable view = new EntryTable(model, row -> {});
            Scene scene = new Scene(view, width, 240);
            Theme.DARK.apply(scene);
            model.refresh();
            for (int i = 0; i < 3; i++) {
                view.applyCss();
                view.layout();
            }
            List<TableCell<?, ?>> cells = view.lookupAll(".table-cell").stream()
                    .<TableCell<?, ?>>map(node -> (TableCell<?, ?>) node)
                    .filter(cell -> cell.getTableColumn().getUserData() != EntryRow.Order.KEY)
                    .filter(cell -> cell.getText() != null && !cell.getText().isEmpty())
                    .toList();
            assertThat(cells).isNotEmpty();
            assertThat(cells)
                    .allSatisfy(cell -> assertThat(cell.lookup(".text"))
                            .isInstanceOfSatisfying(
                                    Text.class,
                                    shown -> assertThat(shown.getText()).isEqualTo(cell.getText())));
            Fx.keep(scene.snapshot(null), "entries-" + (int) width);
            return cells;
        });
    }
}

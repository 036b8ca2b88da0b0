package io.partflow.ui.inspect.entry;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.cache.CacheEntry;
import io.partflow.ui.inspect.Fx;
import io.partflow.ui.inspect.InspectSamples;
import io.partflow.ui.support.Theme;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;

/// The filters of ControlsFX on rows that are replaced all the time.
class ColumnFiltersUiTest {
    private final List<CacheEntry> entries = new ArrayList<>(InspectSamples.entries(30));
    private long now = InspectSamples.NOW;
    private final EntriesViewModel model = new EntriesViewModel(
            () -> List.copyOf(entries), () -> now, id -> "Title of " + id, Runnable::run, Runnable::run);

    private static EntryFacet node(String id) {
        return new EntryFacet(0, "Title of " + id);
    }

    @SuppressWarnings("unchecked") // the view's own table
    private static TableView<EntryRow> table(EntryTable view) {
        return (TableView<EntryRow>) view.lookup(".table-view");
    }

    private static List<String> nodes(EntryTable view) {
        return table(view).getItems().stream().map(EntryRow::node).distinct().toList();
    }

    @Test
    void columnFilter_andText_leaveOutTogether_andStayThroughRefreshes() throws Exception {
        Fx.call(() -> {
            EntryTable view = new EntryTable(model, row -> {});
            model.refresh();
            int all = table(view).getItems().size();
            view.columnFilters().leaveOut(EntryRow.Order.NODE, node("facts"));
            assertThat(nodes(view)).containsExactly("Title of answer");
            assertThat(table(view).getItems()).hasSizeLessThan(all);
            assertThat(view.columnFilters().button().getText()).endsWith("(1)");

            view.columnFilters().leaveOut(EntryRow.Order.HITS, new EntryFacet(0, "0"));
            assertThat(table(view).getItems()).noneMatch(row -> row.entry().hits() == 0);
            model.filterProperty().set("facts");
            assertThat(table(view).getItems()).as("the text and the columns").isEmpty();
            model.filterProperty().set("answer");
            assertThat(table(view).getItems()).isNotEmpty();
            model.filterProperty().set("");

            // What was chosen stays while no entry of the node is there, as after all have expired.
            entries.removeIf(entry -> entry.node().equals("facts"));
            now += 1_000;
            model.refresh();
            entries.addAll(InspectSamples.entries(60).subList(30, 60));
            model.refresh();
            assertThat(nodes(view)).containsExactly("Title of answer");

            view.columnFilters().clear();
            assertThat(nodes(view)).containsExactlyInAnyOrder("Title of answer", "Title of facts");
            assertThat(view.columnFilters().button().getText()).doesNotContain("(");
            return view;
        });
    }

    @Test
    void refreshes_moveNeitherSelectionNorOrder_whileAColumnIsFiltered() throws Exception {
        Fx.call(() -> {
            EntryTable view = new EntryTable(model, row -> {});
            model.refresh();
            view.columnFilters().leaveOut(EntryRow.Order.NODE, node("facts"));
            TableView<EntryRow> table = table(view);
            table.getSelectionModel().select(3);
            String key = table.getItems().get(3).entry().key().text();
            List<String> order = keys(table);
            for (int tick = 0; tick < 8; tick++) {
                now += 250;
                model.refresh();
            }
            assertThat(keys(table)).isEqualTo(order);
            assertThat(table.getSelectionModel().getSelectedItem().entry().key().text())
                    .isEqualTo(key);
            return view;
        });
    }

    private static List<String> keys(TableView<EntryRow> table) {
        return table.getItems().stream().map(row -> row.entry().key().text()).toList();
    }

    @Test
    void cells_followTheirRow_alsoWhenItsRangeIsTheSame() throws Exception {
        Fx.call(() -> {
            EntryTable view = new EntryTable(model, row -> {});
            Stage stage = new Stage();
            stage.setScene(new Scene(view, 900, 300));
            Theme.DARK.apply(stage.getScene());
            stage.show();
            model.refresh();
            view.applyCss();
            view.layout();
            String before = ages(view);
            now += 1_000;
            model.refresh();
            view.layout();
            assertThat(ages(view)).isNotEqualTo(before);
            stage.hide();
            return view;
        });
    }

    private static String ages(EntryTable view) {
        StringBuilder ages = new StringBuilder();
        view.lookupAll(".table-cell").forEach(cell -> {
            if (cell instanceof javafx.scene.control.TableCell<?, ?> shown
                    && shown.getTableColumn() != null
                    && shown.getTableColumn().getUserData() == EntryRow.Order.AGE) {
                ages.append(shown.getText()).append(';');
            }
        });
        return ages.toString();
    }

    @Test
    void menuOfAHeader_listsWhatIsInTheColumn_inItsOrder() throws Exception {
        Fx.call(() -> {
            EntryTable view = new EntryTable(model, row -> {});
            Stage stage = new Stage();
            stage.setScene(new Scene(view, 900, 300));
            Theme.DARK.apply(stage.getScene());
            stage.show();
            model.refresh();
            TableColumn<EntryRow, ?> sizes = table(view).getColumns().get(3);
            ContextMenu menu = sizes.getContextMenu();
            menu.show(view.columnFilters().button(), javafx.geometry.Side.BOTTOM, 0, 0);
            menu.getScene().getRoot().applyCss();
            menu.getScene().getRoot().layout();
            List<String> words = menu.getScene().getRoot().lookupAll(".list-cell .label").stream()
                    .filter(Label.class::isInstance)
                    .map(label -> ((Label) label).getText())
                    .toList();
            assertThat(words)
                    .contains("1 to 16 KiB", "16 to 256 KiB")
                    .isSubsetOf("Under 1 KiB", "1 to 16 KiB", "16 to 256 KiB", "256 KiB to 4 MiB", "4 MiB or more");
            assertThat(menu.getScene().getRoot().lookupAll(".list-cell .check-box"))
                    .isNotEmpty()
                    .allMatch(box -> ((CheckBox) box).isSelected());
            assertThat(menu.getScene().getRoot().lookupAll(".filter-panel .button"))
                    .extracting(button -> ((Button) button).getText())
                    .containsExactlyInAnyOrder("Apply", "None", "All", "Reset all");
            menu.hide();
            stage.hide();
            return view;
        });
    }

    @Test
    void anotherPipeline_beginsWithoutFilters() throws Exception {
        Fx.call(() -> {
            EntryTable view = new EntryTable(model, row -> {});
            model.refresh();
            view.columnFilters().leaveOut(EntryRow.Order.NODE, node("facts"));
            model.forget();
            assertThat(nodes(view)).hasSize(2);
            model.refresh();
            view.columnFilters().leaveOut(EntryRow.Order.NODE, node("answer"));
            assertThat(nodes(view)).containsExactly("Title of facts");
            return view;
        });
    }

    @Test
    void tenThousandRows_areReplacedWithinAFewFrames() throws Exception {
        entries.clear();
        entries.addAll(InspectSamples.entries(10_000));
        Fx.call(() -> {
            EntryTable view = new EntryTable(model, row -> {});
            model.refresh();
            view.columnFilters().leaveOut(EntryRow.Order.NODE, node("facts"));
            view.columnFilters().leaveOut(EntryRow.Order.SIZE, new EntryFacet(0, "Under 1 KiB"));
            long best = Long.MAX_VALUE;
            for (int round = 0; round < 12; round++) {
                now += 500;
                long begin = System.nanoTime();
                model.refresh();
                best = Math.min(best, System.nanoTime() - begin);
            }

            assertThat(best).isLessThan(500_000_000L);
            return view;
        });
    }
}

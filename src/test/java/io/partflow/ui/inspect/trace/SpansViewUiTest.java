package io.partflow.ui.inspect.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.Outcome;
import io.partflow.engine.content.ContentHash;
import io.partflow.engine.trace.PartSpan;
import io.partflow.engine.trace.SpanRecorder.Spans;
import io.partflow.ui.inspect.Fx;
import io.partflow.ui.support.Theme;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.LongStream;
import javafx.scene.Scene;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import org.junit.jupiter.api.Test;

class SpansViewUiTest {
    private final Set<CacheKey> asked = new HashSet<>();
    private Spans given = spans(100);
    private final SpansViewModel model = new SpansViewModel(node -> given, asked::add);

    private static Spans spans(int count) {
        return new Spans(
                LongStream.rangeClosed(1, count).mapToObj(SpansViewUiTest::span).toList(), count, 0);
    }

    private static PartSpan span(long number) {
        return new PartSpan(
                number,
                "text/plain",
                "How do I reset the password of part " + number + "?",
                40,
                number * 1_000,
                number * 2_000,
                number * 2_500,
                number % 3 == 0 ? Outcome.MISS : Outcome.HIT,
                new CacheKey("pf1:p@1:0:", ContentHash.ofText("p" + number)),
                null,
                1,
                10_000,
                number * 3_000,
                PartSpan.End.DONE);
    }

    private static double topOfSelectedRow(TableView<?> table) {
        return table.lookupAll(".table-row-cell").stream()
                .map(TableRow.class::cast)
                .filter(row -> row.isSelected() && row.isVisible())
                .mapToDouble(row -> row.localToScene(0, 0).getY())
                .findFirst()
                .orElse(Double.NaN);
    }

    @Test
    void selectedSpan_whenNewOnesArrive_staysInItsPlaceOnTheScreen() throws Exception {
        Fx.call(() -> {
            model.follow("answer");
            SpansView view = new SpansView(model, () -> {});
            Scene scene = new Scene(view, 328, 700);
            Theme.DARK.apply(scene);
            layOut(view);
            TableView<?> table = Objects.requireNonNull((TableView<?>) view.lookup(".table-view"));
            table.getSelectionModel().select(5);
            layOut(view);
            double before = topOfSelectedRow(table);

            given = spans(120);
            model.refresh();
            layOut(view);

            assertThat(Objects.requireNonNull(model.selectedProperty().get()).number())
                    .isEqualTo(95);
            assertThat(topOfSelectedRow(table)).isEqualTo(before);
            Fx.keep(scene.snapshot(null), "spans-dark");
            return table;
        });
    }

    @Test
    void miss_isAskedWhyByItsKey_untilNobodyRemembers() throws Exception {
        Fx.call(() -> {
            model.follow("answer");
            SpansView view = new SpansView(model, () -> {});
            Scene scene = new Scene(view, 328, 700);
            Theme.DARK.apply(scene);
            layOut(view);
            model.selectedProperty().set(span(98));
            layOut(view);
            assertThat(view.lookup(".spans-facts .hyperlink"))
                    .as("no question of a hit")
                    .isNull();
            model.selectedProperty().set(span(99));
            layOut(view);

            Hyperlink why = Objects.requireNonNull((Hyperlink) view.lookup(".spans-facts .hyperlink"));
            why.fire();
            assertThat(asked).containsExactly(span(99).key());
            assertThat(why.isDisable()).isFalse();
            why.fire();
            assertThat(why.isDisable()).as("no longer remembered").isTrue();
            return table(view);
        });
    }

    private static TableView<?> table(SpansView view) {
        return Objects.requireNonNull((TableView<?>) view.lookup(".table-view"));
    }

    private static void layOut(SpansView view) {
        view.applyCss();
        view.layout();
        view.applyCss();
        view.layout();
    }
}

package io.partflow.ui.tune;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.insight.WatchedCache;
import io.partflow.ui.inspect.Fx;
import io.partflow.ui.support.Theme;
import io.partflow.ui.tune.advice.AdviceView;
import io.partflow.ui.tune.advice.AdviceViewModel;
import io.partflow.ui.tune.ledger.PriceFile;
import io.partflow.ui.tune.why.MissesViewModel;
import io.partflow.ui.tune.why.WhyView;
import io.partflow.ui.tune.why.WhyViewModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.StackPane;
import javafx.scene.text.Text;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The views on a toolkit without a screen; each leaves a picture for a person to look at.
class TuneViewsUiTest {
    private final TuneBench bench = new TuneBench(WatchedCache.lru(100));

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        bench.close();
    }

    private static Part stamped(String text, String time) {
        return Part.text(text).withMetadata(JsonObject.of("time", JsonValue.of(time)));
    }

    private static Stream<Node> all(Node node) {
        Stream<Node> below = switch (node) {
            case ScrollPane scroll -> all(scroll.getContent());
            case Parent parent -> parent.getChildrenUnmodifiable().stream().flatMap(TuneViewsUiTest::all);
            default -> Stream.empty();
        };
        return Stream.concat(Stream.of(node), below);
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void why_ofAChangedText_strikesThroughWhatWasTakenOut_andUnderlinesWhatWasPutIn(Theme theme) throws Exception {
        bench.cache.ask("The charger of the small lamp that I bought in May has stopped after two weeks.");
        bench.cache.ask("The charger of the large lamp that I bought in May has stopped after three weeks.");
        bench.sample();
        Fx.call(() -> {
            MissesViewModel misses = new MissesViewModel(bench.feed);
            WhyView view = new WhyView(new WhyViewModel(bench.feed, misses), misses);
            misses.step(MissesViewModel.Way.OLDER);
            Fx.keep(
                    Fx.picture(view, theme, 340, 500),
                    "why-text-" + theme.name().toLowerCase(Locale.ROOT));
            List<Text> words = all(view)
                    .filter(node -> node.getStyleClass().contains("diff-text"))
                    .map(Text.class::cast)
                    .toList();
            assertThat(words)
                    .filteredOn(Text::isStrikethrough)
                    .extracting(Text::getText)
                    .contains("small", "two");
            assertThat(words)
                    .filteredOn(Text::isUnderline)
                    .extracting(Text::getText)
                    .contains("large", "three");
            return view;
        });
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void why_ofAStamp_offersToLeaveItOut(Theme theme) throws Exception {
        bench.cache.answering = input -> List.of(Part.text("north"));
        for (int i = 0; i < 10; i++) {
            bench.cache.ask(stamped("Which way is north?", "06:0" + i));
        }
        bench.sample();
        Fx.call(() -> {
            MissesViewModel misses = new MissesViewModel(bench.feed);
            WhyView view = new WhyView(new WhyViewModel(bench.feed, misses), misses);
            misses.step(MissesViewModel.Way.OLDER);
            Fx.keep(
                    Fx.picture(view, theme, 340, 500),
                    "why-stamp-" + theme.name().toLowerCase(Locale.ROOT));
            Button apply = all(view)
                    .filter(node -> "why-apply".equals(node.getId()))
                    .map(Button.class::cast)
                    .findFirst()
                    .orElseThrow();
            apply.fire();
            assertThat(apply.isDisabled()).isTrue();
            return view;
        });
        assertThat(bench.edits).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void advice_isACardEach_withAButtonThatAppliesIt(Theme theme) throws Exception {
        bench.cache.answering =
                input -> List.of(Part.text("re: " + input.getFirst().text()));
        for (int i = 0; i < 300; i++) {
            bench.cache.ask(stamped("question " + i % 20, "t" + i));
        }
        bench.sample();
        Fx.call(() -> {
            AdviceView view = new AdviceView(new AdviceViewModel(bench.feed));
            Fx.keep(Fx.picture(view, theme, 340, 600), "advice-" + theme.name().toLowerCase(Locale.ROOT));
            List<Button> buttons = all(view)
                    .filter(node -> node.getStyleClass().contains("advice-apply"))
                    .map(Button.class::cast)
                    .toList();
            assertThat(buttons)
                    .isNotEmpty()
                    .allSatisfy(button -> assertThat(button.getAccessibleText()).startsWith("Apply: "));
            buttons.getFirst().fire();
            return view;
        });
        assertThat(bench.edits).hasSize(1);
    }

    @Test
    void desk_asksForSamplesOnlyWhileAViewIsOnTheScreen() throws Exception {
        int[] asked = {0};
        bench.onAsked = () -> asked[0]++;
        Fx.call(() -> {
            TuneDesk desk = new TuneDesk(
                    bench,
                    bench.feed.ground(),
                    new PriceFile(folder.resolve("prices.json"), Runnable::run, Runnable::run, problem -> {}),
                    Runnable::run,
                    Runnable::run);
            desk.sample();
            assertThat(asked[0]).as("no view").isZero();
            Parent view = (Parent) desk.tune();
            asked[0] = 0;
            desk.sample();
            assertThat(asked[0]).as("not in a scene").isZero();
            Scene scene = new Scene(new StackPane(view));
            desk.sample();
            assertThat(asked[0]).as("in sight").isEqualTo(1);
            view.setVisible(false);
            desk.sample();
            assertThat(asked[0]).as("hidden").isEqualTo(1);
            return scene;
        });
    }
}

package io.partflow.app;

import static org.assertj.core.api.Assertions.assertThat;

import impl.org.controlsfx.skin.NotificationBar;
import io.partflow.pipeline.PipelineGraph;
import io.partflow.pipeline.Problem;
import io.partflow.ui.support.Theme;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.Pane;
import javafx.stage.Popup;
import javafx.stage.Stage;
import javafx.stage.Window;
import javafx.util.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
class ToastsUiTest {
    private final List<String> done = new ArrayList<>();
    private Stage stage;
    private Toasts toasts;

    @Start
    void start(Stage shown) {
        stage = shown;
        Pane content = new Pane();
        toasts = new Toasts(content, Duration.seconds(2));
        toasts.show(Notice.information("Told before there was a window"));
        stage.setScene(new Scene(content, 1000, 700));
        // The stage is that of the tests before, which may have been lower.
        stage.sizeToScene();
        Theme.DARK.apply(stage.getScene());
        stage.setX(0);
        stage.setY(0);
        stage.show();
    }

    @AfterEach
    void close() {
        WorkbenchStage.fx(() -> stage.hide());
        WorkbenchStage.until("all are gone with the window", () -> WorkbenchStage.fx(() -> popups().isEmpty()));
    }

    private static List<Popup> popups() {
        return Window.getWindows().stream()
                .filter(window -> window instanceof Popup && window.isShowing())
                .map(Popup.class::cast)
                .toList();
    }

    private static List<String> titles() {
        return WorkbenchStage.fx(() -> popups().stream()
                .map(popup -> popup.getScene().getRoot().lookup(".toast-words .strong"))
                .map(label -> ((Label) label).getText())
                .toList());
    }

    private Notice decision(String title) {
        return new Notice(
                Notice.Tone.WARNING,
                title,
                "A remedy that is so long that it needs a second line, or even a "
                        + "third one, before all of it is said.",
                "Restore",
                () -> done.add(title));
    }

    private void show(Notice notice) {
        WorkbenchStage.fx(() -> toasts.show(notice));
    }

    @Test
    void noticeToldBeforeTheWindow_isShownInIt() {
        WorkbenchStage.until("it is shown", () -> titles().contains("Told before there was a window"));
    }

    @Test
    void words_areWrapped_andToastsStandAboveEachOther_alsoWhenLaidOutAgain() {
        show(decision("First"));
        show(decision("Second"));
        WorkbenchStage.until("both are there", () -> titles().containsAll(List.of("First", "Second")));
        assertApart();
        WorkbenchStage.fx(() -> popups().forEach(popup -> {
            bar(popup).requestLayout();
            bar(popup).layout();
        }));
        assertApart();
        WorkbenchStage.fx(() -> popups().forEach(popup -> {
            for (Node each : popup.getScene().getRoot().lookupAll(".toast-words .label")) {
                Label label = (Label) each;
                assertThat(label.getHeight()).isGreaterThanOrEqualTo(label.prefHeight(label.getWidth()) - 1);
            }
        }));
    }

    private void assertApart() {
        WorkbenchStage.fx(() -> {
            List<Bounds> sorted = popups().stream()
                    .map(popup -> bar(popup).localToScreen(bar(popup).getLayoutBounds()))
                    .sorted(Comparator.comparingDouble(Bounds::getMinY))
                    .toList();
            for (int i = 1; i < sorted.size(); i++) {
                assertThat(sorted.get(i - 1).getMaxY())
                        .isLessThanOrEqualTo(sorted.get(i).getMinY());
            }
            assertThat(sorted).hasSizeGreaterThanOrEqualTo(2).allSatisfy(place -> {
                assertThat(place.getMaxX()).isLessThanOrEqualTo(stage.getX() + stage.getWidth());
                assertThat(place.getMaxY()).isLessThanOrEqualTo(stage.getY() + stage.getHeight() - 30);
            });
        });
    }

    private static NotificationBar bar(Popup popup) {
        return (NotificationBar) popup.getContent().getFirst();
    }

    @Test
    void plainNotice_goes_decisionStaysInItsPlace_untilItIsClosed() {
        show(decision("Decide"));
        show(Notice.information("Passing"));
        WorkbenchStage.until("one is left", () -> titles().equals(List.of("Decide")));
        WorkbenchStage.fx(() -> {
            Button close = (Button) popups().getFirst().getScene().getRoot().lookup(".close-button");
            assertThat(close.getAccessibleText()).isEqualTo("Close");
            close.fire();
        });
        WorkbenchStage.until("none is left", () -> titles().isEmpty());
        assertThat(done).isEmpty();
    }

    @Test
    void errorAboutThePipeline_goesWithIt_othersStay() {
        Problem gone = Problem.ofNode("X", Problem.Severity.ERROR, "answer", null, "Answer is wrong.", "Mend it.");
        show(Notice.of(gone));
        show(Notice.error("Something else", "It stays"));
        WorkbenchStage.until(
                "both are there", () -> titles().containsAll(List.of("Answer is wrong.", "Something else")));

        WorkbenchStage.fx(() -> toasts.withdraw(notice -> notice.isOverWith(PipelineGraph.empty("other"))));

        WorkbenchStage.until("it goes", () -> !titles().contains("Answer is wrong."));
        assertThat(titles()).contains("Something else");
    }

    @Test
    void openToast_takesAnotherThemeOn() {
        show(Notice.error("Still here", "It has colours"));
        WorkbenchStage.until("it is there", () -> titles().contains("Still here"));
        try {
            WorkbenchStage.fx(() -> Theme.LIGHT.applyEverywhere());

            assertThat(WorkbenchStage.fx(
                            () -> List.copyOf(popups().getLast().getScene().getStylesheets())))
                    .containsAll(Theme.LIGHT.stylesheets());
        } finally {
            WorkbenchStage.fx(() -> Theme.DARK.applyEverywhere());
        }
    }

    @Test
    void buttonAndKey_doWhatTheNoticeOffers_once() {
        show(decision("Lost work"));
        WorkbenchStage.fx(() -> {
            Button button = (Button) popups().getLast().getScene().getRoot().lookup(".button-bar .button");
            button.fire();
            button.fire();
        });
        assertThat(done).containsExactly("Lost work");
        show(decision("More lost work"));
        show(Notice.information("Passing"));
        WorkbenchStage.fx(toasts::doLatest);
        WorkbenchStage.fx(toasts::doLatest);
        assertThat(done).containsExactly("Lost work", "More lost work");
        WorkbenchStage.until("they go", () -> titles().stream().noneMatch(title -> title.endsWith("ost work")));
    }

    @Test
    void fifthAtOnce_makesOneOfAll_whichBringsBackWhatWaits() {
        WorkbenchStage.until("the first is gone", () -> titles().isEmpty());
        show(decision("Decide"));
        for (int i = 0; i < 4; i++) {
            show(Notice.information("Note " + i));
        }
        WorkbenchStage.until("there is one", () -> titles().equals(List.of("5 notices")));
        assertThat(WorkbenchStage.fx(() -> popups().getFirst()
                        .getScene()
                        .getRoot()
                        .lookup(".toast-words")
                        .getAccessibleText()))
                .isEqualTo("Warning: 5 notices. 1 waits for you");
        WorkbenchStage.fx(toasts::doLatest);
        WorkbenchStage.until("it is back", () -> titles().equals(List.of("Decide")));
        assertThat(done).isEmpty();
    }
}

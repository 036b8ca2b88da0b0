package io.partflow.app;

import io.partflow.ui.support.Icons;
import io.partflow.ui.support.Messages;
import javafx.animation.PauseTransition;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/// Shows notices in the lower right corner of a window: 6 seconds, errors and warnings that ask for a decision until
/// they are closed. FX thread.
///
/// The notifications of ControlsFX were tried first: they keep title and text on one line each, so that a remedy runs
/// out of the window, and two of them cover each other.
final class Toasts {
    private static final Duration SHOWN = Duration.seconds(6);
    private static final double WIDTH = 360;
    private static final int MOST = 4;

    private final VBox stack = new VBox(8);
    private final StackPane root;

    /// @param content the window's content, above which toasts are shown
    Toasts(Parent content) {
        stack.setMaxSize(WIDTH, Region.USE_PREF_SIZE);
        stack.setPickOnBounds(false);
        stack.setId("toasts");
        StackPane.setAlignment(stack, Pos.BOTTOM_RIGHT);
        StackPane.setMargin(stack, new Insets(0, 16, 40, 0));
        root = new StackPane(content, stack);
    }

    /// The content with the toasts above it.
    Parent root() {
        return root;
    }

    void show(Notice notice) {
        HBox toast = toast(notice);
        stack.getChildren().add(toast);
        if (stack.getChildren().size() > MOST) {
            stack.getChildren().removeFirst();
        }
        if (!notice.staysUntilClosed()) {
            PauseTransition shown = new PauseTransition(SHOWN);
            shown.setOnFinished(event -> stack.getChildren().remove(toast));
            shown.play();
        }
    }

    private HBox toast(Notice notice) {
        HBox toast = new HBox(icon(notice.tone()), words(notice));
        toast.getStyleClass().add("toast");
        String word = notice.action();
        if (word != null) {
            Button button = new Button(word);
            button.getStyleClass().add("link");
            button.setMinWidth(Region.USE_PREF_SIZE);
            button.setOnAction(event -> {
                stack.getChildren().remove(toast);
                notice.onAction().run();
            });
            toast.getChildren().add(button);
        }
        Button close = new Button(null, Icons.icon("x", 12));
        close.getStyleClass().addAll("icon-button", "small", "flat");
        close.setAccessibleText(Messages.text("notice.close"));
        close.setOnAction(event -> stack.getChildren().remove(toast));
        toast.getChildren().add(close);
        return toast;
    }

    private static Node icon(Notice.Tone tone) {
        return switch (tone) {
            case INFORMATION -> Icons.icon("info", 16, "accent-icon");
            case SUCCESS -> Icons.icon("check-circle", 16, "success-icon");
            case WARNING -> Icons.icon("alert-triangle", 16, "warning-icon");
            case ERROR -> Icons.icon("x-circle", 16, "danger-icon");
        };
    }

    private static VBox words(Notice notice) {
        Label title = new Label(notice.title());
        title.getStyleClass().add("strong");
        title.setWrapText(true);
        VBox words = new VBox(title);
        if (!notice.text().isEmpty()) {
            Label text = new Label(notice.text());
            text.getStyleClass().add("toast-detail");
            text.setWrapText(true);
            words.getChildren().add(text);
        }
        HBox.setHgrow(words, Priority.ALWAYS);
        return words;
    }
}

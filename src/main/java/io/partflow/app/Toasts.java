package io.partflow.app;

import io.partflow.ui.support.Icons;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.util.Duration;
import org.controlsfx.control.Notifications;
import org.controlsfx.control.action.Action;

/// Shows notices in the lower right corner of a window: 6 seconds, errors and warnings that ask for a decision until
/// they are closed. FX thread.
final class Toasts {
    private static final Duration SHOWN = Duration.seconds(6);

    private final Node owner;

    /// @param owner any node of the window
    Toasts(Node owner) {
        this.owner = owner;
    }

    void show(Notice notice) {
        if (owner.getScene() == null || owner.getScene().getWindow() == null) {
            return;
        }
        Notifications toast = Notifications.create()
                .owner(owner)
                .position(Pos.BOTTOM_RIGHT)
                .title(notice.title())
                .text(notice.text())
                .graphic(
                        switch (notice.tone()) {
                            case INFORMATION -> Icons.icon("info", 16, "accent-icon");
                            case SUCCESS -> Icons.icon("check-circle", 16, "success-icon");
                            case WARNING -> Icons.icon("alert-triangle", 16, "warning-icon");
                            case ERROR -> Icons.icon("x-circle", 16, "danger-icon");
                        })
                .hideAfter(notice.staysUntilClosed() ? Duration.INDEFINITE : SHOWN);
        String word = notice.action();
        if (word != null) {
            toast.action(new Action(word, event -> notice.onAction().run()));
        }
        toast.show();
    }
}

package io.partflow.ui.inspect;

import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.scene.Node;
import javafx.util.Duration;

/// Calls again and again for as long as a view is on the screen, and once when it comes into a scene. FX thread.
///
/// A view is on the screen when neither it nor anything it lies in is hidden, as a tab behind another one is.
public final class SeenClock {
    private SeenClock() {}

    /// Starts with the view's scene and ends with it.
    public static void attach(Node view, Duration period, Runnable tick) {
        Timeline clock = new Timeline(new KeyFrame(period, event -> {
            if (isSeen(view)) {
                tick.run();
            }
        }));
        clock.setCycleCount(Animation.INDEFINITE);
        view.sceneProperty().subscribe(scene -> {
            if (scene == null) {
                clock.stop();
            } else {
                clock.play();
                tick.run();
            }
        });
    }

    private static boolean isSeen(Node view) {
        for (Node node = view; node != null; node = node.getParent()) {
            if (!node.isVisible()) {
                return false;
            }
        }
        return true;
    }
}

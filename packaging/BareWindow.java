import java.time.Clock;
import javafx.animation.AnimationTimer;
import javafx.application.Application;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.stage.Stage;

/// The least that JavaFX can show: a window with a label, against which the workbench's start is measured.
public final class BareWindow {

    private BareWindow() {}

    public static void main(String[] args) {
        Application.launch(Window.class, args);
    }

    public static final class Window extends Application {
        @Override
        public void start(Stage stage) {
            stage.setScene(new Scene(new Label("bare"), 1440, 900));
            // counted as io.partflow.app.StartupProbe counts
            AnimationTimer frames = new AnimationTimer() {
                private int count;

                @Override
                public void handle(long nowNanos) {
                    if (++count == 4) {
                        System.err.println("partflow-startup third-frame epoch-ms "
                                + Clock.systemUTC().millis() + " pid "
                                + ProcessHandle.current().pid());
                        stop();
                    }
                }
            };
            stage.setOnShown(shown -> frames.start());
            stage.show();
        }
    }
}

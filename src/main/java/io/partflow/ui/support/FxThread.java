package io.partflow.ui.support;

import java.util.concurrent.Executor;
import javafx.application.Platform;

/// The FX application thread: getting there, and saying that one must be there.
public final class FxThread {

    private FxThread() {}

    /// Runs the action on the FX thread: at once when already there, otherwise soon.
    public static void run(Runnable action) {
        if (Platform.isFxApplicationThread()) {
            action.run();
        } else {
            Platform.runLater(action);
        }
    }

    /// The FX thread as an executor, to be passed to view models; a test passes `Runnable::run` instead.
    public static Executor executor() {
        return FxThread::run;
    }

    /// Throws [IllegalStateException] on any other thread than the FX thread.
    public static void require() {
        if (!Platform.isFxApplicationThread()) {
            throw new IllegalStateException("Must run on the FX thread, not on "
                    + Thread.currentThread().getName());
        }
    }

    /// Throws [IllegalStateException] on the FX thread: for what may block.
    public static void forbid() {
        if (Platform.isFxApplicationThread()) {
            throw new IllegalStateException("Must not run on the FX thread");
        }
    }
}

package io.partflow.app;

import java.time.Clock;
import java.util.Arrays;
import java.util.Locale;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;

/// Prints when a window drew its third frame, and later how late its frames came, for the measurements of
/// `packaging/`.
///
/// Silent unless the system property `partflow.startup.trace` is set: `true` prints one line with the third
/// frame, a number prints a second line after so many seconds, `end` does so after one second and then ends
/// the workbench, so that its JVM can keep what it learnt. Confined to the FX thread.
public final class StartupProbe extends AnimationTimer {

    private static final String PROPERTY = "partflow.startup.trace";
    private static final String END = "end";
    private static final int FRAME_OF_INTEREST = 3;
    private static final int MOST_FRAMES = 60 * 600;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Clock clock;
    private final long watchNanos;
    private final Runnable afterwards;
    private final long[] gapNanos = new long[MOST_FRAMES];
    private int frames;
    private long firstNanos;
    private long lastNanos;

    private StartupProbe(Clock clock, long watchNanos, Runnable afterwards) {
        this.clock = clock;
        this.watchNanos = watchNanos;
        this.afterwards = afterwards;
    }

    /// Watches the frames of `stage` from the moment it shows; does nothing without the system property.
    ///
    /// Call before `stage.show()`.
    public static void attach(Stage stage, Clock clock) {
        String wish = System.getProperty(PROPERTY, "");
        if (wish.isEmpty() || wish.equals("false")) {
            return;
        }
        long watchSeconds = switch (wish) {
            case "true" -> 0;
            case END -> 1;
            default -> Math.clamp(Long.parseLong(wish), 1, 600);
        };
        Runnable afterwards = wish.equals(END) ? Platform::exit : () -> {};
        StartupProbe probe = new StartupProbe(clock, watchSeconds * NANOS_PER_SECOND, afterwards);
        stage.addEventHandler(WindowEvent.WINDOW_SHOWN, shown -> probe.start());
    }

    /// Prints that something is there now, such as the first pipeline on the canvas; silent without the system
    /// property. Any thread.
    static void mark(String what, Clock clock) {
        String wish = System.getProperty(PROPERTY, "");
        if (!wish.isEmpty() && !wish.equals("false")) {
            print(what + " epoch-ms " + clock.millis());
        }
    }

    /// A call comes before a frame is drawn, so the call after the third frame is the fourth.
    @Override
    public void handle(long nowNanos) {
        long realNanos = System.nanoTime();
        frames++;
        if (frames == FRAME_OF_INTEREST + 1) {
            print("third-frame epoch-ms " + clock.millis() + " pid "
                    + ProcessHandle.current().pid());
            firstNanos = realNanos;
            if (watchNanos == 0) {
                stop();
            }
        } else if (frames > FRAME_OF_INTEREST + 1) {
            int index = frames - FRAME_OF_INTEREST - 2;
            gapNanos[index] = realNanos - lastNanos;
            if (realNanos - firstNanos >= watchNanos || index == MOST_FRAMES - 1) {
                printGaps(index + 1);
                stop();
                afterwards.run();
            }
        }
        lastNanos = realNanos;
    }

    private void printGaps(int count) {
        long[] sorted = Arrays.copyOf(gapNanos, count);
        Arrays.sort(sorted);
        print(String.format(
                Locale.ROOT,
                "frame-gaps count %d p50-ms %.1f p99-ms %.1f max-ms %.1f",
                count,
                sorted[count / 2] / 1e6,
                sorted[(int) (count * 0.99)] / 1e6,
                sorted[count - 1] / 1e6));
    }

    private static void print(String line) {
        System.err.println("partflow-startup " + line);
    }
}

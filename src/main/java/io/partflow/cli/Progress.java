package io.partflow.cli;

import io.partflow.engine.run.RunSnapshot;
import io.partflow.pipeline.report.Amounts;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Tells how a run is getting on: a bar that is drawn over on a terminal, a line every few seconds elsewhere.
///
/// Reads snapshots on a thread of its own until closed; thread-safe.
final class Progress implements AutoCloseable {
    private static final long BAR_MILLIS = 200;
    private static final long LINE_MILLIS = 3_000;
    private static final int BAR_WIDTH = 16;
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final Supplier<String> told;
    private final PrintStream err;
    private final CommandContext.Terminal terminal;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private int drawn;

    private Progress(Supplier<String> told, PrintStream err, CommandContext.Terminal terminal) {
        this.told = told;
        this.err = err;
        this.terminal = terminal;
        this.thread = new Thread(this::tell, "partflow-progress");
        thread.setDaemon(true);
    }

    /// Begins to tell.
    static Progress start(Supplier<RunSnapshot> snapshots, CommandContext context) {
        return tell(() -> words(snapshots.get()), context);
    }

    /// Begins to tell what is asked for again and again.
    static Progress tell(Supplier<String> words, CommandContext context) {
        Progress progress = new Progress(words, context.err(), context.terminal());
        progress.thread.start();
        return progress;
    }

    /// Whether a stream is read by a person, as far as can be told.
    static CommandContext.Terminal terminal(PrintStream stream) {
        if (stream != System.err) {
            return CommandContext.Terminal.REDIRECTED;
        }
        Path behind = Path.of("/proc/self/fd/2");
        try {
            if (Files.isSymbolicLink(behind)) {
                String target = Files.readSymbolicLink(behind).toString();
                return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty")
                        ? CommandContext.Terminal.INTERACTIVE
                        : CommandContext.Terminal.REDIRECTED;
            }
        } catch (IOException e) {
            // No answer there: ask as on other systems.
        }
        return System.console() != null && System.console().isTerminal()
                ? CommandContext.Terminal.INTERACTIVE
                : CommandContext.Terminal.REDIRECTED;
    }

    private void tell() {
        boolean bar = terminal == CommandContext.Terminal.INTERACTIVE;
        try {
            while (!closed.await(bar ? BAR_MILLIS : LINE_MILLIS, TimeUnit.MILLISECONDS)) {
                String words = told.get();
                if (bar) {
                    err.print(CLEAR_LINE + bar(drawn) + " " + words);
                } else {
                    err.println(words);
                }
                err.flush();
                drawn++;
            }
        } catch (InterruptedException e) {
            // Nobody interrupts this thread but the end of the process; there is nothing left to tell.
            Thread.currentThread().interrupt();
        }
    }

    /// How much there is to come is not known before a source has ended, so the bar shows that something
    /// moves, not how far.
    static String bar(int tick) {
        int path = BAR_WIDTH - 4;
        int at = tick % (2 * path);
        int left = at < path ? at : 2 * path - at;
        return "[" + " ".repeat(left) + "====" + " ".repeat(path - left) + "]";
    }

    static String words(RunSnapshot snapshot) {
        String ratio = snapshot.cache().hitRatio().isPresent()
                ? ", hits " + Amounts.percent(snapshot.cache().hitRatio().getAsDouble())
                : "";
        String failures = snapshot.failures() == 0 ? "" : ", " + Amounts.count(snapshot.failures()) + " failed";
        return Amounts.count(snapshot.partsIn()) + " in, " + Amounts.count(snapshot.partsOut()) + " out" + ratio
                + failures + ", " + Amounts.nanos(snapshot.elapsedNanos());
    }

    /// Ends the telling and leaves the terminal's line empty.
    @Override
    public void close() throws InterruptedException {
        closed.countDown();
        thread.join();
        if (terminal == CommandContext.Terminal.INTERACTIVE && drawn > 0) {
            err.print(CLEAR_LINE);
            err.flush();
        }
    }
}

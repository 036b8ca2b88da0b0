package io.partflow.cli.environment;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A watch on the end of the process, by a shutdown hook. Thread-safe.
///
/// An interrupt makes the virtual machine run its hooks while the command's own thread goes on. The hook
/// stops the run, then holds the process until the command has closed this watch, so that what it was writing
/// is whole. The exit status (130 for an interrupt) is set by the virtual machine.
final class ProcessInterrupts implements Interrupts.Watch {
    private static final long LONGEST_FAREWELL_SECONDS = 10;

    private final CountDownLatch written = new CountDownLatch(1);
    private final Thread hook;

    ProcessInterrupts(Runnable stop) {
        hook = new Thread(() -> holdUntilWritten(stop), "partflow-interrupt");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void holdUntilWritten(Runnable stop) {
        stop.run();
        try {
            if (!written.await(LONGEST_FAREWELL_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("partflow: the run did not end in time; its output may be cut short.");
            }
        } catch (InterruptedException e) {
            // The virtual machine is going down and nobody waits for this thread: let it end.
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        written.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // Already going down: the hook itself is running and ends because of the latch.
        }
    }
}

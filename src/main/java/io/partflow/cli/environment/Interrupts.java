package io.partflow.cli.environment;

/// Tells a running command that its user wants it to stop.
///
/// The process's own interrupts are [#ofProcess()]; a test hands in its own and fires when it likes.
public interface Interrupts {
    /// Calls `stop` when an interrupt comes, from another thread, until the returned watch is closed.
    Watch watch(Runnable stop);

    /// An interest in interrupts. Thread-safe.
    interface Watch extends AutoCloseable {
        /// Ends the watch: the command has written all it had to, and a process that is going down may go.
        @Override
        void close();
    }

    /// Interrupts of this process: the terminal's interrupt key and a request to terminate.
    static Interrupts ofProcess() {
        return ProcessInterrupts::new;
    }
}

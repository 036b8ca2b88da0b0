package io.partflow.engine.run;

import io.partflow.engine.processor.Failure;
import io.partflow.engine.stream.StreamPace;
import java.util.ArrayDeque;
import java.util.List;

/// A failure with the node it happened at and when.
///
/// @param severity what it means for the run
/// @param atNanos since the run's start
public record RunFailure(String node, Severity severity, Failure failure, long atNanos) {
    /// How grave it is.
    public enum Severity {
        /// Worth knowing; nothing is missing from the result.
        WARNING,
        /// A part or file is missing from the result; the run went on.
        ERROR,
        /// It ended the run.
        FATAL
    }

    /// The last failures of a run, bounded so that a stream of bad parts cannot fill the memory. Thread-safe.
    static final class Recent {
        private static final int KEPT = 200;

        private final StreamPace pace;
        private final ArrayDeque<RunFailure> entries = new ArrayDeque<>();

        Recent(StreamPace pace) {
            this.pace = pace;
        }

        void add(String node, Severity severity, Failure failure) {
            RunFailure entry = new RunFailure(node, severity, failure, pace.activeNanos());
            synchronized (entries) {
                if (entries.size() == KEPT) {
                    entries.removeFirst();
                }
                entries.addLast(entry);
            }
        }

        List<RunFailure> list() {
            synchronized (entries) {
                return List.copyOf(entries);
            }
        }
    }
}

package io.partflow.engine.prompt;

/// Decides after each added part what of the history stays as it is, what goes, and what a summary stands for.
///
/// Immutable; all state is in the [PromptHistory] it is handed.
@FunctionalInterface
public interface HistoryPolicy {
    /// The most parts that stand as they came when a policy does not say otherwise.
    int MOST_PARTS = 10_000;

    /// Keeps everything, up to [#MOST_PARTS].
    HistoryPolicy KEEP_ALL = history -> {};

    /// Changes the history, which has just got one more part.
    void trim(PromptHistory history);

    /// The most parts that may stand as they came, at least 1; when one more arrives, the oldest is dropped before
    /// [#trim] is asked.
    default int mostParts() {
        return MOST_PARTS;
    }
}

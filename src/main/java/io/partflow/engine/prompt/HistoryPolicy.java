package io.partflow.engine.prompt;

/// Decides what of the history stays as it is, what goes, and what a summary stands for: after each added part, or
/// each time a prompt is finished.
///
/// Immutable; all state is in the [PromptHistory] it is handed.
@FunctionalInterface
public interface HistoryPolicy {
    /// What a policy takes one step for.
    enum Step {
        /// Each added part makes a new prompt: the policy works at once.
        PART,
        /// A prompt is what stands when it is finished: the policy works then, for the next one.
        PROMPT
    }

    /// The most parts that stand as they came when a policy does not say otherwise.
    int MOST_PARTS = 10_000;

    /// Keeps everything, up to [#MOST_PARTS].
    HistoryPolicy KEEP_ALL = history -> {};

    /// Changes the history, which has just got one more part, or whose prompt has just been finished.
    void trim(PromptHistory history);

    /// When [#trim] is asked.
    default Step step() {
        return Step.PART;
    }

    /// The most parts that may stand as they came, at least 1; when one more arrives, the oldest is dropped before
    /// [#trim] is asked.
    default int mostParts() {
        return MOST_PARTS;
    }
}

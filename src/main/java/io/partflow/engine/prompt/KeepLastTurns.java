package io.partflow.engine.prompt;

/// Keeps the last turns and drops whole older ones when a prompt is finished. Immutable.
///
/// A turn ends with a part that says so. The turn about to start counts: with 1, a finished turn goes and what came
/// after it stays.
///
/// @param turns how many, at least 1
public record KeepLastTurns(int turns) implements HistoryPolicy {
    public KeepLastTurns {
        if (turns < 1) {
            throw new IllegalArgumentException("turns to keep are " + turns + "; there must be at least 1");
        }
    }

    @Override
    public Step step() {
        return Step.PROMPT;
    }

    @Override
    public void trim(PromptHistory history) {
        while (history.keptTurns() + 1 > turns) {
            history.dropOldestTurn();
        }
    }
}

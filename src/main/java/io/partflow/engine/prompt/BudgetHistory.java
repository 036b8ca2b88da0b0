package io.partflow.engine.prompt;

import org.jspecify.annotations.Nullable;

/// Keeps a prompt within a number of tokens or bytes: the oldest parts go, or give way to a summary. Immutable.
///
/// When the prompt weighs more than the budget, so many of the oldest parts are taken that what stands weighs at most
/// `floor(share x budget)`. A share below 1 makes cuts rare, and leaves the prompt's front as it was in between: that
/// is what a provider's prefix cache lives on. With a summarizer a summary stands for what was taken, and
/// half of that share is for summaries: where they weigh more, the two oldest merge, and a last one that is
/// still too heavy goes. The newest part always stands, even when it
/// alone weighs more than the budget.
public final class BudgetHistory implements HistoryPolicy {
    /// What is counted.
    public enum Unit {
        TOKENS,
        BYTES
    }

    /// Three quarters: one cut for each quarter of the budget that arrives.
    public static final double DEFAULT_SHARE = 0.75;

    private final Unit unit;
    private final long budget;
    private final long target;
    private final @Nullable Summarizer summarizer;

    /// Old parts are dropped.
    ///
    /// @param budget the most the prompt may weigh, at least 1
    /// @param share how much of the budget a cut leaves, above 0, at most 1
    public BudgetHistory(Unit unit, long budget, double share) {
        this(unit, budget, share, null);
    }

    /// Old parts give way to a summary.
    ///
    /// @param summarizer makes the summaries, or null to drop
    public BudgetHistory(Unit unit, long budget, double share, @Nullable Summarizer summarizer) {
        if (budget < 1) {
            throw new IllegalArgumentException("budget is " + budget + "; it must be at least 1");
        }
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("share is " + share + "; it must be above 0 and at most 1");
        }
        this.unit = unit;
        this.budget = budget;
        this.target = (long) Math.floor(share * budget);
        this.summarizer = summarizer;
    }

    @Override
    public void trim(PromptHistory history) {
        if (history.weight(unit) <= budget) {
            return;
        }
        Summarizer maker = summarizer;
        if (maker == null) {
            history.dropOldest(history.oldestOver(unit, history.weight(unit) - target));
            return;
        }
        long forSummaries = target / 2;
        long kept = history.weight(unit) - history.summaryWeight(unit);
        int count = history.oldestOver(unit, kept - (target - forSummaries));
        if (count > 0) {
            history.summariseOldest(count, maker);
        }
        while (history.summaries() > CompressingHistory.MOST_SUMMARIES
                || history.summaries() > 1 && history.summaryWeight(unit) > forSummaries) {
            history.mergeOldestSummaries(maker);
        }
        if (history.weight(unit) > budget && history.summaries() > 0 || history.summaryWeight(unit) > forSummaries) {
            history.dropSummaries();
        }
    }
}

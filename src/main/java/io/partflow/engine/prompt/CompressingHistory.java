package io.partflow.engine.prompt;

/// Keeps the newest parts as they came and lets summaries stand for the older ones. Immutable.
///
/// When the parts that stand as they came reach `floor(threshold x maxParts)`, the oldest `floor(ratio x size)` of
/// them become one summary. At
/// most 100 summaries stand; then the two oldest become one by the same rule, and their counts add up. So memory is
/// bounded however long a
/// conversation lasts.
public final class CompressingHistory implements HistoryPolicy {
    public static final int DEFAULT_MAX_PARTS = 1_000;
    public static final double DEFAULT_THRESHOLD = 0.8;
    public static final double DEFAULT_RATIO = 0.5;
    /// The most summaries.
    public static final int MOST_SUMMARIES = 100;

    private final int maxParts;
    private final int thresholdParts;
    private final double ratio;
    private final Summarizer summarizer;

    /// With 1,000 parts, threshold 80 %, ratio 0.5 and the plain summary.
    public CompressingHistory() {
        this(DEFAULT_MAX_PARTS, DEFAULT_THRESHOLD, DEFAULT_RATIO, ClippingSummarizer.INSTANCE);
    }

    /// @param maxParts the most parts that stand as they came, at least 1
    /// @param threshold the share of them that starts a compression, above 0, at most 1
    /// @param ratio the share of the parts that a compression takes, from 0 to 1
    public CompressingHistory(int maxParts, double threshold, double ratio, Summarizer summarizer) {
        if (maxParts < 1) {
            throw new IllegalArgumentException("most parts are " + maxParts + "; there must be at least 1");
        }
        if (!(threshold > 0 && threshold <= 1)) {
            throw new IllegalArgumentException("threshold is " + threshold + "; it must be above 0 and at most 1");
        }
        if (!(ratio >= 0 && ratio <= 1)) {
            throw new IllegalArgumentException("ratio is " + ratio + "; it must be from 0 to 1");
        }
        this.maxParts = maxParts;
        this.thresholdParts = (int) Math.floor(threshold * maxParts);
        this.ratio = ratio;
        this.summarizer = summarizer;
    }

    @Override
    public int mostParts() {
        return maxParts;
    }

    @Override
    public void trim(PromptHistory history) {
        if (history.keptParts() < thresholdParts) {
            return;
        }
        int count = (int) Math.floor(ratio * history.keptParts());
        if (count == 0) {
            return;
        }
        history.summariseOldest(count, summarizer);
        if (history.summaries() > MOST_SUMMARIES) {
            history.mergeOldestSummaries(summarizer);
        }
    }
}

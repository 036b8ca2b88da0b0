package io.partflow.pipeline;

import io.partflow.engine.run.RunPlan;
import io.partflow.engine.stream.StreamMode;

/// What holds for the whole pipeline.
///
/// @param budgetBytes the memory budget of a run, at least 1
/// @param mode how much may wait between two nodes
/// @param seed all randomness of a run derives from it
public record PipelineSettings(long budgetBytes, StreamMode mode, long seed) {
    public static final PipelineSettings DEFAULT =
            new PipelineSettings(RunPlan.DEFAULT_BUDGET_BYTES, StreamMode.BALANCED, 1);

    public PipelineSettings {
        if (budgetBytes < 1) {
            throw new IllegalArgumentException("budget is " + budgetBytes + " bytes; it must be at least 1");
        }
    }

    public PipelineSettings withBudgetBytes(long bytes) {
        return new PipelineSettings(bytes, mode, seed);
    }

    public PipelineSettings withMode(StreamMode other) {
        return new PipelineSettings(budgetBytes, other, seed);
    }

    public PipelineSettings withSeed(long other) {
        return new PipelineSettings(budgetBytes, mode, other);
    }
}

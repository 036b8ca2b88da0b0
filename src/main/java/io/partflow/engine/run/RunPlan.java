package io.partflow.engine.run;

import io.partflow.engine.content.Substream;
import io.partflow.engine.stream.StreamMode;
import java.nio.file.Path;
import java.util.List;

/// A compiled topology: data that a runner interprets. Holds no processor instance and no open file. Immutable.
///
/// @param pipeline the pipeline's name
/// @param folder where relative paths start
/// @param stages in topological order, ids unique
/// @param wires between ports that exist; no cycle
/// @param budgetBytes the memory budget, at least 1
/// @param seed all randomness derives from it
/// @param reserved which parts bypass all later stages
public record RunPlan(
        String pipeline,
        Path folder,
        List<StagePlan> stages,
        List<WirePlan> wires,
        StreamMode mode,
        long budgetBytes,
        long seed,
        Substream.Reserved reserved) {
    public static final long DEFAULT_BUDGET_BYTES = 100L << 20;

    public RunPlan {
        stages = List.copyOf(stages);
        wires = List.copyOf(wires);
        if (budgetBytes < 1) {
            throw new IllegalArgumentException("budget is " + budgetBytes + " bytes; it must be at least 1");
        }
    }

    /// A plan with the reserved substreams that every pipeline has unless it says otherwise.
    public RunPlan(
            String pipeline,
            Path folder,
            List<StagePlan> stages,
            List<WirePlan> wires,
            StreamMode mode,
            long budgetBytes,
            long seed) {
        this(pipeline, folder, stages, wires, mode, budgetBytes, seed, Substream.Reserved.USUAL);
    }
}

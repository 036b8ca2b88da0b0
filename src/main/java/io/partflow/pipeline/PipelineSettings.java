package io.partflow.pipeline;

import io.partflow.engine.content.Substream;
import io.partflow.engine.run.RunPlan;
import io.partflow.engine.stream.StreamMode;
import org.jspecify.annotations.Nullable;

/// What holds for the whole pipeline.
///
/// @param budgetBytes the memory budget of a run where no share is given, at least 1
/// @param mode how much may wait between two nodes
/// @param seed all randomness of a run derives from it
/// @param budgetShare the memory budget as a share of the heap, above 0, at most 1; null for `budgetBytes`
/// @param store the file of the store that caches with a tier "store" or "tiered" share, relative to the
/// document, with `/`; null when none is named
/// @param reserved which parts bypass all later nodes
/// @param userPrefix stands before the keys of all caches, so that users or tenants with one of their own
/// see nothing of each other in a store they share; empty for none
public record PipelineSettings(
        long budgetBytes,
        StreamMode mode,
        long seed,
        @Nullable Double budgetShare,
        @Nullable String store,
        Substream.Reserved reserved,
        String userPrefix) {
    public static final PipelineSettings DEFAULT =
            new PipelineSettings(RunPlan.DEFAULT_BUDGET_BYTES, StreamMode.BALANCED, 1);

    public PipelineSettings {
        if (budgetBytes < 1) {
            throw new IllegalArgumentException("budget is " + budgetBytes + " bytes; it must be at least 1");
        }
        if (budgetShare != null && !(budgetShare > 0 && budgetShare <= 1)) {
            throw new IllegalArgumentException(
                    "budget is a share of " + budgetShare + "; it must be above 0 and at most 1");
        }
    }

    /// Settings that name no share, no store and no substreams.
    public PipelineSettings(long budgetBytes, StreamMode mode, long seed) {
        this(budgetBytes, mode, seed, null, null, Substream.Reserved.USUAL);
    }

    /// Settings of a pipeline that is nobody's own.
    public PipelineSettings(
            long budgetBytes,
            StreamMode mode,
            long seed,
            @Nullable Double budgetShare,
            @Nullable String store,
            Substream.Reserved reserved) {
        this(budgetBytes, mode, seed, budgetShare, store, reserved, "");
    }

    /// The memory budget on a computer with that heap, in bytes, at least 1.
    public long budgetBytesOf(long heapBytes) {
        Double share = budgetShare;
        return share == null ? budgetBytes : Math.max(1, (long) Math.floor(share * heapBytes));
    }

    /// The same with a budget in bytes.
    public PipelineSettings withBudgetBytes(long bytes) {
        return new PipelineSettings(bytes, mode, seed, null, store, reserved, userPrefix);
    }

    /// The same with a budget as a share of the heap; null goes back to the bytes.
    public PipelineSettings withBudgetShare(@Nullable Double share) {
        return new PipelineSettings(budgetBytes, mode, seed, share, store, reserved, userPrefix);
    }

    public PipelineSettings withMode(StreamMode other) {
        return new PipelineSettings(budgetBytes, other, seed, budgetShare, store, reserved, userPrefix);
    }

    public PipelineSettings withSeed(long other) {
        return new PipelineSettings(budgetBytes, mode, other, budgetShare, store, reserved, userPrefix);
    }

    public PipelineSettings withStore(@Nullable String file) {
        return new PipelineSettings(budgetBytes, mode, seed, budgetShare, file, reserved, userPrefix);
    }

    public PipelineSettings withReserved(Substream.Reserved other) {
        return new PipelineSettings(budgetBytes, mode, seed, budgetShare, store, other, userPrefix);
    }

    public PipelineSettings withUserPrefix(String text) {
        return new PipelineSettings(budgetBytes, mode, seed, budgetShare, store, reserved, text);
    }
}

package io.partflow.ui.support;

import io.partflow.engine.cache.CacheSnapshot;
import io.partflow.engine.cache.LatencySnapshot;
import io.partflow.engine.cache.SavingsSnapshot;
import io.partflow.engine.processor.PromptSnapshot;
import io.partflow.engine.run.NodeSnapshot;
import io.partflow.engine.run.RunSnapshot;
import io.partflow.engine.run.RunStatus;
import io.partflow.engine.run.StageState;
import io.partflow.engine.run.WireSnapshot;
import io.partflow.engine.stream.MemorySnapshot;
import java.time.Instant;
import java.util.List;

/// Snapshots of an imagined run for tests: one cached node, one rolling prompt, one wire.
public final class RunSnapshots {

    public static final int MEBIBYTE = 1024 * 1024;

    private RunSnapshots() {}

    /// A cache that has counted this much.
    public static CacheSnapshot cache(long hits, long misses, long coalesced, long expired) {
        LatencySnapshot hit = new LatencySnapshot(hits, 0.6, 1.9, 6);
        LatencySnapshot miss = new LatencySnapshot(misses, 608, 1_115, 1_600);
        return new CacheSnapshot(
                hits, misses, coalesced, 0, 0, misses, 0, 0, expired, 0, 57, 3 * MEBIBYTE, 1_000L, null, hit, miss);
    }

    /// A run of this name after so many seconds.
    public static RunSnapshot run(String runId, double elapsedSeconds, CacheSnapshot cache) {
        NodeSnapshot model = node("model", 9, cache, null);
        NodeSnapshot prompt = node("prompt", 1, null, new PromptSnapshot(4, 2, 1, 3_000, 1_000, 800));
        return new RunSnapshot(
                runId,
                "sample",
                RunStatus.RUNNING,
                Instant.EPOCH,
                Math.round(elapsedSeconds * 1e9),
                List.of(model, prompt),
                List.of(new WireSnapshot("model.out", "prompt.in", 10, 45, 50, 0, 50, 0, 0, 0)),
                new MemorySnapshot(96L * MEBIBYTE, 16L * MEBIBYTE, 20L * MEBIBYTE),
                cache,
                SavingsSnapshot.NONE,
                0,
                0,
                0,
                List.of());
    }

    private static NodeSnapshot node(String id, long busySeconds, CacheSnapshot cache, PromptSnapshot prompt) {
        long second = 1_000_000_000L;
        return new NodeSnapshot(
                id,
                id,
                1,
                StageState.RUNNING,
                0,
                0,
                0,
                0,
                busySeconds * second,
                (10 - busySeconds) * second,
                0,
                cache,
                prompt,
                SavingsSnapshot.NONE,
                null,
                null);
    }
}

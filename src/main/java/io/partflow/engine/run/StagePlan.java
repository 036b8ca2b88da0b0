package io.partflow.engine.run;

import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.processor.Params;
import io.partflow.engine.processor.ProcessorEntry;
import org.jspecify.annotations.Nullable;

/// One stage as data: which processor to build, with what, and how to cache it.
///
/// @param id the node's id
/// @param title the name to show
/// @param cache null when the cache is off
/// @param concurrency the most parts in work at once, at least 1; null for what the processor allows
public record StagePlan(
        String id,
        String title,
        ProcessorEntry entry,
        Params params,
        StageMode mode,
        @Nullable CacheSettings cache,
        @Nullable Integer concurrency) {
    /// A stage without a bound of its own on how many parts are in work.
    public StagePlan(
            String id,
            String title,
            ProcessorEntry entry,
            Params params,
            StageMode mode,
            @Nullable CacheSettings cache) {
        this(id, title, entry, params, mode, cache, null);
    }
}

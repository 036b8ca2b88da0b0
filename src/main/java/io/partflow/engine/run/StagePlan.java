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
public record StagePlan(
        String id,
        String title,
        ProcessorEntry entry,
        Params params,
        StageMode mode,
        @Nullable CacheSettings cache) {}

package io.partflow.engine.run;

import io.partflow.engine.cache.CacheSnapshot;
import io.partflow.engine.cache.Outcome;
import io.partflow.engine.cache.SavingsSnapshot;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.PromptSnapshot;
import org.jspecify.annotations.Nullable;

/// One node at one moment. Counters only grow.
///
/// @param processor the processor's id
/// @param partsIn parts taken from its wires
/// @param partsOut parts passed on, counted once however many wires carry them; for a sink, parts accepted
/// @param unrouted parts passed on that no wire of theirs could carry
/// @param failures bad parts
/// @param busyNanos time at work, summed over concurrent parts
/// @param waitingNanos time its input was empty
/// @param blockedNanos time its output had no room
/// @param cache null for a node without cache
/// @param prompt null for a node that is no rolling prompt
/// @param lastPart the last part it passed on or accepted, or null
/// @param lastOutcome how its last request to the cache ended, or null
public record NodeSnapshot(
        String id,
        String processor,
        int version,
        StageState state,
        long partsIn,
        long partsOut,
        long unrouted,
        long failures,
        long busyNanos,
        long waitingNanos,
        long blockedNanos,
        @Nullable CacheSnapshot cache,
        @Nullable PromptSnapshot prompt,
        SavingsSnapshot savings,
        @Nullable Part lastPart,
        @Nullable Outcome lastOutcome) {}

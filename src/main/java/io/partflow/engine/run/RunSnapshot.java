package io.partflow.engine.run;

import io.partflow.engine.cache.CacheSnapshot;
import io.partflow.engine.cache.SavingsSnapshot;
import io.partflow.engine.stream.MemorySnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A run at one moment: the one source of every number that a chart, a table, a report or the command line shows.
/// Immutable.
///
/// @param runId unique within the process
/// @param elapsedNanos since the start, without the time spent paused
/// @param nodes in the order of the plan (topological)
/// @param wires in the order of the plan
/// @param cache the sum over all nodes with a cache
/// @param savings the sum over all nodes
/// @param partsIn parts emitted by sources
/// @param partsOut parts accepted by sinks
/// @param failures bad parts, over all nodes
/// @param recentFailures the last 200 at most, oldest first
public record RunSnapshot(
        String runId,
        String pipeline,
        RunStatus status,
        Instant startedAt,
        long elapsedNanos,
        List<NodeSnapshot> nodes,
        List<WireSnapshot> wires,
        MemorySnapshot memory,
        CacheSnapshot cache,
        SavingsSnapshot savings,
        long partsIn,
        long partsOut,
        long failures,
        List<RunFailure> recentFailures) {
    public RunSnapshot {
        nodes = List.copyOf(nodes);
        wires = List.copyOf(wires);
        recentFailures = List.copyOf(recentFailures);
    }

    public Optional<NodeSnapshot> node(String id) {
        return nodes.stream().filter(node -> node.id().equals(id)).findFirst();
    }
}

package io.partflow.engine.run;

import io.partflow.engine.cache.CacheSnapshot;
import io.partflow.engine.cache.SavingsSnapshot;
import io.partflow.engine.stream.MemorySnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

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

    /// How many bad parts are not among the recent failures any more.
    public long earlierFailures() {
        long listed = recentFailures.stream()
                .filter(failure -> failure.severity() == RunFailure.Severity.ERROR)
                .count();
        return Math.max(0, failures - listed);
    }

    /// Whether the numbers of a run that has ended add up. Thread-safe.
    ///
    /// Every run is checked when it ends, and what does not add up is noted for the check after every test.
    public static final class Balance {
        private static final int KEPT = 100;
        private static final ConcurrentLinkedQueue<String> NOTED = new ConcurrentLinkedQueue<>();

        private Balance() {}

        /// @param unwired the nodes whose parts come by no wire
        static void note(RunSnapshot end, Set<String> unwired) {
            for (String error : errors(end, unwired)) {
                if (NOTED.size() < KEPT) {
                    NOTED.add(end.runId() + " of " + end.pipeline() + ": " + error);
                }
            }
        }

        /// What did not add up in runs that have ended since the last call. For the checks after every test.
        public static List<String> takeErrors() {
            List<String> taken = new ArrayList<>();
            for (String error = NOTED.poll(); error != null; error = NOTED.poll()) {
                taken.add(error);
            }
            return taken;
        }

        /// One sentence for each sum that is wrong; empty when all is well.
        static List<String> errors(RunSnapshot end, Set<String> unwired) {
            List<String> errors = new ArrayList<>();
            if (end.memory().inFlightBytes() != 0) {
                errors.add(end.memory().inFlightBytes() + " bytes are still in flight");
            }
            for (WireSnapshot wire : end.wires()) {
                if (wire.depth() != 0) {
                    errors.add(wire.depth() + " parts still wait on " + wire.from() + " to " + wire.to());
                }
            }
            for (NodeSnapshot node : end.nodes()) {
                node(node, end, unwired, errors);
            }
            return errors;
        }

        private static void node(NodeSnapshot node, RunSnapshot end, Set<String> unwired, List<String> errors) {
            long arrived = end.wires().stream()
                    .filter(wire -> node(wire.to()).equals(node.id()))
                    .mapToLong(WireSnapshot::parts)
                    .sum();
            if (!unwired.contains(node.id()) && node.partsIn() > arrived) {
                errors.add(node.id() + " took " + node.partsIn() + " parts where " + arrived + " arrived");
            }
            if (node.busyNanos() < 0) {
                errors.add(node.id() + " was busy for " + node.busyNanos() + " ns");
            }
            CacheSnapshot cache = node.cache();
            if (cache != null) {
                long answered = cache.requests() + cache.uncacheable() + cache.bypassed();
                if (answered > Math.max(1, node.partsIn())) {
                    errors.add(node.id() + " asked its cache " + answered + " times for " + node.partsIn() + " parts");
                }
                // A computation that was cancelled after its value was kept counts as a put alone.
                if (end.status() == RunStatus.COMPLETED && cache.puts() > cache.misses()) {
                    errors.add(node.id() + " put " + cache.puts() + " values after " + cache.misses() + " misses");
                }
            }
        }

        private static String node(String port) {
            return port.substring(0, port.lastIndexOf('.'));
        }
    }
}

package io.partflow.engine.insight;

import io.partflow.engine.insight.why.MissExplanation;
import java.util.List;
import java.util.Optional;

/// What the history of all caches of a room says at one moment: what views show. Immutable.
///
/// @param number rises by one with every snapshot; 0 before the first
/// @param atMillis when it was taken, milliseconds since 1970
/// @param nodes by id; a node is here from the first request to its cache on
/// @param explanations why the last 1,024 requests that were not served were not, oldest first
public record InsightSnapshot(long number, long atMillis, List<OfNode> nodes, List<MissExplanation> explanations) {
    /// Before anything was looked at.
    public static final InsightSnapshot NONE = new InsightSnapshot(0, 0, List.of(), List.of());

    /// What is known of one node's cache.
    ///
    /// @param insight of this moment
    /// @param analysis what only a look at the whole history can tell; some seconds older, see
    /// [NodeAnalysis#atMillis()]
    public record OfNode(NodeInsight insight, NodeAnalysis analysis) {
        public String id() {
            return insight.node();
        }
    }

    public InsightSnapshot {
        nodes = List.copyOf(nodes);
        explanations = List.copyOf(explanations);
    }

    /// A node's part of it; empty where nothing was asked of its cache.
    public Optional<OfNode> node(String id) {
        return nodes.stream().filter(each -> each.id().equals(id)).findFirst();
    }
}

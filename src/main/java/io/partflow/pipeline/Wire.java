package io.partflow.pipeline;

import io.partflow.engine.content.JsonObject;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// A connection from an output to an input; its two ends are its identity.
///
/// @param unknown what the document says about it beyond its ends; no part of equality
public record Wire(PortRef from, PortRef to, JsonObject unknown) implements Comparable<Wire> {
    private static final Comparator<Wire> ORDER =
            Comparator.comparing(Wire::from).thenComparing(Wire::to);

    public Wire(PortRef from, PortRef to) {
        this(from, to, JsonObject.EMPTY);
    }

    public static Wire of(String fromNode, String fromPort, String toNode, String toPort) {
        return new Wire(new PortRef(fromNode, fromPort), new PortRef(toNode, toPort));
    }

    /// Whether it starts or ends at that node.
    public boolean touches(String node) {
        return from.node().equals(node) || to.node().equals(node);
    }

    /// By start, then by end: the order of wires in documents.
    @Override
    public int compareTo(Wire other) {
        return ORDER.compare(this, other);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Wire wire && from.equals(wire.from) && to.equals(wire.to);
    }

    @Override
    public int hashCode() {
        return 31 * from.hashCode() + to.hashCode();
    }

    @Override
    public String toString() {
        return from + " -> " + to;
    }
}

package io.partflow.pipeline.edit;

import java.util.Set;

/// Names a group of nodes or wires in a command's title: the one there is, or how many there are.
final class Counted {
    private Counted() {}

    static String nodes(Set<String> nodes) {
        return nodes.size() == 1 ? nodes.iterator().next() : nodes.size() + " nodes";
    }

    static String wires(int count) {
        return count == 1 ? "a wire" : count + " wires";
    }
}

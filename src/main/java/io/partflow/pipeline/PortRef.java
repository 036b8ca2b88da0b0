package io.partflow.pipeline;

import java.util.Optional;

/// One end of a wire: a port of a node, written `ask.out`.
///
/// @param node the node's id; not empty, without a dot
/// @param port the port's name; not empty
public record PortRef(String node, String port) implements Comparable<PortRef> {
    public PortRef {
        if (node.isEmpty() || port.isEmpty() || node.indexOf('.') >= 0) {
            throw new IllegalArgumentException("port reference is \"" + node + "." + port + "\"; it must be node.port");
        }
    }

    /// Reads the text form; empty when the text is no such reference.
    public static Optional<PortRef> parse(String text) {
        int dot = text.indexOf('.');
        return dot <= 0 || dot == text.length() - 1
                ? Optional.empty()
                : Optional.of(new PortRef(text.substring(0, dot), text.substring(dot + 1)));
    }

    /// The text form, `ask.out`.
    public String text() {
        return node + "." + port;
    }

    /// By text form: the order of wires in documents.
    @Override
    public int compareTo(PortRef other) {
        return text().compareTo(other.text());
    }

    @Override
    public String toString() {
        return text();
    }
}

package io.partflow.ui.editor.model;

/// The side of a node on which a port lies.
public enum PortSide {
    /// Left, where parts come in.
    INPUT,
    /// Right, where parts go out.
    OUTPUT
}

package io.partflow.pipeline;

/// Whether what a source reads may be replaced from outside, by `--input` or by a drop.
public enum NodeInput {
    FIXED,
    /// The document marks the node `"input": true`.
    REPLACEABLE
}

package io.partflow.pipeline;

import java.util.Locale;

/// How a node takes part in runs, as its author set it.
public enum NodeState {
    NORMAL,
    /// Every part passes through untouched.
    BYPASS,
    /// Nothing comes out, so that what follows does not run.
    MUTE;

    /// The name used in documents.
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}

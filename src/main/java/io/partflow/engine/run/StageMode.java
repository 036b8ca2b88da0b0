package io.partflow.engine.run;

/// How a node takes part in a run.
public enum StageMode {
    NORMAL,
    /// Passes every part through untouched.
    BYPASS,
    /// Emits nothing, so that what follows has no input.
    MUTE
}

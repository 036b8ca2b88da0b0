package io.partflow.engine.processor.combine;

/// Whether parallel branches let the part itself through as well.
public enum Passthrough {
    /// Never; a part that no branch matches is dropped.
    NEVER,
    /// Last, when no branch gave anything.
    FALLBACK,
    /// Last, in any case.
    ALWAYS
}

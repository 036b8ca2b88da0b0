package io.partflow.engine.processor.combine;

/// When a merged stream ends.
public enum MergeEnd {
    /// When all its streams have ended.
    ALL,
    /// When any of them has ended; the others are given up.
    FIRST
}

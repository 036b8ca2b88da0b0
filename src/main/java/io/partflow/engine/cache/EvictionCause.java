package io.partflow.engine.cache;

/// Why an entry left a tier. A value that takes the place of an older one under the same key is a put, not an
/// eviction.
public enum EvictionCause {
    /// The item limit was reached.
    SIZE,
    /// The byte limit was reached, or the value alone is larger than that.
    WEIGHT,
    /// Its time to live was over.
    EXPIRY,
    /// Somebody invalidated it.
    EXPLICIT
}

package io.partflow.engine.cache;

/// How one request to a cache ended. `requests = hits + misses + coalesced`; the other two lie outside requests.
public enum Outcome {
    /// An entry was there.
    HIT,
    /// The value had to be computed.
    MISS,
    /// The request joined a computation in flight.
    COALESCED,
    /// The content has no key, or a condition of the node excludes it.
    UNCACHEABLE,
    /// The run or the node told the cache to stand aside.
    BYPASSED
}

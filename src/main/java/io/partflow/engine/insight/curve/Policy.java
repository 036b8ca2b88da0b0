package io.partflow.engine.insight.curve;

/// Which entry goes when there is no room.
public enum Policy {
    /// The one longest unused.
    LRU("lru"),
    /// The one longest there.
    FIFO("fifo"),
    /// The one asked for least often, of the two longest unused in a small window and outside it (W-TinyLFU).
    TINYLFU("tinylfu"),
    /// The one whose next use is farthest away, which only a recording can tell; nothing does better.
    OPTIMAL("optimal");

    private final String id;

    Policy(String id) {
        this.id = id;
    }

    /// The name on a command line.
    public String id() {
        return id;
    }
}

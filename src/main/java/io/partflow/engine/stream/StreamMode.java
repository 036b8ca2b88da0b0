package io.partflow.engine.stream;

/// How many parts may wait between two stages and how many are handed over at once: a trade of delay for throughput.
///
/// The three pairs are the product's own: 10/1, 1,000/10 and 50,000/100.
public enum StreamMode {
    LOW_LATENCY("low-latency", 10, 1),
    BALANCED("balanced", 1_000, 10),
    HIGH_THROUGHPUT("high-throughput", 50_000, 100);

    private final String id;
    private final int queueParts;
    private final int batchParts;

    StreamMode(String id, int queueParts, int batchParts) {
        this.id = id;
        this.queueParts = queueParts;
        this.batchParts = batchParts;
    }

    /// The name used in documents, reports and on the command line.
    public String id() {
        return id;
    }

    /// The capacity of every queue, in parts, at least 1.
    public int queueParts() {
        return queueParts;
    }

    /// How many parts a stage hands over together, from 1 to [#queueParts()].
    public int batchParts() {
        return batchParts;
    }

    /// The mode of that name.
    ///
    /// @throws IllegalArgumentException when no mode has it; the message lists those that exist
    public static StreamMode of(String id) {
        for (StreamMode mode : values()) {
            if (mode.id.equals(id)) {
                return mode;
            }
        }
        throw new IllegalArgumentException(
                "mode is \"" + id + "\"; it must be low-latency, balanced or high-throughput");
    }
}

package io.partflow.engine.stream;

/// How the queues of one input are put together; the order within each queue is always kept.
public enum Gathering {
    /// What arrives first is taken first; the input ends when all queues have ended.
    ARRIVAL("arrival"),
    /// By arrival as well, but the input ends as soon as one queue has ended and is empty; the rest is given up.
    FIRST_END("first-end"),
    /// One queue after the other, in the order in which they were added. Those whose turn has not come hold their
    /// parts back.
    IN_ORDER("in-order");

    private final String id;

    Gathering(String id) {
        this.id = id;
    }

    /// The name used in listings.
    public String id() {
        return id;
    }
}

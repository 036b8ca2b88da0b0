package io.partflow.engine.content;

/// A part with its origin beside it, as queues and sinks pass them on.
public record Delivery(Part part, Origin origin) {}

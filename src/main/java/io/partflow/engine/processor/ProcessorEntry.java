package io.partflow.engine.processor;

/// A processor as the catalog holds it: what it is, and how to build one.
public record ProcessorEntry(ProcessorDescriptor descriptor, ProcessorFactory factory) {}

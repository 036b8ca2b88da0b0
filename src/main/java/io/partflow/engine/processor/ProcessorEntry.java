package io.partflow.engine.processor;

/// A processor as the catalog holds it: what it is, how to build one, and what its parameters must keep to beyond
/// their own ranges.
public record ProcessorEntry(ProcessorDescriptor descriptor, ProcessorFactory factory, ParamsCheck check) {
    /// An entry whose parameters have nothing to keep to but their ranges.
    public ProcessorEntry(ProcessorDescriptor descriptor, ProcessorFactory factory) {
        this(descriptor, factory, ParamsCheck.NONE);
    }
}

package io.partflow.engine.processor;

import io.partflow.engine.content.JsonObject;

/// A processor as the catalog holds it: what it is, how to build one, what its parameters must keep to beyond
/// their own ranges, and which of them make the namespace of its cache keys.
public record ProcessorEntry(
        ProcessorDescriptor descriptor, ProcessorFactory factory, ParamsCheck check, KeyForm keyForm) {
    /// What of a processor's parameters belongs to the namespace of its cache keys. Pure; any thread.
    @FunctionalInterface
    public interface KeyForm {
        /// For processors that run no others: the values themselves.
        KeyForm PLAIN = Params::keyValues;

        /// Equal for two configurations exactly when they may share answers.
        JsonObject of(Params params);
    }

    /// An entry that runs no others.
    public ProcessorEntry(ProcessorDescriptor descriptor, ProcessorFactory factory, ParamsCheck check) {
        this(descriptor, factory, check, KeyForm.PLAIN);
    }

    /// An entry whose parameters have nothing to keep to but their ranges.
    public ProcessorEntry(ProcessorDescriptor descriptor, ProcessorFactory factory) {
        this(descriptor, factory, ParamsCheck.NONE);
    }

    public ProcessorEntry withKeyForm(KeyForm form) {
        return new ProcessorEntry(descriptor, factory, check, form);
    }
}

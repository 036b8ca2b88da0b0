package io.partflow.engine.builtin.flow;

import io.partflow.engine.processor.PortSpec;
import io.partflow.engine.processor.PortType;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.processor.ProcessorDescriptor.Category;
import io.partflow.engine.processor.ProcessorDescriptor.Kind;
import io.partflow.engine.processor.ProcessorEntry;

/// Merges all wires into its input by arrival.
public final class Merge {
    static final ProcessorDescriptor DESCRIPTOR = ProcessorDescriptor.builder("flow.merge", 1, "Merge")
            .summary("Puts several streams together by arrival; each keeps its own order, and all are read to their"
                    + " end.")
            .category(Category.FLOW)
            .synonyms("union", "join", "fan in", "combine", "mix", "arrival")
            .icon("git-merge")
            .example("The answers of two models in one list, whichever comes first.")
            .inputs(PortSpec.required("in", PortType.ANY))
            .outputs(PortSpec.optional("out", PortType.ANY))
            .kind(Kind.STREAM)
            .notDeterministic()
            .build();

    public static final ProcessorEntry ENTRY = new ProcessorEntry(DESCRIPTOR, Passing::new);

    private Merge() {}
}

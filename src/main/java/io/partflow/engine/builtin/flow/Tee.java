package io.partflow.engine.builtin.flow;

import io.partflow.engine.processor.PortSpec;
import io.partflow.engine.processor.PortType;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.processor.ProcessorDescriptor.Category;
import io.partflow.engine.processor.ProcessorDescriptor.Kind;
import io.partflow.engine.processor.ProcessorEntry;

/// Gives every part to each of its outputs. The parts are shared, not copied.
public final class Tee {
    static final ProcessorDescriptor DESCRIPTOR = ProcessorDescriptor.builder("flow.tee", 1, "Tee")
            .summary("Copies the stream to up to four outputs; the slowest reader sets the pace of all.")
            .category(Category.FLOW)
            .synonyms("split", "copy", "fan out", "duplicate", "broadcast")
            .icon("git-branch")
            .example("The same questions to two models, to compare their answers.")
            .inputs(PortSpec.required("in", PortType.ANY))
            .outputs(
                    PortSpec.optional("first", PortType.ANY),
                    PortSpec.optional("second", PortType.ANY),
                    PortSpec.optional("third", PortType.ANY),
                    PortSpec.optional("fourth", PortType.ANY))
            .kind(Kind.STREAM)
            .build();

    public static final ProcessorEntry ENTRY = new ProcessorEntry(DESCRIPTOR, Passing::new);

    private Tee() {}
}

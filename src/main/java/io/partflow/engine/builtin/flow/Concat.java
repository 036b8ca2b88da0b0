package io.partflow.engine.builtin.flow;

import io.partflow.engine.processor.PortSpec;
import io.partflow.engine.processor.PortType;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.processor.ProcessorDescriptor.Category;
import io.partflow.engine.processor.ProcessorDescriptor.Kind;
import io.partflow.engine.processor.ProcessorEntry;
import io.partflow.engine.stream.Gathering;

/// Puts the streams at its inputs one behind the other; also joins the branches of a tee in order.
///
/// What waits for its turn may take half of the memory budget beside it; more ends the run with `JOIN_BUFFER_FULL`.
public final class Concat {
    static final ProcessorDescriptor DESCRIPTOR = ProcessorDescriptor.builder("flow.concat", 1, "Concat in order")
            .summary("Reads its inputs one after the other, first to fourth; later ones hold their parts back"
                    + " meanwhile.")
            .category(Category.FLOW)
            .synonyms("append", "sequence", "ordered join", "one after the other", "chain")
            .icon("list")
            .example("An introduction, then all answers, then the appendix, however fast each of them is.")
            .inputs(
                    PortSpec.required("first", PortType.ANY),
                    PortSpec.optional("second", PortType.ANY),
                    PortSpec.optional("third", PortType.ANY),
                    PortSpec.optional("fourth", PortType.ANY))
            .outputs(PortSpec.optional("out", PortType.ANY))
            .kind(Kind.STREAM)
            .gathering(Gathering.IN_ORDER)
            .build();

    public static final ProcessorEntry ENTRY = new ProcessorEntry(DESCRIPTOR, Passing::new);

    private Concat() {}
}

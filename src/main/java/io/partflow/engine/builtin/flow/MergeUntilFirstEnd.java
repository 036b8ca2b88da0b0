package io.partflow.engine.builtin.flow;

import io.partflow.engine.processor.PortSpec;
import io.partflow.engine.processor.PortType;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.processor.ProcessorDescriptor.Category;
import io.partflow.engine.processor.ProcessorDescriptor.Kind;
import io.partflow.engine.processor.ProcessorEntry;
import io.partflow.engine.stream.Gathering;

/// Merges all wires into its input by arrival until one of them has ended.
public final class MergeUntilFirstEnd {
    static final ProcessorDescriptor DESCRIPTOR = ProcessorDescriptor.builder(
                    "flow.merge-first", 1, "Merge until one ends")
            .summary(
                    "Puts streams together by arrival and ends as soon as one of them has ended; the rest is given up.")
            .category(Category.FLOW)
            .synonyms("stop on first", "race", "until", "source", "first end", "live")
            .icon("log-out")
            .example("A camera together with a recorded talk: the talk is over, and so is the run.")
            .inputs(PortSpec.required("in", PortType.ANY))
            .outputs(PortSpec.optional("out", PortType.ANY))
            .kind(Kind.STREAM)
            .gathering(Gathering.FIRST_END)
            .notDeterministic()
            .build();

    public static final ProcessorEntry ENTRY = new ProcessorEntry(DESCRIPTOR, Passing::new);

    private MergeUntilFirstEnd() {}
}

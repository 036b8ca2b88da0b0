package io.partflow.engine.builtin.flow;

import io.partflow.engine.content.Part;
import io.partflow.engine.processor.BuildContext;
import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.Params;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartStream;
import io.partflow.engine.processor.PortSpec;
import io.partflow.engine.processor.PortType;
import io.partflow.engine.processor.Processor;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.processor.ProcessorDescriptor.Category;
import io.partflow.engine.processor.ProcessorDescriptor.Kind;
import io.partflow.engine.processor.ProcessorEntry;
import java.util.List;

/// Drops the first parts or turns, passes the next ones on, and ends: who feeds it ends too, also an endless source.
/// Confined to its stage's thread.
public final class Limit extends Processor {
    static final ProcessorDescriptor DESCRIPTOR = ProcessorDescriptor.builder("flow.limit", 1, "Drop and take")
            .summary("Drops the first parts or turns, passes on the next ones, and then ends the stream.")
            .category(Category.FLOW)
            .synonyms("limit", "take", "skip", "head", "first n", "stop", "top")
            .icon("scissors")
            .example("Try a pipeline on the first twenty questions before it runs on all of them.")
            .inputs(PortSpec.required("in", PortType.ANY))
            .outputs(PortSpec.optional("out", PortType.ANY))
            .params(
                    ParamSpec.integer("drop", "Drop", "How many are left out first.", 0)
                            .withRange(0, 1_000_000_000)
                            .withStep(1),
                    ParamSpec.integer("take", "Take", "How many pass then; 0 for all.", 100)
                            .withRange(0, 1_000_000_000)
                            .withStep(10),
                    ParamSpec.choice(
                            "count",
                            "Count",
                            "Whether parts are counted, or turns, each up to the part that ends it.",
                            "parts",
                            List.of("parts", "turns")))
            .kind(Kind.STREAM)
            .build();

    public static final ProcessorEntry ENTRY = new ProcessorEntry(DESCRIPTOR, Limit::new);

    private enum Count {
        PARTS,
        TURNS
    }

    private final long drop;
    private final long end;
    private final Count count;

    private Limit(Params params, BuildContext context) {
        drop = params.integer("drop");
        end = params.integer("take") == 0 ? Long.MAX_VALUE : drop + params.integer("take");
        count = params.text("count").equals("parts") ? Count.PARTS : Count.TURNS;
    }

    @Override
    protected void process(PartStream input, PartContext context) throws InterruptedException {
        long seen = 0;
        // Not read before it is known to be wanted: the part after the last one may never come.
        for (Part part = input.next(); part != null; part = input.next()) {
            if (seen >= drop) {
                context.emit(part);
            }
            seen += switch (count) {
                case PARTS -> 1;
                case TURNS -> part.isEndOfTurn() ? 1 : 0;
            };
            if (seen >= end) {
                return;
            }
        }
    }
}

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
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Puts ends of turns into a stream: after so many parts, where the role changes, or at the end alone. A turn that is
/// ended already is not ended twice. Confined to its stage's thread.
public final class Turns extends Processor {
    static final ProcessorDescriptor DESCRIPTOR = ProcessorDescriptor.builder("flow.turns", 1, "End of turn")
            .summary("Ends a turn after so many parts, where the role changes, or at the end of the stream.")
            .category(Category.FLOW)
            .synonyms("turn", "turn_complete", "conversation", "boundary", "flush", "batch")
            .icon("corner-down-left")
            .example("Turn a list of messages into a talk whose windows a model answers one by one.")
            .inputs(PortSpec.required("in", PortType.ANY))
            .outputs(PortSpec.optional("out", PortType.ANY))
            .params(
                    ParamSpec.choice(
                            "after",
                            "Turn ends",
                            "After a number of parts, where the next part has another role, or at the end.",
                            "role",
                            List.of("parts", "role", "end")),
                    ParamSpec.integer("parts", "Parts", "How many parts are a turn when parts are counted.", 1)
                            .withUnit("parts")
                            .withRange(1, 1_000_000)
                            .withStep(1)
                            .visibleWhen("after", "parts"))
            .kind(Kind.STREAM)
            .build();

    public static final ProcessorEntry ENTRY = new ProcessorEntry(DESCRIPTOR, Turns::new);

    private enum After {
        PARTS,
        ROLE,
        END
    }

    private final After after;
    private final int parts;

    private Turns(Params params, BuildContext context) {
        after = After.valueOf(params.text("after").toUpperCase(Locale.ROOT));
        parts = params.count("parts");
    }

    @Override
    protected void process(PartStream input, PartContext context) throws InterruptedException {
        int open = 0;
        @Nullable Part last = null;
        for (Part part = input.next(); part != null; part = input.next()) {
            if (after == After.ROLE
                    && open > 0
                    && last != null
                    && !last.role().equals(part.role())
                    && !part.isEndOfTurn()) {
                context.emit(Part.endOfTurn());
                open = 0;
            }
            context.emit(part);
            open = part.isEndOfTurn() ? 0 : open + 1;
            last = part;
            if (after == After.PARTS && open == parts) {
                context.emit(Part.endOfTurn());
                open = 0;
            }
        }
        if (open > 0) {
            context.emit(Part.endOfTurn());
        }
    }
}

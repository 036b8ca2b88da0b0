package io.partflow.sample;

import io.partflow.engine.content.Part;
import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.Params;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartProcessor;
import io.partflow.engine.processor.PortSpec;
import io.partflow.engine.processor.PortType;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.processor.ProcessorEntry;
import java.util.Locale;

/// The processor of the README: says every text louder. Thread-safe.
public final class Shout extends PartProcessor {
    static final ProcessorDescriptor DESCRIPTOR = ProcessorDescriptor.builder("text.shout", 1, "Shout")
            .summary("Says every text louder.")
            .example("Turn whispers into headlines.")
            .inputs(PortSpec.required("in", PortType.TEXT))
            .outputs(PortSpec.required("out", PortType.TEXT))
            .params(ParamSpec.integer("marks", "Marks", "How many exclamation marks follow.", 1)
                    .withRange(0, 10))
            .build();

    public static final ProcessorEntry ENTRY = new ProcessorEntry(DESCRIPTOR, (params, context) -> new Shout(params));

    private final String marks;

    private Shout(Params params) {
        marks = "!".repeat(params.count("marks"));
    }

    @Override
    public boolean matches(Part part) {
        return part.isText();
    }

    @Override
    protected void process(Part part, PartContext context) throws InterruptedException {
        context.emit(part.withText(part.text().toUpperCase(Locale.ROOT) + marks));
    }
}

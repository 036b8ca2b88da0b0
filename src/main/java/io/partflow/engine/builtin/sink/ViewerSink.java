package io.partflow.engine.builtin.sink;

import io.partflow.engine.content.Delivery;
import io.partflow.engine.processor.BuildContext;
import io.partflow.engine.processor.Params;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartSink;
import io.partflow.engine.processor.PortSpec;
import io.partflow.engine.processor.PortType;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.processor.ProcessorDescriptor.Category;
import io.partflow.engine.processor.ProcessorDescriptor.Kind;
import io.partflow.engine.processor.ProcessorEntry;

/// Takes every part so that it can be looked at. Keeps none: the run's snapshot holds the last one, a
/// recording holds all. Stateless.
public final class ViewerSink extends PartSink {
    static final ProcessorDescriptor DESCRIPTOR = ProcessorDescriptor.builder("sink.viewer", 1, "Viewer")
            .summary("Shows the parts that arrive: text, pictures and sound.")
            .category(Category.SINKS)
            .synonyms("show", "display", "output", "preview", "watch", "end")
            .icon("monitor")
            .example("Put one behind a model and read its answers as they come.")
            .inputs(PortSpec.required("in", PortType.ANY))
            .kind(Kind.SINK)
            .build();

    public static final ProcessorEntry ENTRY = new ProcessorEntry(DESCRIPTOR, ViewerSink::new);

    private ViewerSink(Params params, BuildContext context) {}

    @Override
    protected void accept(Delivery delivery, PartContext context) {}
}

package io.partflow.engine.builtin.image;

import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.Params;
import io.partflow.engine.processor.PortSpec;
import io.partflow.engine.processor.PortType;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.processor.ProcessorDescriptor.Category;
import io.partflow.engine.processor.ProcessorDescriptor.Kind;
import io.partflow.engine.processor.ProcessorEntry;
import io.partflow.engine.processor.pace.Timestamps;
import java.util.List;
import java.util.Locale;

/// Puts the time since the start of the stream before each picture, as a text.
public final class TimeMarks {
    static final ProcessorDescriptor DESCRIPTOR = ProcessorDescriptor.builder("image.timestamps", 1, "Timestamps")
            .summary("Puts the time since the start of the stream before each picture, as a text mm:ss.")
            .category(Category.MEDIA)
            .synonyms("time", "clock", "mm:ss", "frame", "mark", "video")
            .icon("watch")
            .example("Let a model say when in a film something happened.")
            .inputs(PortSpec.required("in", PortType.ANY))
            .outputs(PortSpec.optional("out", PortType.ANY))
            .params(
                    ParamSpec.choice(
                            "precision",
                            "Precision",
                            "Whole seconds (mm:ss) or milliseconds (mm:ss.SSS).",
                            "seconds",
                            List.of("seconds", "milliseconds")),
                    ParamSpec.text("substream", "Substream", "Where the marks go; empty for the ordinary one.", "")
                            .withRange(0, 100))
            .kind(Kind.STREAM)
            .notDeterministic()
            .build();

    public static final ProcessorEntry ENTRY = new ProcessorEntry(DESCRIPTOR, (params, context) -> stage(params));

    private TimeMarks() {}

    private static Timestamps stage(Params params) {
        return new Timestamps(
                Timestamps.Precision.valueOf(params.text("precision").toUpperCase(Locale.ROOT)),
                params.text("substream"));
    }
}

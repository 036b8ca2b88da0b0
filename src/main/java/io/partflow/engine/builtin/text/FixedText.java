package io.partflow.engine.builtin.text;

import io.partflow.engine.content.Content;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.Params;
import io.partflow.engine.processor.PortSpec;
import io.partflow.engine.processor.PortType;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.processor.ProcessorDescriptor.Category;
import io.partflow.engine.processor.ProcessorDescriptor.Kind;
import java.util.List;

/// What the nodes that put a fixed text into a stream have in common: ports, parameters, and the part they stand for.
final class FixedText {
    private FixedText() {}

    /// @param role who says the text unless the document names somebody else
    static ProcessorDescriptor.Builder described(String id, String title, String role) {
        return ProcessorDescriptor.builder(id, 1, title)
                .category(Category.TEXT)
                .inputs(PortSpec.required("in", PortType.ANY))
                .outputs(PortSpec.optional("out", PortType.ANY))
                .params(
                        ParamSpec.text("text", "Text", "What is put there; empty for nothing.", ""),
                        ParamSpec.choice("role", "Role", "Who says it.", role, List.of("system", "user", "model")),
                        ParamSpec.text("substream", "Substream", "Where it goes; empty for the ordinary one.", "")
                                .withRange(0, 100))
                .kind(Kind.STREAM);
    }

    static Content content(Params params) {
        String text = params.text("text");
        return text.isEmpty()
                ? Content.EMPTY
                : Content.of(Part.text(text, params.text("role")).withSubstream(params.text("substream")));
    }
}

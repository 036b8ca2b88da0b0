package io.partflow.engine.builtin.source;

import io.partflow.engine.content.Origin;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.BuildContext;
import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.Params;
import io.partflow.engine.processor.PartSource;
import io.partflow.engine.processor.PortSpec;
import io.partflow.engine.processor.PortType;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.processor.ProcessorDescriptor.Category;
import io.partflow.engine.processor.ProcessorDescriptor.Kind;
import io.partflow.engine.processor.ProcessorEntry;
import io.partflow.engine.processor.SourceContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Emits typed text: as one part, or a part for each line or paragraph. Blank ones are left out. Confined
/// to its stage's thread.
public final class TextSource extends PartSource {
    static final ProcessorDescriptor DESCRIPTOR = ProcessorDescriptor.builder("source.text", 1, "Typed text")
            .summary("Emits text that you type, whole or a part for each line or paragraph.")
            .category(Category.SOURCES)
            .synonyms("input", "prompt", "type", "string", "question", "paste")
            .icon("type")
            .example("Type three questions, one a line, and see which of them the cache knows.")
            .outputs(PortSpec.required("out", PortType.TEXT))
            .params(
                    ParamSpec.text("text", "Text", "What is emitted.", ""),
                    ParamSpec.choice(
                            "emit",
                            "One part for",
                            "Whether the text is one part, or each of its lines or paragraphs is.",
                            "text",
                            List.of("text", "line", "paragraph")),
                    ParamSpec.choice("role", "Role", "Who says it.", "user", List.of("user", "model", "system")))
            .kind(Kind.SOURCE)
            .build();

    public static final ProcessorEntry ENTRY = new ProcessorEntry(DESCRIPTOR, TextSource::new);

    private enum Emit {
        TEXT,
        LINE,
        PARAGRAPH
    }

    private record Config(String text, Emit emit, String role) {
        static Config of(Params params) {
            return new Config(
                    params.text("text"),
                    Emit.valueOf(params.text("emit").toUpperCase(Locale.ROOT)),
                    params.text("role"));
        }
    }

    private final Config config;
    private final Origin origin;

    private TextSource(Params params, BuildContext context) {
        config = Config.of(params);
        origin = Origin.ofNode(context.node());
    }

    @Override
    protected void produce(SourceContext context) throws InterruptedException {
        for (String piece : pieces()) {
            Part part = Part.text(piece, config.role);
            context.admit(part.sizeBytes());
            context.emit(part, origin);
        }
    }

    private List<String> pieces() {
        String[] pieces = switch (config.emit) {
            case TEXT -> new String[] {config.text};
            case LINE -> config.text.split("\\R", -1);
            case PARAGRAPH -> config.text.split("(?:\\R[ \\t]*){2,}", -1);
        };
        List<String> kept = new ArrayList<>();
        Arrays.stream(pieces)
                .map(String::strip)
                .filter(piece -> !piece.isEmpty())
                .forEach(kept::add);
        return kept;
    }
}

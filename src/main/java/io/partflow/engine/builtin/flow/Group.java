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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Puts the parts of each turn together by what they are, in the order in which the groups began; the part that ends
/// the turn comes last. Confined to its stage's thread.
public final class Group extends Processor {
    static final ProcessorDescriptor DESCRIPTOR = ProcessorDescriptor.builder("flow.group", 1, "Group")
            .summary("Puts the parts of each turn together by type, role, substream or a piece of metadata.")
            .category(Category.FLOW)
            .synonyms("group by", "MIME type", "sort", "collect", "order", "images first", "turn")
            .icon("grid")
            .example("Show a model all pictures of a question before its words.")
            .inputs(PortSpec.required("in", PortType.ANY))
            .outputs(PortSpec.optional("out", PortType.ANY))
            .params(
                    ParamSpec.choice(
                            "by",
                            "Group by",
                            "The MIME type, its first half (text, image), the role, the substream, or a metadata"
                                    + " entry.",
                            "type",
                            List.of("type", "kind", "role", "substream", "metadata")),
                    ParamSpec.text("name", "Metadata", "The name of the metadata entry.", "")
                            .visibleWhen("by", "metadata"),
                    ParamSpec.list(
                            "first",
                            "First",
                            "The groups that come first, one a line, such as image/png; the others follow as they"
                                    + " began."),
                    ParamSpec.integer(
                                    "most",
                                    "Most parts",
                                    "How many parts are held back; a longer turn is grouped in pieces of so many.",
                                    10_000)
                            .withUnit("parts")
                            .withRange(1, 1_000_000)
                            .withStep(100))
            .kind(Kind.STREAM)
            .build();

    public static final ProcessorEntry ENTRY = new ProcessorEntry(DESCRIPTOR, Group::new);

    private final Function<Part, String> question;
    private final List<String> first;
    private final int most;
    private final Map<String, List<Part>> groups = new LinkedHashMap<>();
    private int held;

    private Group(Params params, BuildContext context) {
        question = question(params.text("by"), params.text("name"));
        first = params.list("first");
        most = params.count("most");
    }

    private static Function<Part, String> question(String by, String name) {
        return switch (by) {
            case "kind" -> part -> part.mimeType().replaceFirst("/.*", "");
            case "role" -> Part::role;
            case "substream" -> Part::substream;
            case "metadata" ->
                part -> Optional.ofNullable(part.metadata(name))
                        .map(Object::toString)
                        .orElse("");
            default -> Part::mimeType;
        };
    }

    @Override
    protected void process(PartStream input, PartContext context) throws InterruptedException {
        begin();
        for (Part part = input.next(); part != null; part = input.next()) {
            if (part.isEndOfTurn()) {
                flush(context);
                context.emit(part);
            } else {
                groups.computeIfAbsent(question.apply(part), group -> new ArrayList<>())
                        .add(part);
                held++;
                if (held == most) {
                    flush(context);
                }
            }
        }
        flush(context);
    }

    private void begin() {
        groups.clear();
        first.forEach(group -> groups.put(group, new ArrayList<>()));
        held = 0;
    }

    private void flush(PartContext context) throws InterruptedException {
        for (List<Part> group : groups.values()) {
            for (Part part : group) {
                context.emit(part);
            }
        }
        begin();
    }
}

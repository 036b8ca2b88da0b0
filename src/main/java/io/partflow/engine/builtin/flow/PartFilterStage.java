package io.partflow.engine.builtin.flow;

import io.partflow.engine.builtin.flow.Conditions.By;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.BuildContext;
import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.Params;
import io.partflow.engine.processor.ParamsCheck;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartProcessor;
import io.partflow.engine.processor.PortSpec;
import io.partflow.engine.processor.PortType;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.processor.ProcessorDescriptor.Category;
import io.partflow.engine.processor.ProcessorEntry;
import java.util.List;
import java.util.function.Predicate;

/// Sends parts that fulfil all conditions one way and the others another way; what has no wire is dropped.
///
/// A condition that is left empty is fulfilled by every part. Parts other than text have no length and no text: they
/// fulfil a length, but not a pattern. Immutable, thread-safe.
public final class PartFilterStage extends PartProcessor {
    static final ProcessorDescriptor DESCRIPTOR = ProcessorDescriptor.builder("flow.filter", 1, "Filter")
            .summary("Lets parts through by type, role, substream, metadata, length or text; the rest goes aside.")
            .category(Category.FLOW)
            .synonyms("where", "select", "keep", "drop", "only", "if", "condition", "match")
            .icon("filter")
            .example("Let only long user questions reach the model, and keep the short ones for a cheaper step.")
            .inputs(PortSpec.required("in", PortType.ANY))
            .outputs(PortSpec.optional("out", PortType.ANY), PortSpec.optional("rest", PortType.ANY))
            .params(
                    ParamSpec.list(
                            "types",
                            "Types",
                            "MIME types or their beginnings, such as image/; empty lets all through."),
                    ParamSpec.list("roles", "Roles", "Who said it; empty lets all through."),
                    ParamSpec.list(
                            "substreams",
                            "Substreams",
                            "Names of substreams, two double quotes for the ordinary one; empty lets all through."),
                    ParamSpec.list(
                            "metadata",
                            "Metadata",
                            "Names of metadata, or name=value, one of which must be there; empty lets all through."),
                    ParamSpec.integer(
                                    "minLength",
                                    "Shortest text",
                                    "Texts with fewer characters (code points) go aside.",
                                    0)
                            .withUnit("characters")
                            .withRange(0, 100_000_000)
                            .withStep(10),
                    ParamSpec.integer(
                                    "maxLength",
                                    "Longest text",
                                    "Texts with more characters (code points) go aside; 0 for no limit.",
                                    0)
                            .withUnit("characters")
                            .withRange(0, 100_000_000)
                            .withStep(100),
                    ParamSpec.text(
                            "pattern",
                            "Text has",
                            "A regular expression that is found in the text; empty for any.",
                            ""),
                    ParamSpec.choice(
                            "keep",
                            "Let through",
                            "Whether parts that fulfil all of this go through, or the others do.",
                            "matching",
                            List.of("matching", "others")))
            .build();

    private static final ParamsCheck CHECK = params -> {
        try {
            var unused = Conditions.pattern(params.text("pattern"));
            return List.of();
        } catch (IllegalArgumentException wrong) {
            return List.of(new ParamsCheck.Complaint("pattern", wrong.getMessage() + "."));
        }
    };

    public static final ProcessorEntry ENTRY = new ProcessorEntry(DESCRIPTOR, PartFilterStage::new, CHECK);

    private final Predicate<Part> passes;

    private PartFilterStage(Params params, BuildContext context) {
        Predicate<Part> all = listed(By.TYPE, params.list("types"))
                .and(listed(By.ROLE, params.list("roles")))
                .and(listed(By.SUBSTREAM, params.list("substreams")))
                .and(listed(By.METADATA, params.list("metadata")))
                .and(length(params.count("minLength"), params.count("maxLength")))
                .and(params.text("pattern").isEmpty() ? part -> true : Conditions.of(By.TEXT, params.text("pattern")));
        passes = params.text("keep").equals("matching") ? all : all.negate();
    }

    private static Predicate<Part> listed(By by, List<String> values) {
        return values.isEmpty() ? part -> true : Conditions.any(by, values);
    }

    private static Predicate<Part> length(int least, int most) {
        return part -> {
            if (!part.isText() || (least == 0 && most == 0)) {
                return true;
            }
            String text = part.text();
            int length = text.codePointCount(0, text.length());
            return length >= least && (most == 0 || length <= most);
        };
    }

    @Override
    public boolean matches(Part part) {
        // Nothing is done to a part; where it goes is all there is.
        return false;
    }

    @Override
    public String outputOf(Part part) {
        return passes.test(part) ? "out" : "rest";
    }

    @Override
    protected void process(Part part, PartContext context) throws InterruptedException {
        context.emit(part);
    }
}

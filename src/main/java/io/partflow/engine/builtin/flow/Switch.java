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
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Sends each part to the output of the first case it fulfils, else to `otherwise`; what has no wire is dropped.
/// Immutable, thread-safe.
public final class Switch extends PartProcessor {
    private static final List<String> CASES = List.of("first", "second", "third");

    static final ProcessorDescriptor DESCRIPTOR = ProcessorDescriptor.builder("flow.switch", 1, "Switch")
            .summary("Sends each part to the first of three outputs whose case it fulfils, else to the last output.")
            .category(Category.FLOW)
            .synonyms("route", "case", "branch", "choose", "triage", "if", "else", "sort")
            .icon("shuffle")
            .example("Pictures to one model, sound to another, and all else to a file.")
            .inputs(PortSpec.required("in", PortType.ANY))
            .outputs(
                    PortSpec.optional("first", PortType.ANY),
                    PortSpec.optional("second", PortType.ANY),
                    PortSpec.optional("third", PortType.ANY),
                    PortSpec.optional("otherwise", PortType.ANY))
            .params(
                    ParamSpec.choice(
                            "by",
                            "Look at",
                            "What the cases say: MIME type, role, substream, metadata, or a pattern found in the text.",
                            By.TYPE.id(),
                            By.IDS),
                    ParamSpec.text("first", "First case", "Alternatives with commas; a pattern as it is.", "text/"),
                    ParamSpec.text("second", "Second case", "As the first; empty for no case.", "image/"),
                    ParamSpec.text("third", "Third case", "As the first; empty for no case.", "audio/"))
            .build();

    private static final ParamsCheck CHECK = params -> {
        List<ParamsCheck.Complaint> complaints = new ArrayList<>();
        for (String name : CASES) {
            try {
                var unused = Conditions.of(By.of(params.text("by")), params.text(name));
            } catch (IllegalArgumentException wrong) {
                complaints.add(new ParamsCheck.Complaint(name, wrong.getMessage() + "."));
            }
        }
        return complaints;
    };

    public static final ProcessorEntry ENTRY = new ProcessorEntry(DESCRIPTOR, Switch::new, CHECK);

    private final List<Predicate<Part>> cases;

    private Switch(Params params, BuildContext context) {
        By by = By.of(params.text("by"));
        cases = CASES.stream().map(name -> Conditions.of(by, params.text(name))).toList();
    }

    @Override
    public boolean matches(Part part) {
        // Nothing is done to a part; where it goes is all there is.
        return false;
    }

    @Override
    public String outputOf(Part part) {
        for (int i = 0; i < cases.size(); i++) {
            if (cases.get(i).test(part)) {
                return CASES.get(i);
            }
        }
        return "otherwise";
    }

    @Override
    protected void process(Part part, PartContext context) throws InterruptedException {
        context.emit(part);
    }
}

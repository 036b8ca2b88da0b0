package io.partflow.engine.builtin.flow;

import io.partflow.engine.builtin.nested.NestedProcessors;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.Substream;
import io.partflow.engine.processor.BuildContext;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.Params;
import io.partflow.engine.processor.ParamsCheck;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartProcessor;
import io.partflow.engine.processor.PortSpec;
import io.partflow.engine.processor.PortType;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.processor.ProcessorDescriptor.Category;
import io.partflow.engine.processor.ProcessorDescriptor.Work;
import io.partflow.engine.processor.ProcessorEntry;
import java.util.List;

/// Runs a processor on each part; where it fails, a part of type text/x-exception leaves by the output `errors`, or
/// by `out` where that has no wire, instead of being counted as a failure. As thread-safe as the processor.
public final class FailuresAside extends PartProcessor {
    static final ProcessorDescriptor DESCRIPTOR = ProcessorDescriptor.builder("flow.errors", 1, "Errors as parts")
            .summary("Runs a processor; where it fails, the failure becomes a part, at the second output if that is"
                    + " wired.")
            .category(Category.FLOW)
            .synonyms("exception", "failure", "catch", "try", "dead letter", "fallback")
            .icon("alert-triangle")
            .example("Write the pictures that could not be read into a file, and go on with the others.")
            .inputs(PortSpec.required("in", PortType.ANY))
            .outputs(PortSpec.optional("out", PortType.ANY), PortSpec.optional("errors", PortType.TEXT))
            .params(
                    ParamSpec.text(
                                    "processor",
                                    "Processor",
                                    "What is run, with its parameters: image.facts thumbnailSize=64.",
                                    "image.facts")
                            .withProcessors(NestedProcessors.PARTS),
                    ParamSpec.choice(
                            "put",
                            "Failures",
                            "Whether failures leave by the output, or on the reserved substream status, past all later"
                                    + " steps.",
                            "output",
                            List.of("output", "status")))
            .work(Work.BLOCKING)
            .substreamsOut(Substream.STATUS)
            .build();

    private final PartProcessor member;
    private final String substream;

    private FailuresAside(PartProcessor member, String substream) {
        this.member = member;
        this.substream = substream;
    }

    /// @param nested what may be run
    public static ProcessorEntry entry(NestedProcessors nested) {
        ParamsCheck check = params -> nested.complaint(params.text("processor"), NestedProcessors.PARTS)
                .map(wrong -> List.of(new ParamsCheck.Complaint("processor", wrong)))
                .orElse(List.of());
        return new ProcessorEntry(DESCRIPTOR, (params, context) -> build(params, context, nested), check);
    }

    private static FailuresAside build(Params params, BuildContext context, NestedProcessors nested) {
        return new FailuresAside(
                nested.resolve(params.text("processor"), NestedProcessors.PARTS).buildPart(context),
                params.text("put").equals("status") ? Substream.STATUS : Substream.DEFAULT);
    }

    @Override
    public boolean matches(Part part) {
        return member.matches(part);
    }

    @Override
    public int maxInFlight() {
        return member.maxInFlight();
    }

    @Override
    public String outputOf(Part part) {
        return part.isException() ? "errors" : "out";
    }

    @Override
    public String elseOutputOf(Part part) {
        return "out";
    }

    @Override
    protected void process(Part part, PartContext context) throws InterruptedException {
        try {
            member.apply(part, context);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            Failure failure = Failure.of(e);
            context.emit(Part.exception(failure.code(), failure.message())
                    .withSubstream(substream)
                    .withRole(part.role()));
        }
    }

    @Override
    public void close() throws Exception {
        member.close();
    }
}

package io.partflow.engine.builtin.flow;

import io.partflow.engine.content.JsonString;
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
import io.partflow.engine.processor.ProcessorDescriptor.Feed;
import io.partflow.engine.processor.ProcessorDescriptor.Kind;
import io.partflow.engine.processor.ProcessorEntry;
import java.util.List;

/// Takes what goes past all other nodes, so that a wire can lead it to a sink. Confined to its stage's thread.
public final class ReservedParts extends Processor {
    static final ProcessorDescriptor DESCRIPTOR = ProcessorDescriptor.builder("flow.reserved", 1, "Reserved parts")
            .summary("Takes the parts on reserved substreams (debug, status, ui), failures too, which go past all other"
                    + " nodes.")
            .category(Category.FLOW)
            .synonyms("debug", "status", "ui", "failures", "errors", "side channel", "log", "substream", "bypass")
            .icon("corner-up-right")
            .example("Write everything that failed on the way into a file of its own, with the node it failed at.")
            .outputs(PortSpec.optional("out", PortType.ANY))
            .params(
                    ParamSpec.list(
                            "substreams",
                            "Substreams",
                            "Only parts whose substream starts with one of these; empty for all reserved ones."),
                    ParamSpec.list("nodes", "Nodes", "Only parts of the nodes with these ids; empty for all nodes."))
            .kind(Kind.STREAM)
            .feed(Feed.RESERVED)
            .build();

    public static final ProcessorEntry ENTRY = new ProcessorEntry(DESCRIPTOR, ReservedParts::new);

    private final List<String> substreams;
    private final List<String> nodes;

    private ReservedParts(Params params, BuildContext context) {
        substreams = params.list("substreams");
        nodes = params.list("nodes");
    }

    @Override
    protected void process(PartStream input, PartContext context) throws InterruptedException {
        for (Part part = input.next(); part != null; part = input.next()) {
            if (isWanted(part)) {
                context.emit(part);
            }
        }
    }

    private boolean isWanted(Part part) {
        String substream = text(part, "reserved_substream");
        return (substreams.isEmpty() || substreams.stream().anyMatch(substream::startsWith))
                && (nodes.isEmpty() || nodes.contains(text(part, "reserved_node")));
    }

    private static String text(Part part, String name) {
        return part.metadata(name) instanceof JsonString(String text) ? text : "";
    }
}

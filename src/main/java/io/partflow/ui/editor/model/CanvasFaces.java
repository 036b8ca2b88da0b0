package io.partflow.ui.editor.model;

import io.partflow.engine.processor.ProcessorCatalog;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.run.NodeSnapshot;
import io.partflow.engine.run.RunSnapshot;
import io.partflow.engine.run.WireSnapshot;
import io.partflow.pipeline.PipelineGraph;
import io.partflow.pipeline.PipelineNode;
import io.partflow.pipeline.PortRef;
import io.partflow.pipeline.Wire;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import org.jspecify.annotations.Nullable;

/// What every node and wire of the canvas shows at the moment: at rest, or in the run that is going on or was the
/// last. Confined to the thread of its [CanvasModel].
final class CanvasFaces {
    private final ProcessorCatalog catalog;
    private final Map<String, NodeFace> nodes = new HashMap<>();
    private final Map<Wire, WireFace> wires = new HashMap<>();
    private final ReadOnlyLongWrapper revision = new ReadOnlyLongWrapper();
    private @Nullable RunSnapshot run;

    CanvasFaces(ProcessorCatalog catalog) {
        this.catalog = catalog;
    }

    ReadOnlyLongProperty revisionProperty() {
        return revision.getReadOnlyProperty();
    }

    NodeFace of(String node) {
        NodeFace face = nodes.get(node);
        if (face == null) {
            throw new IllegalArgumentException("no node " + node + " on the canvas");
        }
        return face;
    }

    Optional<WireFace> of(Wire wire) {
        return Optional.ofNullable(wires.get(wire));
    }

    /// Follows an edit: only nodes that changed get another face.
    void show(PipelineGraph before, PipelineGraph shown) {
        nodes.keySet().removeIf(id -> !shown.hasNode(id));
        wires.keySet().removeIf(wire -> !shown.hasWire(wire));
        for (PipelineNode node : shown.nodes()) {
            if (!nodes.containsKey(node.id()) || !Optional.of(node).equals(before.node(node.id()))) {
                nodes.put(node.id(), face(node));
            }
        }
    }

    void apply(PipelineGraph graph, @Nullable RunSnapshot previous, RunSnapshot current, long elapsedNanos) {
        boolean sameRun = run != null && run.runId().equals(current.runId());
        RunSnapshot since = previous != null && previous.runId().equals(current.runId()) ? previous : null;
        run = current;
        for (NodeSnapshot now : current.nodes()) {
            graph.node(now.id()).ifPresent(node -> {
                NodeSnapshot before =
                        since == null ? null : since.node(now.id()).orElse(null);
                NodeFace old = sameRun ? nodes.get(now.id()) : null;
                double well = old != null && old.time() != null ? old.wellPx() : 0;
                nodes.put(now.id(), Faces.inRun(node, descriptor(node), before, now, current, elapsedNanos, well));
            });
        }
        applyWires(graph, since, current, elapsedNanos);
        revision.set(revision.get() + 1);
    }

    private void applyWires(PipelineGraph graph, @Nullable RunSnapshot since, RunSnapshot current, long elapsedNanos) {
        Map<String, WireSnapshot> before = new HashMap<>();
        if (since != null) {
            since.wires().forEach(wire -> before.put(wire.from() + ">" + wire.to(), wire));
        }
        for (WireSnapshot now : current.wires()) {
            Optional<PortRef> from = PortRef.parse(now.from());
            Optional<PortRef> to = PortRef.parse(now.to());
            if (from.isPresent() && to.isPresent() && graph.hasWire(new Wire(from.get(), to.get()))) {
                wires.put(
                        new Wire(from.get(), to.get()),
                        Faces.wire(before.get(now.from() + ">" + now.to()), now, elapsedNanos));
            }
        }
    }

    /// Forgets the run: all nodes are at rest again.
    void clearRun(PipelineGraph graph) {
        run = null;
        wires.clear();
        graph.nodes().forEach(node -> nodes.put(node.id(), face(node)));
        revision.set(revision.get() + 1);
    }

    private NodeFace face(PipelineNode node) {
        RunSnapshot shown = run;
        NodeSnapshot now = shown == null ? null : shown.node(node.id()).orElse(null);
        return shown == null || now == null
                ? Faces.atRest(node, descriptor(node))
                : Faces.inRun(node, descriptor(node), null, now, shown, 0, 0);
    }

    private Optional<ProcessorDescriptor> descriptor(PipelineNode node) {
        return catalog.descriptor(node.processor());
    }
}

package io.partflow.ui.editor.model;

import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.processor.PortSpec;
import io.partflow.engine.processor.ProcessorCatalog;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.pipeline.Layout;
import io.partflow.pipeline.NodeState;
import io.partflow.pipeline.PipelineGraph;
import io.partflow.pipeline.PipelineNode;
import io.partflow.pipeline.PortRef;
import io.partflow.pipeline.Wire;
import io.partflow.pipeline.edit.AddNode;
import io.partflow.pipeline.edit.AddWire;
import io.partflow.pipeline.edit.Compound;
import io.partflow.pipeline.edit.EditCommand;
import io.partflow.pipeline.edit.MoveNodes;
import io.partflow.pipeline.edit.RemoveNodes;
import io.partflow.pipeline.edit.RemoveWires;
import io.partflow.pipeline.edit.SetCache;
import io.partflow.pipeline.edit.SetNodeState;
import io.partflow.ui.support.Messages;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;

/// What gestures mean: each method gives the one command that does it, or nothing when it would change nothing.
/// Immutable.
public final class GraphEdits {
    /// Room kept between two nodes, enough for a queue chip.
    private static final double GAP = 48;

    private final PipelineGraph graph;
    private final ProcessorCatalog catalog;
    private final Wiring wiring;

    /// A command, and the nodes to select after it.
    public record Edit(EditCommand command, Set<String> selects) {
        public Edit {
            selects = Set.copyOf(selects);
        }
    }

    public GraphEdits(PipelineGraph graph, ProcessorCatalog catalog) {
        this.graph = graph;
        this.catalog = catalog;
        this.wiring = new Wiring(graph, catalog);
    }

    /// Adds a node of a processor, with the parameters of `template` where one is given.
    public Edit add(PipelineNode template, Point2D topLeft) {
        PipelineNode node = placed(template, topLeft);
        return new Edit(new AddNode(node), Set.of(node.id()));
    }

    /// Adds a node and joins it to a port of another.
    ///
    /// @param side the side of the new node that is joined
    public Edit addWired(PipelineNode template, Point2D topLeft, PortRef other, PortSide side) {
        PipelineNode node = placed(template, topLeft);
        Optional<PortSpec> far = wiring.port(other, opposite(side));
        Optional<Wire> wire = catalog.descriptor(node.processor())
                .flatMap(descriptor -> far.flatMap(port -> Wiring.fitting(descriptor, side, port.types())))
                .map(port -> side == PortSide.INPUT
                        ? new Wire(other, node.port(port.name()))
                        : new Wire(node.port(port.name()), other));
        EditCommand command = wire.<EditCommand>map(
                        joined -> new io.partflow.pipeline.edit.AddNodeWithWire(node, joined))
                .orElseGet(() -> new AddNode(node));
        return new Edit(command, Set.of(node.id()));
    }

    /// Adds a node in the middle of a wire.
    public Optional<Edit> addSpliced(PipelineNode template, Point2D topLeft, Wire wire) {
        PipelineNode node = placed(template, topLeft);
        GraphEdits after = new GraphEdits(graph.withNode(node), catalog);
        return after.splice(node.id(), wire)
                .map(splice -> new Edit(
                        new Compound(
                                Messages.text("editor.edit.insert", node.id()), List.of(new AddNode(node), splice)),
                        Set.of(node.id())));
    }

    /// Puts a node that has no wire yet into a wire; what follows makes room.
    public Optional<EditCommand> splice(String nodeId, Wire wire) {
        Optional<PipelineNode> found = graph.node(nodeId);
        if (found.isEmpty() || !graph.hasWire(wire) || wire.touches(nodeId)) {
            return Optional.empty();
        }
        if (graph.wires().stream().anyMatch(each -> each.touches(nodeId))) {
            return Optional.empty();
        }
        PipelineNode node = found.get();
        Optional<PortRef> input = wiring.inputFor(wire.from(), node, Optional.of(wire));
        Optional<PortRef> output = wiring.outputFor(wire.to(), node, Optional.of(wire));
        if (input.isEmpty() || output.isEmpty()) {
            return Optional.empty();
        }
        List<EditCommand> steps = new ArrayList<>();
        steps.add(new RemoveWires(Set.of(wire)));
        steps.add(new AddWire(new Wire(wire.from(), input.get())));
        steps.add(new AddWire(new Wire(output.get(), wire.to())));
        makeRoom(node, wire.to().node()).ifPresent(steps::add);
        return Optional.of(new Compound(Messages.text("editor.edit.insert", nodeId), steps));
    }

    private Optional<EditCommand> makeRoom(PipelineNode node, String follower) {
        double wanted = node.layout().x() + NodeMeasures.WIDTH + GAP;
        double missing =
                graph.node(follower).map(next -> wanted - next.layout().x()).orElse(0.0);
        if (missing <= 0) {
            return Optional.empty();
        }
        Set<String> followers = new HashSet<>();
        graph.nodes().stream()
                .map(PipelineNode::id)
                .filter(id -> graph.reaches(follower, id))
                .forEach(followers::add);
        return Optional.of(new MoveNodes(followers, Math.ceil(missing / NodeMeasures.GRID) * NodeMeasures.GRID, 0));
    }

    /// Removes nodes and wires.
    public Optional<EditCommand> delete(Set<String> nodes, Set<Wire> wires) {
        Set<Wire> apart = new HashSet<>(wires);
        apart.removeIf(wire -> nodes.stream().anyMatch(wire::touches));
        if (nodes.isEmpty() || apart.isEmpty()) {
            if (nodes.isEmpty()) {
                return apart.isEmpty() ? Optional.empty() : Optional.of(new RemoveWires(apart));
            }
            return Optional.of(new RemoveNodes(nodes));
        }
        return Optional.of(new Compound(
                Messages.text("editor.edit.delete-both", nodes.size(), apart.size()),
                List.of(new RemoveNodes(nodes), new RemoveWires(apart))));
    }

    /// Removes nodes and joins what was before them to what was behind them, where the types fit.
    public Optional<EditCommand> deleteAndReconnect(Set<String> nodes) {
        if (nodes.isEmpty()) {
            return Optional.empty();
        }
        PipelineGraph rest = new RemoveNodes(nodes).apply(graph);
        for (Wire in : graph.wires()) {
            if (!nodes.contains(in.from().node()) && nodes.contains(in.to().node())) {
                for (PortRef end : endsBehind(in.to().node(), nodes)) {
                    if (new Wiring(rest, catalog).refusal(in.from(), end).isEmpty()) {
                        rest = rest.withWire(new Wire(in.from(), end));
                    }
                }
            }
        }
        List<EditCommand> steps = new ArrayList<>(List.of(new RemoveNodes(nodes)));
        rest.wires().stream()
                .filter(wire -> !graph.hasWire(wire))
                .map(AddWire::new)
                .forEach(steps::add);
        return Optional.of(new Compound(Messages.text("editor.edit.delete-reconnect", named(nodes)), steps));
    }

    /// The inputs that stay and are reached from a node by nodes that go, whatever the types in between.
    private Set<PortRef> endsBehind(String start, Set<String> going) {
        Set<PortRef> ends = new LinkedHashSet<>();
        Set<String> seen = new HashSet<>();
        List<String> open = new ArrayList<>(List.of(start));
        while (!open.isEmpty()) {
            String node = open.removeLast();
            if (seen.add(node)) {
                for (Wire out : graph.wiresFrom(node)) {
                    if (going.contains(out.to().node())) {
                        open.add(out.to().node());
                    } else {
                        ends.add(out.to());
                    }
                }
            }
        }
        return ends;
    }

    /// Moves the end of a wire to another port.
    public EditCommand replug(Wire old, Wire renewed) {
        return new Compound(
                Messages.text("editor.edit.replug", renewed.to().node()),
                List.of(new RemoveWires(Set.of(old)), new AddWire(renewed)));
    }

    /// Copies nodes and the wires among them, a little lower and to the right.
    public Optional<Edit> duplicate(Set<String> nodes) {
        NodeClip clip = NodeClip.of(graph, nodes);
        return clip.nodes().isEmpty()
                ? Optional.empty()
                : Optional.of(clip.into(
                        graph, NodeClip.Inputs.SEVERED, Messages.text("editor.edit.duplicate", clip.named())));
    }

    /// Gives all nodes the state, or makes them normal when all have it already.
    public Optional<EditCommand> toggleState(Set<String> nodes, NodeState state) {
        if (nodes.isEmpty()) {
            return Optional.empty();
        }
        boolean all = graph.nodes().stream()
                .filter(node -> nodes.contains(node.id()))
                .allMatch(node -> node.state() == state);
        return Optional.of(new SetNodeState(nodes, all ? NodeState.NORMAL : state));
    }

    /// Turns the caches of nodes off, or on with the usual settings when all are off. Sources and sinks have no
    /// cache and are left alone.
    public Optional<EditCommand> toggleCache(Set<String> nodes) {
        List<PipelineNode> cacheable = graph.nodes().stream()
                .filter(node -> nodes.contains(node.id()) && isCacheable(node))
                .toList();
        if (cacheable.isEmpty()) {
            return Optional.empty();
        }
        boolean allOff = cacheable.stream().allMatch(node -> node.cache() == null);
        List<EditCommand> steps = new ArrayList<>();
        for (PipelineNode node : cacheable) {
            if (allOff || node.cache() != null) {
                steps.add(new SetCache(node.id(), allOff ? CacheSettings.DEFAULT : null));
            }
        }
        String title = Messages.text(allOff ? "editor.edit.cache-on" : "editor.edit.cache-off", named(nodes));
        return Optional.of(steps.size() == 1 ? steps.getFirst() : new Compound(title, steps));
    }

    /// Whether a node has an input and an output, so that caching it makes sense.
    public boolean isCacheable(PipelineNode node) {
        return catalog.descriptor(node.processor())
                .filter(descriptor -> switch (descriptor.kind()) {
                    case PART, STREAM -> true;
                    case SOURCE, SINK -> false;
                })
                .isPresent();
    }

    /// The grid point nearest below or beside `wanted` at which a node of the given height covers no other.
    public static Point2D freeSpot(Point2D wanted, double height, List<Rectangle2D> occupied) {
        double x = NodeMeasures.snap(wanted.getX());
        double y = NodeMeasures.snap(wanted.getY());
        for (int ring = 0; ring < 60; ring++) {
            for (int side = 0; side <= ring; side++) {
                double left = x + side * 3 * NodeMeasures.GRID;
                double top = y + (ring - side) * 3 * NodeMeasures.GRID;
                Rectangle2D spot = new Rectangle2D(left - 8, top - 8, NodeMeasures.WIDTH + 16, height + 16);
                if (occupied.stream().noneMatch(spot::intersects)) {
                    return new Point2D(left, top);
                }
            }
        }
        return new Point2D(x, y);
    }

    /// A node of a processor with its defaults, to be placed by one of the methods above.
    public static PipelineNode template(ProcessorDescriptor descriptor) {
        return PipelineNode.of("node", descriptor, Layout.ORIGIN);
    }

    static PortSide opposite(PortSide side) {
        return switch (side) {
            case INPUT -> PortSide.OUTPUT;
            case OUTPUT -> PortSide.INPUT;
        };
    }

    private PipelineNode placed(PipelineNode template, Point2D topLeft) {
        return template.withId(graph.freshId(template.processor()))
                .withLayout(Layout.at(NodeMeasures.snap(topLeft.getX()), NodeMeasures.snap(topLeft.getY())));
    }

    private static String named(Set<String> nodes) {
        return nodes.size() == 1 ? nodes.iterator().next() : Messages.text("editor.edit.nodes", nodes.size());
    }
}

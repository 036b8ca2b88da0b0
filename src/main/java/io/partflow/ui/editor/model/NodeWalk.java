package io.partflow.ui.editor.model;

import io.partflow.pipeline.PipelineNode;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Rectangle2D;

/// Where the keyboard goes from node to node: to the nearest in a direction, or along the flow. Pure functions.
public final class NodeWalk {
    /// A direction in which the keyboard goes to another node.
    public enum Direction {
        LEFT,
        RIGHT,
        UP,
        DOWN
    }

    private NodeWalk() {}

    /// The nearest node in a direction, seen from the focused one; the first in flow order when none is focused.
    public static Optional<String> neighbour(CanvasModel model, Direction direction) {
        Optional<PipelineNode> from = model.graph().node(model.selection().focused());
        if (from.isEmpty()) {
            return FlowOrder.of(model.graph()).stream().findFirst();
        }
        Rectangle2D here = model.box(from.get());
        String best = null;
        double least = Double.MAX_VALUE;
        for (PipelineNode node : model.graph().nodes()) {
            Rectangle2D there = model.box(node);
            double dx = there.getMinX() - here.getMinX();
            double dy = there.getMinY() - here.getMinY();
            double ahead = switch (direction) {
                case LEFT -> -dx;
                case RIGHT -> dx;
                case UP -> -dy;
                case DOWN -> dy;
            };
            double aside = direction == Direction.LEFT || direction == Direction.RIGHT ? Math.abs(dy) : Math.abs(dx);
            double cost = ahead + 2 * aside;
            if (ahead > 0 && cost < least) {
                least = cost;
                best = node.id();
            }
        }
        return Optional.ofNullable(best);
    }

    /// The node after (or, with a negative step, before) the focused one in flow order; empty past the ends.
    public static Optional<String> alongFlow(CanvasModel model, int step) {
        List<String> order = FlowOrder.of(model.graph());
        int at = order.indexOf(model.selection().focused());
        int next = at < 0 ? (step > 0 ? 0 : order.size() - 1) : at + step;
        return next >= 0 && next < order.size() ? Optional.of(order.get(next)) : Optional.empty();
    }
}

package io.partflow.ui.editor;

import io.partflow.engine.processor.PortSpec;
import io.partflow.pipeline.Layout;
import io.partflow.pipeline.NodeState;
import io.partflow.pipeline.PipelineNode;
import io.partflow.pipeline.PortRef;
import io.partflow.pipeline.Wire;
import io.partflow.pipeline.edit.AddWire;
import io.partflow.pipeline.edit.ArrangeNodes;
import io.partflow.pipeline.edit.AutoLayout;
import io.partflow.pipeline.edit.Compound;
import io.partflow.pipeline.edit.EditCommand;
import io.partflow.ui.editor.model.CanvasModel;
import io.partflow.ui.editor.model.CanvasSelection.Mode;
import io.partflow.ui.editor.model.FlowOrder;
import io.partflow.ui.editor.model.NodeClip;
import io.partflow.ui.editor.model.NodeWalk;
import io.partflow.ui.editor.model.NodeWalk.Direction;
import io.partflow.ui.editor.model.PortSide;
import io.partflow.ui.editor.model.Viewport;
import io.partflow.ui.support.Messages;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;

/// Carries out what [CanvasKeys], the menu and the tools name.
final class CanvasCommands {
    private static final double NEAR = 8;
    private static final double FAR = 64;

    private final CanvasView canvas;
    private final CanvasModel model;

    CanvasCommands(CanvasView canvas) {
        this.canvas = canvas;
        this.model = canvas.model();
    }

    /// Does what a key asks for.
    ///
    /// @return whether the key is spent; Tab past the last node is not, so that the focus can leave the canvas
    boolean perform(CanvasAction action) {
        switch (action) {
            case ADD -> canvas.quickAdd().openAtSelection();
            case EDIT -> selected().ifPresent(canvas::edit);
            case RENAME -> rename();
            case DELETE -> model.deleteSelection();
            case DELETE_AND_RECONNECT -> model.deleteAndReconnect();
            case CUT -> {
                copy();
                model.deleteSelection();
            }
            case COPY -> copy();
            case PASTE -> paste(NodeClip.Inputs.SEVERED);
            case PASTE_KEEPING_INPUTS -> paste(NodeClip.Inputs.KEPT);
            case DUPLICATE -> model.duplicateSelection();
            case CONNECT_IN_ORDER -> connectInOrder();
            case BYPASS -> model.toggleState(NodeState.BYPASS);
            case MUTE -> model.toggleState(NodeState.MUTE);
            case CACHE -> model.toggleCache();
            case COLLAPSE -> collapse();
            case LAY_OUT -> {
                model.edit(AutoLayout.of(model.graph()));
                canvas.fitAll();
            }
            case SELECT_ALL -> model.selectAll();
            case SELECT_UPSTREAM -> selectAlong(PortSide.INPUT);
            case SELECT_DOWNSTREAM -> selectAlong(PortSide.OUTPUT);
            case CANCEL -> {
                return cancel();
            }
            case NEXT -> {
                return walk(NodeWalk.alongFlow(model, 1));
            }
            case PREVIOUS -> {
                return walk(NodeWalk.alongFlow(model, -1));
            }
            case GO_LEFT -> walk(NodeWalk.neighbour(model, Direction.LEFT));
            case GO_RIGHT -> walk(NodeWalk.neighbour(model, Direction.RIGHT));
            case GO_UP -> walk(NodeWalk.neighbour(model, Direction.UP));
            case GO_DOWN -> walk(NodeWalk.neighbour(model, Direction.DOWN));
            case MOVE_LEFT -> model.nudgeSelection(-NEAR, 0);
            case MOVE_RIGHT -> model.nudgeSelection(NEAR, 0);
            case MOVE_UP -> model.nudgeSelection(0, -NEAR);
            case MOVE_DOWN -> model.nudgeSelection(0, NEAR);
            case MOVE_FAR_LEFT -> model.nudgeSelection(-FAR, 0);
            case MOVE_FAR_RIGHT -> model.nudgeSelection(FAR, 0);
            case MOVE_FAR_UP -> model.nudgeSelection(0, -FAR);
            case MOVE_FAR_DOWN -> model.nudgeSelection(0, FAR);
            case ZOOM_IN -> model.zoomTo(model.viewport().zoom() * Viewport.NOTCH);
            case ZOOM_OUT -> model.zoomTo(model.viewport().zoom() / Viewport.NOTCH);
            case ZOOM_100 -> model.zoomTo(1);
            case FIT_ALL -> canvas.fitAll();
            case FIT_SELECTION -> model.fitSelection();
            case MINIMAP -> canvas.minimap().toggle();
        }
        return true;
    }

    private void copy() {
        model.copySelection().ifPresent(clip -> {
            ClipboardContent content = new ClipboardContent();
            content.putString(clip.toText(model.catalog()));
            Clipboard.getSystemClipboard().setContent(content);
        });
    }

    private void paste(NodeClip.Inputs inputs) {
        String text = Clipboard.getSystemClipboard().getString();
        if (text != null) {
            NodeClip.parse(text, model.catalog()).ifPresent(clip -> model.paste(clip, inputs));
        }
    }

    private Optional<PipelineNode> selected() {
        return model.selection().nodes().size() == 1
                ? model.graph().node(model.selection().nodes().iterator().next())
                : Optional.empty();
    }

    private boolean cancel() {
        if (canvas.pointer().cancel() || canvas.quickAdd().close()) {
            return true;
        }
        boolean any = !model.selection().isEmpty();
        model.selection().clear();
        return any;
    }

    private boolean walk(Optional<String> node) {
        node.ifPresent(canvas::focusNode);
        return node.isPresent();
    }

    private void rename() {
        selected()
                .ifPresent(node -> canvas.nodeView(node.id())
                        .ifPresent(view -> view.rename(title -> {
                            model.rename(node.id(), title);
                            canvas.requestFocus();
                        })));
    }

    private void collapse() {
        Map<String, Layout> layouts = new HashMap<>();
        List<PipelineNode> nodes = model.graph().nodes().stream()
                .filter(node -> model.selection().nodes().contains(node.id()))
                .toList();
        boolean all = nodes.stream().allMatch(node -> node.layout().collapsed());
        Layout.Shape shape = all ? Layout.Shape.EXPANDED : Layout.Shape.COLLAPSED;
        nodes.forEach(node -> layouts.put(node.id(), node.layout().withShape(shape)));
        if (!layouts.isEmpty()) {
            model.edit(new ArrangeNodes(
                    layouts, Messages.text(all ? "editor.edit.expand" : "editor.edit.collapse", layouts.size())));
        }
    }

    private void connectInOrder() {
        List<PipelineNode> nodes = FlowOrder.of(model.graph()).stream()
                .filter(model.selection().nodes()::contains)
                .flatMap(id -> model.graph().node(id).stream())
                .toList();
        List<EditCommand> steps = new ArrayList<>();
        Optional<Wire> refused = Optional.empty();
        for (int i = 1; i < nodes.size(); i++) {
            PipelineNode from = nodes.get(i - 1);
            PipelineNode to = nodes.get(i);
            Optional<PortSpec> out =
                    model.wiring().ports(from, PortSide.OUTPUT).stream().findFirst();
            Optional<PortSpec> in =
                    model.wiring().ports(to, PortSide.INPUT).stream().findFirst();
            if (out.isEmpty() || in.isEmpty()) {
                continue;
            }
            PortRef start = from.port(out.get().name());
            Optional<PortRef> end = model.wiring().inputFor(start, to, Optional.empty());
            if (end.isPresent()) {
                steps.add(new AddWire(new Wire(start, end.get())));
            } else if (refused.isEmpty()) {
                refused = Optional.of(new Wire(start, to.port(in.get().name())));
            }
        }
        refused.ifPresent(model::refuse);
        if (!steps.isEmpty()) {
            model.edit(
                    steps.size() == 1
                            ? steps.getFirst()
                            : new Compound(Messages.text("editor.edit.connect", nodes.size()), steps));
        }
    }

    private void selectAlong(PortSide side) {
        List<String> found = model.graph().nodes().stream()
                .map(PipelineNode::id)
                .filter(id -> model.selection().nodes().stream().anyMatch(chosen -> switch (side) {
                    case INPUT -> model.graph().reaches(id, chosen);
                    case OUTPUT -> model.graph().reaches(chosen, id);
                }))
                .toList();
        model.selection().selectNodes(found, Mode.ADD);
    }
}

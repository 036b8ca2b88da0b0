package io.partflow.ui.editor.model;

import io.partflow.pipeline.PipelineGraph;
import io.partflow.pipeline.Wire;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableSet;

/// Which nodes and wires of the canvas are selected, and which node the keyboard acts on. Not undone by undo. FX
/// thread.
public final class CanvasSelection {
    private final ObservableSet<String> nodes = FXCollections.observableSet();
    // Held here: a view that nobody holds is collected, and its listeners with it.
    private final ObservableSet<String> readOnlyNodes = FXCollections.unmodifiableObservableSet(nodes);
    private final ObservableSet<Wire> wires = FXCollections.observableSet();
    private final ObservableSet<Wire> readOnlyWires = FXCollections.unmodifiableObservableSet(wires);
    private final ReadOnlyStringWrapper focused = new ReadOnlyStringWrapper("");

    /// What a selecting gesture does with what is selected already.
    public enum Mode {
        REPLACE,
        ADD,
        TOGGLE
    }

    /// The ids of the selected nodes; read only.
    public ObservableSet<String> nodes() {
        return readOnlyNodes;
    }

    /// The selected wires; read only.
    public ObservableSet<Wire> wires() {
        return readOnlyWires;
    }

    /// The node that has the keyboard's attention; empty when none has.
    public ReadOnlyStringProperty focusedProperty() {
        return focused.getReadOnlyProperty();
    }

    public String focused() {
        return focused.get();
    }

    public boolean isEmpty() {
        return nodes.isEmpty() && wires.isEmpty();
    }

    public void clear() {
        setNodes(Set.of());
        wires.clear();
    }

    public void focus(String node) {
        focused.set(node);
    }

    public void selectNode(String node, Mode mode) {
        wires.clear();
        selectNodes(Set.of(node), mode);
        focused.set(nodes.contains(node) ? node : "");
    }

    public void selectNodes(Collection<String> chosen, Mode mode) {
        setNodes(combined(nodes, chosen, mode));
    }

    /// A marquee in progress: what was selected when it began, combined with what it covers now.
    public void marquee(Set<String> atStart, Collection<String> covered, Mode mode) {
        setNodes(combined(mode == Mode.REPLACE ? Set.of() : atStart, covered, mode));
    }

    public void selectWire(Wire wire, Mode mode) {
        switch (mode) {
            case REPLACE -> {
                setNodes(Set.of());
                wires.clear();
                wires.add(wire);
            }
            case ADD -> wires.add(wire);
            case TOGGLE -> {
                if (!wires.remove(wire)) {
                    wires.add(wire);
                }
            }
        }
    }

    /// Forgets what the graph no longer has.
    void retain(PipelineGraph graph) {
        nodes.removeIf(node -> !graph.hasNode(node));
        wires.removeIf(wire -> !graph.hasWire(wire));
        if (!graph.hasNode(focused.get().isEmpty() ? "-" : focused.get())) {
            focused.set("");
        }
    }

    private void setNodes(Set<String> wanted) {
        nodes.retainAll(wanted);
        nodes.addAll(wanted);
        if (!focused.get().isEmpty() && !nodes.contains(focused.get())) {
            focused.set("");
        }
        if (focused.get().isEmpty() && nodes.size() == 1) {
            focused.set(nodes.iterator().next());
        }
    }

    private static Set<String> combined(Set<String> before, Collection<String> chosen, Mode mode) {
        Set<String> result = new HashSet<>(before);
        switch (mode) {
            case REPLACE -> {
                result.clear();
                result.addAll(chosen);
            }
            case ADD -> result.addAll(chosen);
            case TOGGLE ->
                chosen.forEach(each -> {
                    if (!result.remove(each)) {
                        result.add(each);
                    }
                });
        }
        return result;
    }
}

package io.partflow.ui.editor.node;

import io.partflow.engine.processor.PortType;
import io.partflow.pipeline.Wire;
import io.partflow.ui.editor.model.WireCurve;
import io.partflow.ui.support.Tips;
import java.util.Locale;
import java.util.function.Supplier;
import javafx.css.PseudoClass;
import javafx.scene.Group;
import javafx.scene.paint.Color;
import javafx.scene.shape.CubicCurve;
import javafx.scene.shape.StrokeLineCap;

/// One wire: a cubic curve in the colour of its type on a wider curve in the colour of the canvas, and a broad
/// invisible one for the pointer.
public final class WireView extends Group {
    private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");
    private static final PseudoClass HOT = PseudoClass.getPseudoClass("hot");
    private static final PseudoClass DRAFT = PseudoClass.getPseudoClass("draft");
    private static final PseudoClass DROP = PseudoClass.getPseudoClass("drop");
    private static final double REACH = 12;

    private final Wire wire;
    private final CubicCurve casing = curve("wire-casing");
    private final CubicCurve line = curve("wire-line");
    private final CubicCurve reach = curve("wire-reach");

    /// @param words what to say of it, asked for whenever the pointer rests on it
    public WireView(Wire wire, Supplier<String> words) {
        this.wire = wire;
        reach.setStroke(Color.TRANSPARENT);
        reach.setStrokeWidth(REACH);
        casing.setMouseTransparent(true);
        line.setMouseTransparent(true);
        getStyleClass().add("wire");
        setId(("wire-" + wire.from() + "-" + wire.to()).replace('.', '-'));
        getChildren().addAll(casing, line, reach);
        Tips.install(reach, words);
        setAccessibleText(wire.toString());
    }

    public Wire wire() {
        return wire;
    }

    public void show(WireCurve shape, PortType type) {
        for (CubicCurve each : new CubicCurve[] {casing, line, reach}) {
            each.setStartX(shape.fromX());
            each.setStartY(shape.fromY());
            each.setControlX1(shape.fromX() + shape.reach());
            each.setControlY1(shape.fromY());
            each.setControlX2(shape.toX() - shape.reach());
            each.setControlY2(shape.toY());
            each.setEndX(shape.toX());
            each.setEndY(shape.toY());
        }
        String colour = typeClass(type);
        if (!line.getStyleClass().contains(colour)) {
            line.getStyleClass().setAll("wire-line", colour);
        }
    }

    public static String typeClass(PortType type) {
        return "wire-" + type.name().toLowerCase(Locale.ROOT);
    }

    /// A selected wire, or one at a selected node.
    public void setHot(boolean selected, boolean touchesSelected) {
        pseudoClassStateChanged(SELECTED, selected);
        pseudoClassStateChanged(HOT, selected || touchesSelected);
        mark();
    }

    /// A wire whose types do not fit carries nothing and is dashed.
    public void setDraft(boolean on) {
        pseudoClassStateChanged(DRAFT, on);
        mark();
    }

    /// Behind a muted node.
    public void setFaded(boolean on) {
        setOpacity(on ? 0.4 : 1);
    }

    /// Marks the wire as the one that a node or a file would go into.
    public void setDropTarget(boolean on) {
        pseudoClassStateChanged(DROP, on);
        mark();
    }

    private void mark() {
        for (PseudoClass each : new PseudoClass[] {SELECTED, HOT, DRAFT, DROP}) {
            boolean on = getPseudoClassStates().contains(each);
            line.pseudoClassStateChanged(each, on);
            casing.pseudoClassStateChanged(each, on);
        }
    }

    private static CubicCurve curve(String style) {
        CubicCurve curve = new CubicCurve();
        curve.setFill(null);
        curve.setStrokeLineCap(StrokeLineCap.BUTT);
        curve.getStyleClass().add(style);
        return curve;
    }
}

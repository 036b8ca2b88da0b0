package io.partflow.ui.editor.node;

import io.partflow.engine.processor.PortSpec;
import io.partflow.pipeline.PortRef;
import io.partflow.ui.editor.model.NodeMeasures;
import io.partflow.ui.editor.model.PortSide;
import io.partflow.ui.editor.model.Wiring;
import io.partflow.ui.support.Messages;
import io.partflow.ui.support.PortGlyph;
import io.partflow.ui.support.Tips;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import javafx.scene.shape.Circle;

/// One port: a glyph of 10 to 12 px in a square of 24 that answers the pointer, with its letter while the pointer
/// is over it or a wire is drawn.
public final class PortView extends StackPane {
    private static final PseudoClass FITS = PseudoClass.getPseudoClass("fits");
    private static final PseudoClass TARGET = PseudoClass.getPseudoClass("target");
    private static final double GROWN = 1.4;
    private static final double FADED = 0.25;

    private final PortRef ref;
    private final PortSide side;
    private final PortSpec spec;
    private final StackPane mark;
    private final Label letter;

    /// How a port looks while a wire is drawn.
    public enum Offer {
        /// No wire is being drawn.
        NONE,
        /// The wire may end here.
        FITS,
        /// The wire would end here if it were let go now.
        TARGET,
        /// The wire may not end here.
        REFUSED
    }

    PortView(PortRef ref, PortSide side, PortSpec spec) {
        this.ref = ref;
        this.side = side;
        this.spec = spec;
        PortGlyph glyph = glyph(spec);
        Circle ground = new Circle(6);
        ground.getStyleClass().add("port-ground");
        ground.setVisible(glyph == PortGlyph.AUDIO || glyph == PortGlyph.JSON || glyph == PortGlyph.ANY);
        Node shape = glyph.node(12);
        mark = new StackPane(ground, shape);
        letter = new Label(glyph.letter());
        letter.getStyleClass().add("port-letter");
        letter.setManaged(false);
        letter.setVisible(false);
        letter.setMouseTransparent(true);
        letter.resizeRelocate(side == PortSide.INPUT ? -8 : 22, -6, 12, 14);
        letter.setAlignment(Pos.CENTER);
        getChildren().addAll(mark, letter);
        getStyleClass().add("port");
        resize(NodeMeasures.PORT_REACH, NodeMeasures.PORT_REACH);
        String words = Messages.text(
                side == PortSide.INPUT ? "editor.port.input" : "editor.port.output",
                spec.name(),
                Wiring.words(spec.types()));
        if (spec.presence() == PortSpec.Presence.REQUIRED) {
            words = Messages.text("editor.port.required", words);
        }
        Tips.install(this, words);
        setAccessibleRole(AccessibleRole.BUTTON);
        setAccessibleText(words);
        hoverProperty().subscribe(over -> letter.setVisible(over || mark.getScaleX() > 1));
    }

    /// The glyph of a port: that of its only type, or that of any.
    public static PortGlyph glyph(PortSpec spec) {
        return PortGlyph.valueOf(spec.mainType().name());
    }

    public PortRef ref() {
        return ref;
    }

    public PortSide side() {
        return side;
    }

    PortSpec spec() {
        return spec;
    }

    public void offer(Offer offer) {
        boolean open = offer == Offer.FITS || offer == Offer.TARGET;
        mark.setScaleX(open ? GROWN : 1);
        mark.setScaleY(open ? GROWN : 1);
        mark.setOpacity(offer == Offer.REFUSED ? FADED : 1);
        letter.setVisible(open || isHover());
        pseudoClassStateChanged(FITS, open);
        pseudoClassStateChanged(TARGET, offer == Offer.TARGET);
    }
}

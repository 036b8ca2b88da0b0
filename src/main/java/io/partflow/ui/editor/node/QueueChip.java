package io.partflow.ui.editor.node;

import io.partflow.ui.editor.model.WireFace;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;

/// The chip on a wire: how many parts wait of how many that may, in figures and as a bar.
public final class QueueChip extends Region {
    public static final double WIDTH = 40;
    public static final double HEIGHT = 20;
    private static final PseudoClass WARNING = PseudoClass.getPseudoClass("warning");
    private static final PseudoClass DANGER = PseudoClass.getPseudoClass("danger");

    private final Label figures = new Label();
    private final Region track = new Region();
    private final Region bar = new Region();
    private double fill;
    private double least = WIDTH;

    public QueueChip() {
        getStyleClass().add("wire-chip");
        figures.getStyleClass().add("wire-chip-text");
        figures.setAlignment(Pos.CENTER);
        figures.setMinWidth(0);
        track.getStyleClass().add("wire-chip-track");
        bar.getStyleClass().add("wire-chip-bar");
        getChildren().addAll(figures, track, bar);
        setMouseTransparent(true);
    }

    /// Shows how full the queue is.
    ///
    /// @param roomPx the width it may take without covering the ports at the ends of its wire; where the limit does
    /// not fit, the depth stands alone and the bar tells the rest
    public void show(WireFace face, double roomPx) {
        figures.setText(shorten(face.depth()) + "/" + shorten(face.capacity()));
        least = Math.min(WIDTH, roomPx);
        if (wanted() > roomPx) {
            figures.setText(shorten(face.depth()));
        }
        fill = face.fill();
        pseudoClassStateChanged(WARNING, face.pressure() == WireFace.Pressure.HIGH);
        pseudoClassStateChanged(DANGER, face.pressure() == WireFace.Pressure.FULL);
        requestLayout();
    }

    /// The width the figures need, at least 40 where there is room.
    public double wanted() {
        return Math.max(least, Math.ceil(figures.prefWidth(-1)) + 8);
    }

    @Override
    protected void layoutChildren() {
        double width = getWidth();
        figures.resizeRelocate(1, 0, width - 2, 15);
        track.resizeRelocate(4, 15, width - 8, 2);
        bar.resizeRelocate(4, 15, Math.rint((width - 8) * fill), 2);
    }

    private static String shorten(int count) {
        boolean round = count >= 10_000 || (count >= 1_000 && count % 1_000 == 0);
        return round ? count / 1_000 + "k" : Integer.toString(count);
    }
}

package io.partflow.ui.support;

import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.scene.layout.Region;

/// A bar that fills by a used share, with a guide at 85 %: above the guide in the warning colour, at the limit
/// in danger. FX thread.
public final class BudgetMeter extends Region {

    private static final double HEIGHT = 12;
    private static final double TRACK = 6;
    private static final double GUIDE_AT = 0.85;
    private static final double HIGH_FROM = 0.85;
    private static final double FULL_FROM = 1.0;

    private final DoubleProperty usedShare = new SimpleDoubleProperty(this, "usedShare", Double.NaN);
    private final Region track = new Region();
    private final Region bar = new Region();
    private final Region guide = new Region();

    /// A meter `widthPx` wide.
    public BudgetMeter(double widthPx) {
        setMinSize(widthPx, HEIGHT);
        setPrefSize(widthPx, HEIGHT);
        setMaxSize(widthPx, HEIGHT);
        track.getStyleClass().add("meter-track");
        bar.getStyleClass().add("meter-bar");
        guide.getStyleClass().add("meter-guide");
        getChildren().addAll(track, bar, guide);
        usedShare.subscribe(value -> {
            double share = value.doubleValue();
            bar.getStyleClass().removeAll("high", "full");
            if (share >= FULL_FROM) {
                bar.getStyleClass().add("full");
            } else if (share > HIGH_FROM) {
                bar.getStyleClass().add("high");
            }
            requestLayout();
        });
        setMouseTransparent(true);
    }

    /// The share used, 0 to 1 and over when over budget, or not a number when nothing runs.
    public DoubleProperty usedShareProperty() {
        return usedShare;
    }

    /// Shows another share.
    public void setUsedShare(double share) {
        usedShare.set(share);
    }

    @Override
    protected void layoutChildren() {
        double width = getWidth();
        double top = (HEIGHT - TRACK) / 2;
        double share = Double.isFinite(usedShare.get()) ? Math.clamp(usedShare.get(), 0, 1) : 0;
        track.resizeRelocate(0, top, width, TRACK);
        bar.resizeRelocate(0, top, width * share, TRACK);
        bar.setVisible(share > 0);
        guide.resizeRelocate(Math.rint(width * GUIDE_AT), 0, 1.5, HEIGHT);
    }
}

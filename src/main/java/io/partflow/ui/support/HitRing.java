package io.partflow.ui.support;

import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.scene.layout.Region;
import javafx.scene.shape.Arc;
import javafx.scene.shape.ArcType;
import javafx.scene.shape.Circle;
import javafx.scene.shape.StrokeLineCap;

/// A ring filled clockwise from the top by a hit ratio; empty when the ratio is not a number. FX thread.
public final class HitRing extends Region {

    private final DoubleProperty hitRatio = new SimpleDoubleProperty(this, "hitRatio", Double.NaN);
    private final double sizePx;

    /// A ring of `sizePx` across: 20 on a node, 40 in the inspector.
    public HitRing(double sizePx) {
        this.sizePx = sizePx;
        double stroke = Math.max(3, sizePx * 0.1);
        double centre = sizePx / 2;
        double radius = centre - stroke / 2 - 0.5;
        Circle track = new Circle(centre, centre, radius);
        track.getStyleClass().add("ring-track");
        track.setStrokeWidth(stroke);
        Arc arc = new Arc(centre, centre, radius, radius, 90, 0);
        arc.getStyleClass().add("ring-arc");
        arc.setType(ArcType.OPEN);
        arc.setStrokeWidth(stroke);
        arc.setStrokeLineCap(StrokeLineCap.BUTT);
        getChildren().addAll(track, arc);
        hitRatio.subscribe(value -> {
            double ratio = Double.isFinite(value.doubleValue()) ? Math.clamp(value.doubleValue(), 0, 1) : 0;
            arc.setLength(-360 * ratio);
            arc.setVisible(ratio > 0);
        });
        setMouseTransparent(true);
    }

    /// The hit ratio, 0 to 1, or not a number when there was no request.
    public DoubleProperty hitRatioProperty() {
        return hitRatio;
    }

    /// The hit ratio shown.
    public double getHitRatio() {
        return hitRatio.get();
    }

    /// Shows another hit ratio.
    public void setHitRatio(double ratio) {
        hitRatio.set(ratio);
    }

    @Override
    protected double computePrefWidth(double height) {
        return sizePx;
    }

    @Override
    protected double computePrefHeight(double width) {
        return sizePx;
    }

    @Override
    protected double computeMinWidth(double height) {
        return sizePx;
    }

    @Override
    protected double computeMinHeight(double width) {
        return sizePx;
    }

    @Override
    protected double computeMaxWidth(double height) {
        return sizePx;
    }

    @Override
    protected double computeMaxHeight(double width) {
        return sizePx;
    }
}

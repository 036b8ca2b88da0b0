package io.partflow.pipeline;

/// Where a node stands on the canvas and how much of it is drawn.
///
/// @param x left edge, in canvas units of one pixel at 100 %; finite
/// @param y top edge, likewise; grows downwards
/// @param shape whole or title only
public record Layout(double x, double y, Shape shape) {
    /// How much of a node is drawn.
    public enum Shape {
        EXPANDED,
        COLLAPSED
    }

    public static final Layout ORIGIN = new Layout(0, 0, Shape.EXPANDED);

    public Layout {
        if (!Double.isFinite(x) || !Double.isFinite(y)) {
            throw new IllegalArgumentException("position is " + x + ", " + y + "; both must be finite");
        }
        // -0.0 would be written differently from 0.0 and yet be the same place
        x += 0.0;
        y += 0.0;
    }

    /// An expanded node at that place.
    public static Layout at(double x, double y) {
        return new Layout(x, y, Shape.EXPANDED);
    }

    public boolean collapsed() {
        return shape == Shape.COLLAPSED;
    }

    public Layout movedBy(double dx, double dy) {
        return new Layout(x + dx, y + dy, shape);
    }

    public Layout withShape(Shape other) {
        return new Layout(x, y, other);
    }
}

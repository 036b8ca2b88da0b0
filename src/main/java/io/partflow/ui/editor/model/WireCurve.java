package io.partflow.ui.editor.model;

import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;

/// The cubic curve of a wire, leaving and arriving level. World pixels. Immutable.
public record WireCurve(double fromX, double fromY, double toX, double toY) {
    private static final double SHORTEST_REACH = 28;
    private static final int STEPS = 24;

    public WireCurve(Point2D from, Point2D to) {
        this(from.getX(), from.getY(), to.getX(), to.getY());
    }

    /// How far the control points lie from the ends, horizontally.
    public double reach() {
        return Math.max(SHORTEST_REACH, Math.max(Math.abs(toX - fromX) * 0.5, Math.abs(toY - fromY) * 0.28));
    }

    /// The point at `t` from 0 (start) to 1 (end).
    public Point2D at(double t) {
        double reach = reach();
        return new Point2D(bezier(t, fromX, fromX + reach, toX - reach, toX), bezier(t, fromY, fromY, toY, toY));
    }

    /// How wide something of this height may be in the middle of the curve without touching what reaches so far
    /// around its ends; without bound where the curve leads away from the level of its ends.
    public double room(double height, double reachAtEnds) {
        boolean level = Math.abs(toY - fromY) < height + 2 * reachAtEnds;
        return level && toX > fromX ? Math.max(0, toX - fromX - 2 * reachAtEnds) : Double.POSITIVE_INFINITY;
    }

    /// How far a point lies from the curve.
    public double distance(double x, double y) {
        double best = Double.MAX_VALUE;
        Point2D before = at(0);
        for (int i = 1; i <= STEPS; i++) {
            Point2D next = at(i / (double) STEPS);
            best = Math.min(best, segmentDistance(before, next, x, y));
            before = next;
        }
        return best;
    }

    /// Whether the curve passes through the rectangle.
    public boolean crosses(Rectangle2D area) {
        for (int i = 0; i <= STEPS; i++) {
            if (area.contains(at(i / (double) STEPS))) {
                return true;
            }
        }
        return false;
    }

    private static double bezier(double t, double a, double b, double c, double d) {
        double u = 1 - t;
        return u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c + t * t * t * d;
    }

    private static double segmentDistance(Point2D a, Point2D b, double x, double y) {
        double dx = b.getX() - a.getX();
        double dy = b.getY() - a.getY();
        double length = dx * dx + dy * dy;
        double t = length == 0 ? 0 : Math.clamp(((x - a.getX()) * dx + (y - a.getY()) * dy) / length, 0, 1);
        return Math.hypot(a.getX() + t * dx - x, a.getY() + t * dy - y);
    }
}

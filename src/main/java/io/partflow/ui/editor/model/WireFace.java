package io.partflow.ui.editor.model;

/// What a wire shows of itself at one moment. Immutable.
///
/// @param depth parts that wait
/// @param capacity parts that may wait
/// @param perSecond parts put on it in the last interval, per second, or NaN
/// @param parts parts put on it so far
public record WireFace(int depth, int capacity, double perSecond, long parts) {
    /// How full the queue is: up to 60 %, up to 85 %, above.
    public enum Pressure {
        LOW,
        HIGH,
        FULL
    }

    /// From 0 to 1; a wire without room counts as empty.
    public double fill() {
        return capacity <= 0 ? 0 : Math.min(1, depth / (double) capacity);
    }

    public Pressure pressure() {
        double fill = fill();
        if (fill > 0.85) {
            return Pressure.FULL;
        }
        return fill > 0.60 ? Pressure.HIGH : Pressure.LOW;
    }
}

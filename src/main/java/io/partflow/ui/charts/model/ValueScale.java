package io.partflow.ui.charts.model;

import java.util.ArrayList;
import java.util.List;

/// A scale of values: its two ends and two to five places to draw grid lines at.
///
/// @param low the value at the bottom
/// @param high the value at the top, greater than `low`
/// @param ticks the grid lines, ascending, within the ends
/// @param kind how values between the ends are spread
public record ValueScale(double low, double high, List<Double> ticks, Kind kind) {

    /// How a scale finds its ends.
    public enum Kind {
        /// Always 0 to 100.
        PER_CENT,
        /// From 0 to a round number at or above the greatest value.
        FROM_ZERO,
        /// Powers of ten around the values, at least two of them.
        LOGARITHMIC
    }

    public ValueScale {
        ticks = List.copyOf(ticks);
    }

    /// The scale for values from `min` to `max`; either may be not a number when there is none.
    public static ValueScale of(Kind kind, double min, double max) {
        return switch (kind) {
            case PER_CENT -> new ValueScale(0, 100, List.of(0.0, 25.0, 50.0, 75.0, 100.0), kind);
            case FROM_ZERO -> fromZero(Double.isNaN(max) ? 0 : max);
            case LOGARITHMIC -> logarithmic(Double.isNaN(min) ? 0.1 : min, Double.isNaN(max) ? 1_000 : max);
        };
    }

    /// Where a value lies between the ends, 0 to 1.
    public double position(double value) {
        if (kind == Kind.LOGARITHMIC) {
            double bounded = Math.max(value, low);
            return Math.clamp((Math.log10(bounded) - Math.log10(low)) / (Math.log10(high) - Math.log10(low)), 0, 1);
        }
        return Math.clamp((value - low) / (high - low), 0, 1);
    }

    private static ValueScale fromZero(double max) {
        double top = Math.max(max, 1e-9);
        double step = 1;
        // The least round step (1, 2, 2.5, 5 times a power of ten) that needs at most three to reach the top.
        double magnitude = Math.pow(10, Math.floor(Math.log10(top / 3)));
        for (double factor : new double[] {1, 2, 2.5, 5, 10, 20}) {
            step = factor * magnitude;
            if (step * 3 >= top) {
                break;
            }
        }
        if (max <= 0) {
            step = 1;
        }
        int steps = Math.max(1, (int) Math.ceil(top / step - 1e-9));
        List<Double> ticks = new ArrayList<>();
        for (int index = 0; index <= steps; index++) {
            ticks.add(index * step);
        }
        return new ValueScale(0, steps * step, ticks, Kind.FROM_ZERO);
    }

    private static ValueScale logarithmic(double min, double max) {
        int from = (int) Math.floor(Math.log10(Math.max(min, 1e-3)));
        int to = (int) Math.ceil(Math.log10(Math.max(max, 1e-2)) - 1e-9);
        if (to - from < 2) {
            to = from + 2;
        }
        int every = (to - from + 4) / 5;
        List<Double> ticks = new ArrayList<>();
        for (int power = from; power <= to; power += every) {
            ticks.add(Math.pow(10, power));
        }
        return new ValueScale(Math.pow(10, from), Math.pow(10, to), ticks, Kind.LOGARITHMIC);
    }
}

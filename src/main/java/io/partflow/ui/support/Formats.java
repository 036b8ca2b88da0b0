package io.partflow.ui.support;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;

/// How numbers are written everywhere: English, figures grouped by commas, `-` for what is not known.
///
/// Pure functions; any thread.
public final class Formats {

    /// What stands for an unknown value; never 0.
    public static final String UNKNOWN = "-";

    private static final String[] BYTE_UNITS = {"KiB", "MiB", "GiB", "TiB"};

    private Formats() {}

    /// A whole number with commas: `20,600`.
    public static String count(long count) {
        return String.format(Locale.ENGLISH, "%,d", count);
    }

    /// A count with its noun, in the singular for 1: `1 part`, `3,020 parts`.
    public static String count(long count, String singular, String plural) {
        return count(count) + " " + (count == 1 ? singular : plural);
    }

    /// Bytes in the largest unit that leaves at least 1, one decimal below 100: `512 B`, `3.0 KiB`, `212 KiB`,
    /// `62.0 MiB`.
    public static String bytes(long bytes) {
        if (bytes < 0) {
            return UNKNOWN;
        }
        if (bytes < 1024) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = -1;
        // 1,023.95 would be written as 1,024 of this unit, so it moves on to the next.
        while (unit < 0 || (value >= 1023.5 && unit < BYTE_UNITS.length - 1)) {
            value /= 1024;
            unit++;
        }
        return decimals(value) + " " + BYTE_UNITS[unit];
    }

    /// Bytes as mebibytes without the unit, for a column or an axis that names it: `45.4`.
    public static String mebibytes(double bytes) {
        return Double.isFinite(bytes) ? decimals(bytes / (1024 * 1024)) : UNKNOWN;
    }

    /// A length of time in at most two units: `0.6 ms`, `702 ms`, `6.1 s`, `41 s`, `12 min 48 s`, `2 h 3 min`,
    /// `3 d 4 h`.
    public static String duration(Duration duration) {
        return durationNanos(duration.toNanos());
    }

    /// As [#duration(Duration)], from nanoseconds; `-` for a negative length.
    public static String durationNanos(long nanos) {
        if (nanos < 0) {
            return UNKNOWN;
        }
        if (nanos < 1_000_000_000L) {
            return millis(nanos / 1e6) + " ms";
        }
        if (nanos < 9_950_000_000L) {
            return String.format(Locale.ENGLISH, "%.1f s", nanos / 1e9);
        }
        long seconds = Math.round(nanos / 1e9);
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3_600) {
            return twoUnits(seconds / 60, "min", seconds % 60, "s");
        }
        long minutes = Math.round(seconds / 60.0);
        if (minutes < 24 * 60) {
            return twoUnits(minutes / 60, "h", minutes % 60, "min");
        }
        long hours = Math.round(minutes / 60.0);
        return twoUnits(hours / 24, "d", hours % 24, "h");
    }

    /// Milliseconds without the unit: `0.02`, `0.6`, `5.8`, `608`, `1,115`.
    public static String millis(double millis) {
        if (!Double.isFinite(millis) || millis < 0) {
            return UNKNOWN;
        }
        if (millis > 0 && millis < 0.095) {
            return String.format(Locale.ENGLISH, "%.2f", millis);
        }
        return millis < 9.95
                ? String.format(Locale.ENGLISH, "%.1f", millis)
                : String.format(Locale.ENGLISH, "%,.0f", millis);
    }

    /// A place on a time axis: `02:48`, and `1:02:48` from an hour on.
    public static String clock(double seconds) {
        long whole = (long) Math.floor(Math.max(0, seconds));
        return whole < 3_600
                ? String.format(Locale.ENGLISH, "%02d:%02d", whole / 60, whole % 60)
                : String.format(Locale.ENGLISH, "%d:%02d:%02d", whole / 3_600, whole / 60 % 60, whole % 60);
    }

    /// A ratio between 0 and 1 in per cent with one decimal: `71.0 %`; `-` when it is not a number.
    public static String percent(double ratio) {
        return Double.isFinite(ratio) ? String.format(Locale.ENGLISH, "%.1f %%", ratio * 100) : UNKNOWN;
    }

    /// As [#percent(double)]; `-` when empty, as before the first request.
    public static String percent(OptionalDouble ratio) {
        return ratio.isPresent() ? percent(ratio.getAsDouble()) : UNKNOWN;
    }

    /// A ratio in whole per cent: `97 %`.
    public static String wholePercent(double ratio) {
        return Double.isFinite(ratio) ? Math.round(ratio * 100) + " %" : UNKNOWN;
    }

    /// A rate per second: `6.4/s`, `38/s`, `1,200/s`.
    public static String perSecond(double rate) {
        return Double.isFinite(rate) ? rate(rate) + "/s" : UNKNOWN;
    }

    /// A rate without its unit, one decimal below 10: `0`, `6.4`, `38`.
    public static String rate(double rate) {
        if (!Double.isFinite(rate)) {
            return UNKNOWN;
        }
        return rate != 0 && Math.abs(rate) < 9.95
                ? String.format(Locale.ENGLISH, "%.1f", rate)
                : String.format(Locale.ENGLISH, "%,.0f", rate);
    }

    private static String decimals(double value) {
        return value < 99.95
                ? String.format(Locale.ENGLISH, "%.1f", value)
                : String.format(Locale.ENGLISH, "%,.0f", value);
    }

    private static String twoUnits(long large, String largeUnit, long small, String smallUnit) {
        return small == 0 ? large + " " + largeUnit : large + " " + largeUnit + " " + small + " " + smallUnit;
    }
}

package io.partflow.pipeline.report;

import java.util.Locale;

/// Numbers as people read them: `1,234`, `89 KiB`, `1.83 s`, `86.0 %`, `$0.0042`. Pure; English, whatever the
/// locale.
public final class Amounts {
    private static final String[] BYTE_UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

    private Amounts() {}

    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    public static String bytes(long bytes) {
        double amount = bytes;
        int unit = 0;
        while (Math.abs(amount) >= 1024 && unit < BYTE_UNITS.length - 1) {
            amount /= 1024;
            unit++;
        }
        return (unit == 0 ? Long.toString(bytes) : threeDigits(amount)) + " " + BYTE_UNITS[unit];
    }

    public static String millis(double millis) {
        if (millis < 1) {
            return threeDigits(millis * 1e3) + " \u00b5s";
        }
        if (millis < 1_000) {
            return threeDigits(millis) + " ms";
        }
        if (millis < 120_000) {
            return threeDigits(millis / 1e3) + " s";
        }
        long seconds = Math.round(millis / 1e3);
        return seconds < 7_200
                ? seconds / 60 + " min " + seconds % 60 + " s"
                : seconds / 3_600 + " h " + seconds % 3_600 / 60 + " min";
    }

    public static String nanos(long nanos) {
        return nanos == 0 ? "0" : millis(nanos / 1e6);
    }

    /// A share from 0 to 1 in per cent.
    public static String percent(double ratio) {
        return String.format(Locale.ROOT, "%.1f %%", ratio * 100);
    }

    public static String dollars(long microUsd) {
        return microUsd == 0
                ? "$0"
                : String.format(Locale.ROOT, microUsd < 1_000_000 ? "$%.4f" : "$%,.2f", microUsd / 1e6);
    }

    private static String threeDigits(double amount) {
        if (amount == 0) {
            return "0";
        }
        return String.format(Locale.ROOT, amount < 9.995 ? "%.2f" : amount < 99.95 ? "%.1f" : "%,.0f", amount);
    }
}

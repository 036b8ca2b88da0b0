package io.partflow.engine.insight.advice.rule;

import io.partflow.engine.insight.advice.Advice.Evidence;
import java.util.Locale;

/// Numbers in the words of advice. Pure.
final class Words {
    private Words() {}

    static String percent(double ratio) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * ratio);
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String bytes(double bytes) {
        double amount = bytes;
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
        int unit = 0;
        while (amount >= 1_024 && unit < units.length - 1) {
            amount /= 1_024;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", amount, units[unit]);
    }

    static String time(double millis) {
        if (millis < 1_000) {
            return String.format(Locale.ROOT, "%.3g ms", millis);
        }
        double seconds = millis / 1_000;
        if (seconds < 120) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        return seconds < 7_200
                ? String.format(Locale.ROOT, "%.1f min", seconds / 60)
                : String.format(Locale.ROOT, "%.1f h", seconds / 3_600);
    }

    static Evidence evidence(String what, String value) {
        return new Evidence(what, value);
    }
}

package io.partflow.engine.insight.advice.rule;

import io.partflow.engine.insight.advice.Advice.Evidence;
import io.partflow.engine.insight.advice.ProposedChange;
import io.partflow.engine.insight.history.Ablation.Change;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Numbers and changes of keys in the words of advice. Pure.
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

    /// The metadata names that a change leaves out.
    static List<String> metadata(Change change) {
        return change.singles().stream()
                .flatMap(each -> each instanceof Change.WithoutMetadata(String name) ? Stream.of(name) : Stream.of())
                .toList();
    }

    /// The names of the ways in which a change makes texts alike.
    static List<String> steps(Change change) {
        return change.singles().stream()
                .flatMap(each -> each instanceof Change.Normalising(var step) ? Stream.of(step.id()) : Stream.of())
                .toList();
    }

    /// Such as `a`, `a and b`, `a, b and c`.
    static String listed(List<String> names) {
        int last = names.size() - 1;
        return last < 1
                ? String.join("", names)
                : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }

    /// A change of the keys as an edit.
    static ProposedChange proposed(Change change) {
        return switch (change) {
            case Change.WithoutMetadata(String name) -> new ProposedChange.IgnoreMetadata(name);
            case Change.Normalising(var step) -> new ProposedChange.Normalise(step.id());
            case Change.Together(List<Change> changes) ->
                new ProposedChange.Several(changes.stream().map(Words::proposed).toList());
        };
    }

    static Evidence evidence(String what, String value) {
        return new Evidence(what, value);
    }
}

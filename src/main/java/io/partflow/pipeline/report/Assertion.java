package io.partflow.pipeline.report;

import io.partflow.engine.content.JsonInteger;
import io.partflow.engine.content.JsonNull;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonReal;
import io.partflow.engine.content.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A demand on a report such as `hitRatio>=0.6` or `nodes.answer.cache.misses==56`. Immutable.
///
/// A name is a path of the report under `totals`, or under `nodes.<id>.`; the names of `totals.cache` may
/// stand bare.
///
/// @param text as the user wrote it
/// @param name the path, without `totals.`
/// @param number what the value is compared with
public record Assertion(String text, String name, Comparison comparison, double number) {
    /// How a value is compared with the number.
    public enum Comparison {
        AT_LEAST(">="),
        AT_MOST("<="),
        MORE(">"),
        LESS("<"),
        EQUAL("=="),
        DIFFERENT("!=");

        private final String sign;

        Comparison(String sign) {
            this.sign = sign;
        }

        public String sign() {
            return sign;
        }

        boolean holds(double left, double right) {
            return switch (this) {
                case AT_LEAST -> left >= right;
                case AT_MOST -> left <= right;
                case MORE -> left > right;
                case LESS -> left < right;
                case EQUAL -> left == right;
                case DIFFERENT -> left != right;
            };
        }
    }

    /// What became of an assertion.
    ///
    /// @param text the assertion as written
    /// @param actual the report's value, or null when the report does not know it
    public record Result(String text, @Nullable Double actual, Verdict verdict) {}

    /// Whether an assertion held.
    public enum Verdict {
        PASSED,
        FAILED
    }

    private static final Pattern FORM = Pattern.compile(
            "\\s*([A-Za-z][A-Za-z0-9.-]*)\\s*(>=|<=|==|!=|>|<)\\s*([-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?)\\s*");

    /// Reads one assertion.
    ///
    /// @throws IllegalArgumentException when it is not of the form NAME OP NUMBER; the message says what is
    ///     expected
    public static Assertion parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not NAME OP NUMBER, such as hitRatio>=0.6; OP is one of >= <= > < == !=");
        }
        String name = matcher.group(1);
        String sign = matcher.group(2);
        for (Comparison comparison : Comparison.values()) {
            if (comparison.sign.equals(sign)) {
                String path = name.startsWith("totals.") ? name.substring("totals.".length()) : name;
                return new Assertion(text.strip(), path, comparison, Double.parseDouble(matcher.group(3)));
            }
        }
        throw new IllegalStateException("no comparison " + sign);
    }

    /// Why this assertion can never be checked against reports of that form; empty when it can.
    ///
    /// @param form a report in which every section is filled in, as [ReportJson#form] makes it
    public Optional<String> complaint(JsonObject form) {
        JsonValue value = find(form);
        if (value == null) {
            return Optional.of("The report has no number called \"" + name
                    + "\". Names are those of totals.cache (hitRatio, misses, evictions.size), of totals (partsOut,"
                    + " failures), or nodes.<id>.<path>.");
        }
        return value instanceof JsonObject several
                ? Optional.of("\"" + name + "\" is not a number but holds several: "
                        + String.join(", ", several.names()) + ".")
                : value instanceof JsonInteger || value instanceof JsonReal || value instanceof JsonNull
                        ? Optional.empty()
                        : Optional.of("\"" + name + "\" is not a number.");
    }

    /// Compares with what a report says. A value that is null or missing fails.
    public Result check(JsonObject report) {
        Double actual = switch (find(report)) {
            case JsonInteger number -> number.doubleValue();
            case JsonReal number -> number.value();
            case null, default -> null;
        };
        boolean holds = actual != null && comparison.holds(actual, number);
        return new Result(text, actual, holds ? Verdict.PASSED : Verdict.FAILED);
    }

    private @Nullable JsonValue find(JsonObject report) {
        List<String> steps = List.of(name.split("\\.", -1));
        if (steps.size() > 2 && steps.getFirst().equals("nodes")) {
            return ReportJson.node(report, steps.get(1))
                    .map(node -> walk(node, steps.subList(2, steps.size())))
                    .orElse(null);
        }
        if (!(report.get("totals") instanceof JsonObject totals)) {
            return null;
        }
        JsonValue bare = totals.get("cache") instanceof JsonObject cache ? walk(cache, steps) : null;
        return bare != null ? bare : walk(totals, steps);
    }

    private static @Nullable JsonValue walk(JsonValue start, List<String> steps) {
        JsonValue at = start;
        for (String step : steps) {
            if (at instanceof JsonNull) {
                return at;
            }
            JsonValue next = at instanceof JsonObject object ? object.get(step) : null;
            if (next == null) {
                return null;
            }
            at = next;
        }
        return at;
    }
}

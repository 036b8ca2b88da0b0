package io.partflow.ui.inspect.form;

import io.partflow.engine.content.JsonInteger;
import io.partflow.engine.content.JsonReal;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.processor.ParamType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A number as a field shows it: figures and unit apart, such as `64` and `MiB`. Immutable.
///
/// Sizes and times are shown in the largest unit that keeps them whole, and read in any: `64 MiB`, `64M`, `1.5 h`.
///
/// @param figures with commas between thousands; empty when there is no number
/// @param unit as shown beside the figures; may be empty
public record Quantity(String figures, String unit) {
    private static final Pattern TEXT =
            Pattern.compile("([+-]?[0-9][0-9,_ ]*(?:\\.[0-9]+)?|[+-]?\\.[0-9]+)\\s*(\\p{Alpha}*)");
    private static final Map<String, Long> BYTE_UNITS = new LinkedHashMap<>();
    private static final Map<String, Long> TIME_UNITS = new LinkedHashMap<>();
    private static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("b", "B"),
            Map.entry("byte", "B"),
            Map.entry("bytes", "B"),
            Map.entry("k", "KiB"),
            Map.entry("kb", "KiB"),
            Map.entry("kib", "KiB"),
            Map.entry("m", "MiB"),
            Map.entry("mb", "MiB"),
            Map.entry("mib", "MiB"),
            Map.entry("g", "GiB"),
            Map.entry("gb", "GiB"),
            Map.entry("gib", "GiB"),
            Map.entry("sec", "s"),
            Map.entry("second", "s"),
            Map.entry("seconds", "s"),
            Map.entry("minute", "min"),
            Map.entry("minutes", "min"),
            Map.entry("hour", "h"),
            Map.entry("hours", "h"),
            Map.entry("day", "d"),
            Map.entry("days", "d"));

    static {
        BYTE_UNITS.put("GiB", 1L << 30);
        BYTE_UNITS.put("MiB", 1L << 20);
        BYTE_UNITS.put("KiB", 1L << 10);
        BYTE_UNITS.put("B", 1L);
        TIME_UNITS.put("d", 86_400_000L);
        TIME_UNITS.put("h", 3_600_000L);
        TIME_UNITS.put("min", 60_000L);
        TIME_UNITS.put("s", 1_000L);
        TIME_UNITS.put("ms", 1L);
    }

    /// How a value is shown.
    ///
    /// @param type of the parameter, which decides the units
    /// @param plainUnit the unit of types that have only one
    static Quantity of(ParamType type, String plainUnit, JsonValue value) {
        return switch (value) {
            case JsonInteger number ->
                number.isLong() && !units(type).isEmpty()
                        ? scaled(number.longValue(), units(type))
                        : new Quantity(String.format(Locale.ENGLISH, "%,d", number.bigIntegerValue()), plainUnit);
            case JsonReal number -> new Quantity(JsonValue.of(number.value()).toJson(), plainUnit);
            default -> new Quantity("", units(type).isEmpty() ? plainUnit : smallest(type));
        };
    }

    private static Quantity scaled(long value, Map<String, Long> units) {
        for (Map.Entry<String, Long> unit : units.entrySet()) {
            if (value != 0 && value % unit.getValue() == 0) {
                return new Quantity(String.format(Locale.ENGLISH, "%,d", value / unit.getValue()), unit.getKey());
            }
        }
        return new Quantity("0", units.containsKey("s") ? "s" : "B");
    }

    /// Reads what a user typed.
    ///
    /// @param shownUnit what a number without a unit counts in
    /// @return empty when it is no number of that type
    static Optional<JsonValue> parse(ParamType type, String text, String shownUnit) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        BigDecimal number = new BigDecimal(matcher.group(1).replaceAll("[,_ ]", ""));
        Map<String, Long> units = units(type);
        if (units.isEmpty()) {
            // A unit that is typed along is taken for the one beside the field.
            return type == ParamType.REAL ? Optional.of(JsonValue.of(number.doubleValue())) : whole(number);
        }
        String typed = matcher.group(2).toLowerCase(Locale.ROOT);
        String name = typed.isEmpty() ? shownUnit : units.containsKey(typed) ? typed : ALIASES.getOrDefault(typed, "");
        if (type == ParamType.DURATION && typed.equals("m")) {
            name = "min";
        }
        Long factor = units.get(name);
        return factor == null
                ? Optional.empty()
                : whole(number.multiply(BigDecimal.valueOf(factor)).setScale(0, RoundingMode.HALF_UP));
    }

    private static Optional<JsonValue> whole(BigDecimal number) {
        try {
            return Optional.of(JsonValue.of(number.longValueExact()));
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static Map<String, Long> units(ParamType type) {
        return switch (type) {
            case BYTES -> BYTE_UNITS;
            case DURATION -> TIME_UNITS;
            case BOOL, INT, REAL, TEXT, CHOICE, FILE, LIST, SECRET -> Map.of();
        };
    }

    private static String smallest(ParamType type) {
        return type == ParamType.BYTES ? "MiB" : "s";
    }
}

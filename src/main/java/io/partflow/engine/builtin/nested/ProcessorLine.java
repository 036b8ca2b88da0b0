package io.partflow.engine.builtin.nested;

import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonBoolean;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonString;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.processor.ParamSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A processor with parameters as one line of text: `text.summary maxSentences=1 language="de CH"`.
///
/// A value with white space stands in double quotes, a double quote is `\"`. Lists are written with commas, a comma
/// within a line of the list as `\,`. A backslash anywhere else is itself. Immutable.
///
/// @param id the processor's id; empty for an empty line
/// @param values the parameters in their text form, by name, in the order of the line
public record ProcessorLine(String id, Map<String, String> values) {
    public ProcessorLine {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /// Reads a line.
    ///
    /// @throws IllegalArgumentException when a word behind the id is no `name=value`; the message says which
    public static ProcessorLine parse(String line) {
        List<String> words = words(line);
        Map<String, String> values = new LinkedHashMap<>();
        for (String word : words.subList(Math.min(1, words.size()), words.size())) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("\"" + word + "\" must be written name=value");
            }
            values.put(word.substring(0, equals), word.substring(equals + 1));
        }
        return new ProcessorLine(words.isEmpty() ? "" : words.getFirst(), values);
    }

    /// The line, which reads back to the same.
    public String text() {
        return values.entrySet().stream()
                .map(value -> " " + value.getKey() + "=" + quoted(value.getValue()))
                .collect(Collectors.joining("", id, ""));
    }

    /// The line with another value of a parameter; null takes the parameter out.
    public ProcessorLine with(String name, @Nullable JsonValue value) {
        Map<String, String> changed = new LinkedHashMap<>(values);
        if (value == null) {
            changed.remove(name);
        } else {
            changed.put(name, text(value));
        }
        return new ProcessorLine(id, changed);
    }

    private static String quoted(String value) {
        if (!value.isEmpty() && value.indexOf('"') < 0 && value.chars().noneMatch(Character::isWhitespace)) {
            return value;
        }
        // Backslashes at the end stand behind the closing quote, which they would take for their own.
        int end = value.length();
        while (end > 0 && value.charAt(end - 1) == '\\') {
            end--;
        }
        return '"' + value.substring(0, end).replace("\"", "\\\"") + '"' + value.substring(end);
    }

    /// The words between white space; what stands between double quotes is part of one word.
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        boolean any = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && line.startsWith("\"", i + 1)) {
                word.append('"');
                any = true;
                i++;
            } else if (c == '"') {
                quoted = !quoted;
                any = true;
            } else if (Character.isWhitespace(c) && !quoted) {
                if (any) {
                    words.add(word.toString());
                }
                word.setLength(0);
                any = false;
            } else {
                word.append(c);
                any = true;
            }
        }
        if (any) {
            words.add(word.toString());
        }
        return words;
    }

    /// The value that a text stands for.
    ///
    /// @throws IllegalArgumentException when it should be a number and is none
    public static JsonValue value(ParamSpec spec, String text) {
        try {
            return switch (spec.type()) {
                case BOOL -> JsonValue.of(text.equals("true"));
                case INT, DURATION, BYTES -> JsonValue.of(Long.parseLong(text));
                case REAL -> JsonValue.of(Double.parseDouble(text));
                case TEXT, CHOICE, FILE -> JsonValue.of(text);
                case LIST ->
                    new JsonArray(lines(text).stream().map(JsonValue::of).toList());
                case SECRET -> JsonObject.of("env", JsonValue.of(text));
            };
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    spec.title() + " must be a number" + spec.allowed() + ", not \"" + text + "\"", e);
        }
    }

    private static List<String> lines(String list) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < list.length(); i++) {
            char c = list.charAt(i);
            if (c == '\\' && list.startsWith(",", i + 1)) {
                line.append(',');
                i++;
            } else if (c == ',') {
                lines.add(line.toString().strip());
                line.setLength(0);
            } else {
                line.append(c);
            }
        }
        lines.add(line.toString().strip());
        return lines;
    }

    /// The text that stands for a value.
    static String text(JsonValue value) {
        return switch (value) {
            case JsonString(String text) -> text;
            case JsonBoolean flag -> flag.value() ? "true" : "false";
            case JsonArray list ->
                list.values().stream()
                        .map(each -> text(each).replace(",", "\\,"))
                        .collect(Collectors.joining(","));
            case JsonObject object when object.get("env") instanceof JsonString(String name) -> name;
            default -> value.toJson();
        };
    }
}

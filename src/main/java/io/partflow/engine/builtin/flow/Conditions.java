package io.partflow.engine.builtin.flow;

import io.partflow.engine.content.JsonString;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// What a user may ask of a part, written as text. Pure functions.
final class Conditions {
    /// What is looked at.
    enum By {
        /// The MIME type or its beginning: `image/`, `image/*`, `application/json`; letter case does not count.
        TYPE,
        ROLE,
        SUBSTREAM,
        /// A metadata entry that is there and not false: `name`, or that has a value: `name=value`.
        METADATA,
        /// A regular expression that is found in the text.
        TEXT;

        static final List<String> IDS = Arrays.stream(values()).map(By::id).toList();

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        static By of(String id) {
            return valueOf(id.toUpperCase(Locale.ROOT));
        }
    }

    private Conditions() {}

    /// Whether a part fulfils what stands in a text: one of the alternatives between commas, or a pattern as it is.
    /// `""` stands for the empty role or substream; an empty text is fulfilled by none.
    ///
    /// @throws IllegalArgumentException when a pattern is none; the message says where
    static Predicate<Part> of(By by, String text) {
        if (text.isBlank()) {
            return part -> false;
        }
        if (by == By.TEXT) {
            Pattern pattern = pattern(text);
            return part -> part.isText() && pattern.matcher(part.text()).find();
        }
        return any(by, Arrays.asList(text.split(",")));
    }

    /// Whether a part fulfils one of several; none is fulfilled by none.
    static Predicate<Part> any(By by, List<String> alternatives) {
        List<Predicate<Part>> all = new ArrayList<>();
        alternatives.forEach(each -> all.add(one(by, each.strip())));
        return part -> all.stream().anyMatch(each -> each.test(part));
    }

    private static Predicate<Part> one(By by, String value) {
        String name = value.equals("\"\"") ? "" : value;
        return switch (by) {
            case TYPE -> {
                String start = (name.endsWith("*") ? name.substring(0, name.length() - 1) : name);
                yield part -> part.mimeType().regionMatches(true, 0, start, 0, start.length());
            }
            case ROLE -> part -> part.role().equals(name);
            case SUBSTREAM -> part -> part.substream().equals(name);
            case METADATA -> metadata(name);
            case TEXT -> of(By.TEXT, name);
        };
    }

    private static Predicate<Part> metadata(String text) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            return part -> part.metadata(text) instanceof JsonValue value && value.isTruthy();
        }
        String name = text.substring(0, equals);
        String wanted = text.substring(equals + 1);
        return part -> switch (part.metadata(name)) {
            case null -> false;
            case JsonString(String value) -> value.equals(wanted);
            case JsonValue value -> value.toJson().equals(wanted);
        };
    }

    /// A pattern whose dot matches line ends too.
    ///
    /// @throws IllegalArgumentException when it is none; the message says where
    static Pattern pattern(String regex) {
        try {
            return Pattern.compile(regex, Pattern.DOTALL);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "\"" + regex + "\" is no regular expression: " + e.getDescription() + " at " + (e.getIndex() + 1),
                    e);
        }
    }
}

package io.partflow.engine.builtin.flow;

import io.partflow.engine.builtin.flow.Conditions.By;
import io.partflow.engine.builtin.nested.NestedProcessors;
import io.partflow.engine.content.Part;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// A case and what it leads to, as one line: `type image/*: image.facts thumbnailSize=64`.
///
/// @param condition what a part must fulfil
/// @param processor a processor's line, or `pass` for the part as it is
record CaseLine(Predicate<Part> condition, String processor) {
    /// What lets a part through as it is.
    static final String PASS = "pass";

    private static final String OTHERWISE = "otherwise";

    /// What a case may begin with.
    static final List<String> WORDS =
            Stream.concat(By.IDS.stream(), Stream.of(OTHERWISE)).toList();

    /// Reads a line.
    ///
    /// @throws IllegalArgumentException when it is none; the message says why
    static CaseLine parse(String line) {
        int colon = line.indexOf(": ");
        if (colon < 0) {
            throw new IllegalArgumentException(
                    "\"" + line + "\" must be a case, a colon with a space, and a processor, such as"
                            + " \"type image/*: image.facts\"");
        }
        String condition = line.substring(0, colon).strip();
        String processor = line.substring(colon + 1).strip();
        if (condition.equals(OTHERWISE)) {
            return new CaseLine(part -> true, processor);
        }
        int space = condition.indexOf(' ');
        String by = space < 0 ? condition : condition.substring(0, space);
        if (space < 0 || !By.IDS.contains(by)) {
            throw new IllegalArgumentException("the case \"" + condition + "\" must begin with one of "
                    + String.join(", ", By.IDS) + " and a value, or be \"" + OTHERWISE + "\"");
        }
        return new CaseLine(Conditions.of(By.of(by), condition.substring(space + 1)), processor);
    }

    /// Reads a line and makes sure that its processor is there.
    ///
    /// @throws IllegalArgumentException when something is wrong; the message says what
    static void check(String line, NestedProcessors nested) {
        CaseLine parsed = parse(line);
        if (!parsed.passes()) {
            var unused = nested.resolve(parsed.processor(), NestedProcessors.PARTS);
        }
    }

    boolean passes() {
        return processor.equals(PASS);
    }
}

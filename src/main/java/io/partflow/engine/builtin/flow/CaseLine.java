package io.partflow.engine.builtin.flow;

import io.partflow.engine.builtin.flow.Conditions.By;
import io.partflow.engine.builtin.nested.NestedProcessors;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.ParamsCheck;
import io.partflow.engine.processor.ProcessorDescriptor.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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

    /// Says of the lines of the parameter `cases` what is wrong with them.
    ///
    /// @param kinds what a case may lead to
    static ParamsCheck check(NestedProcessors nested, Set<Kind> kinds) {
        return params -> {
            List<ParamsCheck.Complaint> complaints = new ArrayList<>();
            for (String line : params.list("cases")) {
                try {
                    CaseLine parsed = parse(line);
                    if (!parsed.passes()) {
                        var unused = nested.resolve(parsed.processor(), kinds);
                    }
                } catch (IllegalArgumentException wrong) {
                    complaints.add(new ParamsCheck.Complaint("cases", wrong.getMessage() + "."));
                }
            }
            return complaints;
        };
    }

    boolean passes() {
        return processor.equals(PASS);
    }
}

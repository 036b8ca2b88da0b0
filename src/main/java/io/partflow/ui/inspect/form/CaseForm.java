package io.partflow.ui.inspect.form;

import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.ui.support.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/// One case of a field of cases: what is looked at, what it must be, and the processor it leads to.
///
/// It stands for a line of text, such as `type image/*: image.facts`, which every edit makes anew. FX thread.
public final class CaseForm {
    /// The word of a case that every part fulfils.
    private static final String OTHERWISE = "otherwise";

    private static final String PASS = "pass";
    // What a document calls just pass, as it is offered among the processors.
    private static final ProcessorDescriptor PASSING = ProcessorDescriptor.builder(
                    "flow.pass", 1, Messages.text("inspect.form.pass"))
            .summary(Messages.text("inspect.form.pass.help"))
            .build();

    private final List<String> words;
    private final Runnable edited;
    private final StepForm step;
    private String word;
    private String value;
    private String processor;
    private String line;

    /// @param words what a condition may begin with
    /// @param choices the processors it may lead to
    /// @param inner what a parameter of such a processor may name in turn
    /// @param edited told after every edit
    CaseForm(
            String line,
            List<String> words,
            List<ProcessorDescriptor> choices,
            Function<ParamSpec, List<ProcessorDescriptor>> inner,
            Runnable edited) {
        this.line = line;
        this.words = List.copyOf(words);
        this.edited = edited;
        int colon = line.indexOf(": ");
        String condition = (colon < 0 ? line : line.substring(0, colon)).strip();
        processor = colon < 0 ? PASS : line.substring(colon + 1).strip();
        int space = condition.indexOf(' ');
        String first = space < 0 ? condition : condition.substring(0, space);
        boolean known = words.contains(first);
        word = known ? first : words.getFirst();
        value = known ? condition.substring(first.length()).strip() : condition;
        List<ProcessorDescriptor> all = new ArrayList<>();
        all.add(PASSING);
        all.addAll(choices);
        step = new StepForm(all, inner, processor.equals(PASS) ? PASSING.id() : processor, this::lead);
    }

    /// The line it stands for.
    String line() {
        return line;
    }

    /// What a condition may begin with.
    List<String> words() {
        return words;
    }

    String word() {
        return word;
    }

    /// What the part must have; means nothing where [#hasValue()] does not hold.
    String value() {
        return value;
    }

    boolean hasValue() {
        return !word.equals(OTHERWISE);
    }

    /// The processor, with its parameters.
    StepForm step() {
        return step;
    }

    /// Looks at something else.
    void chooseWord(String other) {
        if (!other.equals(word)) {
            word = other;
            write();
        }
    }

    /// Asks for something else.
    void enterValue(String other) {
        if (!other.strip().equals(value)) {
            value = other.strip();
            write();
        }
    }

    private void lead(String other) {
        String named = other.equals(PASSING.id()) ? PASS : other;
        if (!Objects.equals(named, processor)) {
            processor = named;
            write();
        }
    }

    private void write() {
        line = (hasValue() ? word + " " + value : word) + ": " + processor;
        edited.run();
    }
}

package io.partflow.engine.builtin.event;

import io.partflow.engine.prompt.event.TransitionTable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A line of a transition table as a user writes it: `steady -> darker x2: The light goes out`.
///
/// @param from a state, empty for the start, `*` for any
/// @param to a state
/// @param times how often in a row it must be seen, at least 1
/// @param text what the event says; empty for a change without event
record TransitionLine(String from, String to, int times, String text) {
    private static final Pattern FORM =
            Pattern.compile("\\s*(\\S.*?|)\\s*->\\s*([^\\s:*][^:]*?)(?:\\s+x(\\d{1,6}))?\\s*(?::(.*))?");

    /// The word for the state before the first answer.
    static final String START = "start";

    /// Reads a line.
    ///
    /// @throws IllegalArgumentException when it is none; the message shows the form
    static TransitionLine parse(String line) {
        Matcher form = FORM.matcher(line);
        if (!form.matches() || "0".equals(form.group(3))) {
            throw new IllegalArgumentException("\"" + line + "\" must be written as \"steady -> darker x2: text\"; the"
                    + " state before may be * or " + START + ", and a change without text is silent");
        }
        String from = form.group(1);
        String times = form.group(3);
        String text = form.group(4);
        return new TransitionLine(
                from.equals(START) ? TransitionTable.START : from,
                form.group(2),
                times == null ? 1 : Math.max(1, Integer.parseInt(times)),
                text == null ? "" : text.strip());
    }
}

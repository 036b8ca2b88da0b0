package io.partflow.engine.prompt.event;

import io.partflow.engine.content.Part;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which changes of state are events, and how often in a row a change must be seen. Immutable.
///
/// A state is the text that a detector answers, without the white space around it, in lower case; an empty
/// answer is none. Before the first there is the start state, whose name is empty. A change counts when the
/// table lists it, or when it leaves the start state; then the state is the new one, and the events listed
/// for the change follow. A change that does not count leaves the state as it is.
///
/// `*` as the state that is left stands for the start state and every state that some change of the table leads to; a
/// change listed by name goes before one by `*`.
public final class TransitionTable {
    /// Stands for every state that is left.
    public static final String ANY = "*";
    /// The state before the first answer.
    public static final String START = "";

    /// Which sighting in a row makes a change count where the table asks for n.
    public enum Counting {
        /// The n-th.
        NTH,
        /// The one after the n-th, as genai-processors counts; `*` is not known to its counts either.
        AFTER_NTH
    }

    private record Change(String from, String to) {}

    private final Map<Change, List<Part>> events;
    private final Map<Change, Integer> sightings;
    private final Counting counting;

    private TransitionTable(Map<Change, List<Part>> events, Map<Change, Integer> sightings, Counting counting) {
        this.events = Map.copyOf(events);
        this.sightings = Map.copyOf(sightings);
        this.counting = counting;
    }

    public static Builder builder() {
        return new Builder();
    }

    /// A rule that begins in the start state.
    public EventRule watch() {
        return new Watch();
    }

    /// Collects the lines of a table. Confined to one thread.
    public static final class Builder {
        private final Map<Change, List<Part>> events = new LinkedHashMap<>();
        private final Map<Change, Integer> sightings = new LinkedHashMap<>();
        private Counting counting = Counting.NTH;

        private Builder() {}

        /// A change that counts, with the events that follow; without any it counts in silence.
        ///
        /// @param from a state, [#START] or [#ANY]
        /// @param to a state
        /// @throws IllegalArgumentException when `to` is [#ANY]
        public Builder on(String from, String to, Part... then) {
            events.put(change(from, to), List.of(then));
            return this;
        }

        /// How often in a row a change must be seen; once where nothing is said.
        ///
        /// @param times at least 1
        public Builder sightings(String from, String to, int times) {
            if (times < 1) {
                throw new IllegalArgumentException("sightings in a row are " + times + "; there must be at least 1");
            }
            sightings.put(change(from, to), times);
            return this;
        }

        public Builder counting(Counting how) {
            counting = how;
            return this;
        }

        private static Change change(String from, String to) {
            if (to.strip().equals(ANY)) {
                throw new IllegalArgumentException("a change leads to " + to + "; it must lead to one state");
            }
            return new Change(stateOf(from), stateOf(to));
        }

        public TransitionTable build() {
            Set<String> states = new LinkedHashSet<>();
            states.add(START);
            events.keySet().forEach(change -> states.add(change.to()));
            return new TransitionTable(
                    spread(events, states),
                    switch (counting) {
                        case NTH -> spread(sightings, states);
                        case AFTER_NTH -> sightings;
                    },
                    counting);
        }

        private static <V> Map<Change, V> spread(Map<Change, V> lines, Set<String> states) {
            Map<Change, V> all = new HashMap<>();
            lines.forEach((change, value) -> {
                if (change.from().equals(ANY)) {
                    states.forEach(state -> all.put(new Change(state, change.to()), value));
                }
            });
            lines.forEach((change, value) -> {
                if (!change.from().equals(ANY)) {
                    all.put(change, value);
                }
            });
            return all;
        }
    }

    private static String stateOf(String answer) {
        return answer.strip().toLowerCase(Locale.ROOT);
    }

    /// The state of one stream.
    private final class Watch implements EventRule {
        private String state = START;
        private @Nullable Change seen;
        private int times;

        @Override
        public List<Part> events(List<Part> answer) {
            StringBuilder text = new StringBuilder();
            answer.stream().filter(Part::isText).map(Part::text).forEach(text::append);
            return text.isEmpty() ? List.of() : events(new Change(state, stateOf(text.toString())));
        }

        private List<Part> events(Change change) {
            times = change.equals(seen) ? times + 1 : 1;
            seen = change;
            boolean listed = events.containsKey(change);
            boolean counts =
                    (listed || change.from().equals(START)) && !change.from().equals(change.to());
            if (!counts || times < timesNeeded(change)) {
                return List.of();
            }
            state = change.to();
            return events.getOrDefault(change, List.of());
        }

        private int timesNeeded(Change change) {
            Integer asked = sightings.get(change);
            if (asked == null) {
                return 1;
            }
            return switch (counting) {
                case NTH -> asked;
                case AFTER_NTH -> asked + 1;
            };
        }
    }
}

package io.partflow.ui.editor.model;

import io.partflow.engine.processor.PortType;
import io.partflow.engine.processor.ProcessorDescriptor;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Finds processors by words of their title, their synonyms, their id and their summary, best first. Pure functions.
public final class NodeSearch {
    private record Scored(ProcessorDescriptor descriptor, int score) {}

    private NodeSearch() {}

    /// All that match every word of `query`; all in their given order when it is blank.
    public static List<ProcessorDescriptor> find(List<ProcessorDescriptor> all, String query) {
        List<String> words = Arrays.stream(
                        query.toLowerCase(Locale.ROOT).strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
        if (words.isEmpty()) {
            return all;
        }
        return all.stream()
                .map(descriptor -> new Scored(descriptor, score(descriptor, words)))
                .filter(found -> found.score() > 0)
                .sorted(Comparator.comparingInt((Scored found) -> -found.score()))
                .map(Scored::descriptor)
                .toList();
    }

    /// Those with a port on `side` that fits to the types on the other end of a wire; an exact type comes before
    /// "any".
    public static List<ProcessorDescriptor> fitting(List<ProcessorDescriptor> all, PortSide side, Set<PortType> other) {
        return all.stream()
                .filter(descriptor -> Wiring.fitting(descriptor, side, other).isPresent())
                .sorted(Comparator.comparingInt(descriptor -> Wiring.fitting(descriptor, side, other)
                                .filter(port -> port.types().stream().anyMatch(other::contains))
                                .isPresent()
                        ? 0
                        : 1))
                .toList();
    }

    private static int score(ProcessorDescriptor descriptor, List<String> words) {
        int total = 0;
        for (String word : words) {
            int score = score(descriptor, word);
            if (score == 0) {
                return 0;
            }
            total += score;
        }
        return total;
    }

    private static int score(ProcessorDescriptor descriptor, String word) {
        String title = descriptor.title().toLowerCase(Locale.ROOT);
        if (title.startsWith(word)) {
            return 100;
        }
        if (title.contains(" " + word)) {
            return 80;
        }
        if (descriptor.synonyms().stream()
                .anyMatch(each -> each.toLowerCase(Locale.ROOT).startsWith(word))) {
            return 60;
        }
        if (title.contains(word) || descriptor.id().contains(word)) {
            return 40;
        }
        return descriptor.summary().toLowerCase(Locale.ROOT).contains(word) ? 10 : 0;
    }
}

package io.partflow.ui.inspect.upkeep;

import io.partflow.engine.cache.EntryFacts;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// A query over entries: words that must all occur in key, node, kind or processor; a word after `-` must not.
/// Immutable.
record EntryWords(List<String> wanted, List<String> unwanted, UnaryOperator<String> title)
        implements Predicate<EntryFacts> {
    /// @param title the name of a node by its id
    static EntryWords of(String text, UnaryOperator<String> title) {
        List<String> words = List.of(text.strip().toLowerCase(Locale.ROOT).split("\\s+"));
        return new EntryWords(
                words.stream()
                        .filter(word -> !word.isEmpty() && !word.startsWith("-"))
                        .toList(),
                words.stream()
                        .filter(word -> word.length() > 1 && word.startsWith("-"))
                        .map(word -> word.substring(1))
                        .toList(),
                title);
    }

    @Override
    public boolean test(EntryFacts entry) {
        if (wanted.isEmpty() && unwanted.isEmpty()) {
            return true;
        }
        String text = String.join(
                        " ",
                        entry.key().text(),
                        entry.node(),
                        title.apply(entry.node()),
                        entry.processor(),
                        entry.kinds())
                .toLowerCase(Locale.ROOT);
        return wanted.stream().allMatch(text::contains) && unwanted.stream().noneMatch(text::contains);
    }
}

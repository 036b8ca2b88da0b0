package io.partflow.ui.inspect.entry;

import io.partflow.engine.cache.CacheEntry;
import io.partflow.engine.cache.CacheKey;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Messages;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// The table of cache entries: fetched, filtered and sorted off the FX thread, shown on it. Knows no scene.
///
/// Everything here is called on the FX thread. Rows are replaced as a whole, and the selection is kept as a key, so
/// that a refresh moves neither selection nor order.
public final class EntriesViewModel {
    private static final int NAMED = 3;

    private final Supplier<List<CacheEntry>> source;
    private final LongSupplier nowMillis;
    private final UnaryOperator<String> nodeTitle;
    private final Executor background;
    private final Executor fx;
    private final ObservableList<EntryRow> rows = FXCollections.observableArrayList();
    // Held here: a view that nobody holds is collected, and its listeners with it.
    private final ObservableList<EntryRow> readOnlyRows = FXCollections.unmodifiableObservableList(rows);
    private final StringProperty filter = new SimpleStringProperty(this, "filter", "");
    private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper(this, "summary", "");
    private final ReadOnlyLongWrapper total = new ReadOnlyLongWrapper(this, "total", 0);
    private final ObjectProperty<@Nullable CacheKey> selected = new SimpleObjectProperty<>(this, "selected");
    private final ObservableList<EntryRow> examples = FXCollections.observableArrayList();
    private final Map<EntryRow.Order, Set<EntryFacet>> seen = new EnumMap<>(EntryRow.Order.class);
    private Map<EntryRow.Order, Set<EntryFacet>> hidden = Map.of();
    private Comparator<EntryRow> order = EntryRow.Order.HITS.comparator().reversed();
    private Fetched shown = new Fetched(List.of(), "", 0, 0, 0, Map.of());
    private boolean fetching;
    private boolean again;

    private record Fetched(
            List<EntryRow> rows,
            String filterWords,
            int total,
            long bytes,
            long shownBytes,
            Map<EntryRow.Order, Map<EntryFacet, EntryRow>> facets) {}

    /// @param source all live entries; may take a while
    /// @param nowMillis milliseconds since 1970
    /// @param nodeTitle the title of a node by its id
    /// @param background where entries are fetched
    /// @param fx leads back to the thread of the views
    public EntriesViewModel(
            Supplier<List<CacheEntry>> source,
            LongSupplier nowMillis,
            UnaryOperator<String> nodeTitle,
            Executor background,
            Executor fx) {
        this.source = source;
        this.nowMillis = nowMillis;
        this.nodeTitle = nodeTitle;
        this.background = background;
        this.fx = fx;
        filter.subscribe((old, now) -> refresh());
    }

    /// Fetches the entries again; while a fetch is on its way, only one more follows.
    public void refresh() {
        if (fetching) {
            again = true;
            return;
        }
        fetching = true;
        again = false;
        String wanted = filter.get();
        Comparator<EntryRow> sorting = order;
        Map<EntryRow.Order, Set<EntryFacet>> unwanted = hidden;
        background.execute(() -> {
            try {
                Fetched fetched = fetch(wanted, unwanted, sorting);
                fx.execute(() -> take(fetched));
            } finally {
                // Also after a fetch that failed, or no further one would ever follow.
                fx.execute(this::fetched);
            }
        });
    }

    private Fetched fetch(String wanted, Map<EntryRow.Order, Set<EntryFacet>> unwanted, Comparator<EntryRow> sorting) {
        long now = nowMillis.getAsLong();
        List<CacheEntry> entries = source.get();
        EntryFilter test = EntryFilter.of(wanted);
        List<EntryRow> all = entries.stream()
                .map(entry -> EntryRow.of(entry, nodeTitle.apply(entry.node()), now))
                .toList();
        List<EntryRow> matching = all.stream()
                .filter(test::admits)
                .filter(row -> unwanted.entrySet().stream()
                        .noneMatch(column -> column.getValue().contains(EntryFacet.of(column.getKey(), row))))
                .sorted(sorting.thenComparing(row -> row.entry().key().text()))
                .toList();
        return new Fetched(
                matching,
                words(wanted, unwanted),
                entries.size(),
                entries.stream().mapToLong(CacheEntry::sizeBytes).sum(),
                matching.stream().mapToLong(row -> row.entry().sizeBytes()).sum(),
                facets(all));
    }

    private static String words(String wanted, Map<EntryRow.Order, Set<EntryFacet>> unwanted) {
        List<String> words = new ArrayList<>();
        if (!wanted.isBlank()) {
            words.add(Messages.text("inspect.entries.filtered.words", wanted.strip()));
        }
        unwanted.forEach((column, facets) -> words.add(Messages.text(
                "inspect.entries.filtered.column",
                Messages.text("inspect.entries."
                        + column.name().toLowerCase(Locale.ROOT).replace("_", "")),
                facets.stream()
                        .sorted()
                        .map(EntryFacet::text)
                        .limit(NAMED)
                        .collect(Collectors.joining(", ", "", facets.size() > NAMED ? "…" : "")))));
        return String.join(", ", words);
    }

    /// A row for every facet there is.
    private static Map<EntryRow.Order, Map<EntryFacet, EntryRow>> facets(List<EntryRow> rows) {
        Map<EntryRow.Order, Map<EntryFacet, EntryRow>> found = new EnumMap<>(EntryRow.Order.class);
        for (EntryRow.Order column : EntryRow.Order.values()) {
            Map<EntryFacet, EntryRow> firsts = new HashMap<>();
            rows.forEach(row -> firsts.putIfAbsent(EntryFacet.of(column, row), row));
            found.put(column, firsts);
        }
        return found;
    }

    private void learn(Map<EntryRow.Order, Map<EntryFacet, EntryRow>> found) {
        found.forEach((column, firsts) -> firsts.forEach((facet, row) -> {
            if (!seen(column).contains(facet)) {
                for (EntryRow.Order each : EntryRow.Order.values()) {
                    seen(each).add(EntryFacet.of(each, row));
                }
                examples.add(row);
            }
        }));
    }

    private Set<EntryFacet> seen(EntryRow.Order column) {
        return seen.computeIfAbsent(column, each -> new HashSet<>());
    }

    private void fetched() {
        fetching = false;
        if (again) {
            refresh();
        }
    }

    private void take(Fetched fetched) {
        learn(fetched.facets());
        shown = fetched;
        total.set(fetched.total());
        summary.set(
                fetched.total() == 0
                        ? ""
                        : Messages.text(
                                "inspect.entries.summary",
                                Formats.count(fetched.rows().size()),
                                Formats.count(fetched.total(), "entry", "entries"),
                                Formats.bytes(fetched.shownBytes()),
                                Formats.bytes(fetched.bytes())));
        if (!fetched.rows().equals(rows)) {
            rows.setAll(fetched.rows());
        }
    }

    /// Sorts by something else; shown with the next refresh, which this asks for.
    public void sortBy(EntryRow.Order by, Direction direction) {
        order = direction == Direction.ASCENDING
                ? by.comparator()
                : by.comparator().reversed();
        refresh();
    }

    /// Which way rows are sorted.
    public enum Direction {
        ASCENDING,
        DESCENDING
    }

    /// The rows that pass the filter, in order.
    public ObservableList<EntryRow> rows() {
        return readOnlyRows;
    }

    /// The rows as they were fetched last, the filters applied; unlike [#rows()] it can be read by any thread.
    public List<EntryRow> shown() {
        return shown.rows();
    }

    /// What the filters said that led to [#shown()], text and columns; empty while they let all through.
    public String filterWords() {
        return shown.filterWords();
    }

    /// Words that must all occur in key, node, kind or processor; a word after `-` must not.
    public StringProperty filterProperty() {
        return filter;
    }

    /// Rows as they once were, at least one for every facet of every column that was seen since [#forget()]; they
    /// never go, so that what was chosen about a facet stays while no entry has it.
    ObservableList<EntryRow> examples() {
        return examples;
    }

    /// Leaves out the rows with any of these facets, beside what the text leaves out; shown with the next refresh,
    /// which this asks for.
    void hide(Map<EntryRow.Order, Set<EntryFacet>> unwanted) {
        Map<EntryRow.Order, Set<EntryFacet>> copy = new EnumMap<>(EntryRow.Order.class);
        unwanted.forEach((column, facets) -> copy.put(column, Set.copyOf(facets)));
        if (!copy.equals(hidden)) {
            hidden = Collections.unmodifiableMap(copy);
            refresh();
        }
    }

    /// Forgets what there was to choose from, as when another pipeline is opened: its nodes are others.
    public void forget() {
        seen.clear();
        hidden = Map.of();
        examples.clear();
        refresh();
    }

    /// How many of how many entries are shown, and their sizes; empty without entries.
    public ReadOnlyStringProperty summaryProperty() {
        return summary.getReadOnlyProperty();
    }

    /// How many entries there are, shown or not.
    public ReadOnlyLongProperty totalProperty() {
        return total.getReadOnlyProperty();
    }

    /// The key of the selected entry, or null. It stays when the entry is filtered out or gone.
    public ObjectProperty<@Nullable CacheKey> selectedProperty() {
        return selected;
    }

    /// The selected entry as it was fetched last; empty when it is not among the rows.
    public Optional<EntryRow> selectedRow() {
        CacheKey key = selected.get();
        return key == null
                ? Optional.empty()
                : rows.stream().filter(row -> row.entry().key().equals(key)).findFirst();
    }

    /// Words of a filter. Immutable.
    private record EntryFilter(List<String> wanted, List<String> unwanted) {
        static EntryFilter of(String text) {
            List<String> words = List.of(text.strip().toLowerCase(Locale.ROOT).split("\\s+"));
            return new EntryFilter(
                    words.stream()
                            .filter(word -> !word.isEmpty() && !word.startsWith("-"))
                            .toList(),
                    words.stream()
                            .filter(word -> word.length() > 1 && word.startsWith("-"))
                            .map(word -> word.substring(1))
                            .toList());
        }

        boolean admits(EntryRow row) {
            if (wanted.isEmpty() && unwanted.isEmpty()) {
                return true;
            }
            String text = String.join(
                            " ",
                            row.shortKey(),
                            row.entry().key().text(),
                            row.node(),
                            row.entry().node(),
                            row.entry().kinds())
                    .toLowerCase(Locale.ROOT);
            return wanted.stream().allMatch(text::contains) && unwanted.stream().noneMatch(text::contains);
        }
    }
}

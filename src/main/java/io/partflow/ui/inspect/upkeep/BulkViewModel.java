package io.partflow.ui.inspect.upkeep;

import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.EntryFacts;
import io.partflow.engine.cache.upkeep.Invalidation;
import io.partflow.engine.content.JsonInteger;
import io.partflow.engine.content.JsonString;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.ParamType;
import io.partflow.ui.inspect.form.FieldViewModel;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/// Which entries are to be removed: what is selected or filtered in the table, or by key, prefix, kind, age, node,
/// text or words, or all; first counted, then removed, and brought back for as long as the workbench shows the
/// pipeline. FX thread; caches are asked in the background, one
/// question after the other.
public final class BulkViewModel {
    /// Chooses entries; may take a while.
    @FunctionalInterface
    public interface Chooser {
        Invalidation choose(Invalidation.Criteria criteria, Predicate<EntryFacts> query, Invalidation.Derived derived);
    }

    /// Something that was removed and can be brought back.
    ///
    /// @param count of entries
    /// @param bytes of their values
    /// @param undo brings them back; returns at once
    public record Removed(int count, long bytes, Runnable undo) {}

    /// How many times as long as a count took nobody counts again by himself: a store of millions is not read all
    /// day.
    private static final int REST = 9;

    private final Chooser chooser;
    private final Supplier<TableChoice> table;
    private final LongSupplier nowMillis;
    private final UnaryOperator<String> title;
    private final Executor background;
    private final Executor fx;
    private final Consumer<Removed> told;
    private final Runnable changed;
    private final BooleanProperty derived = new SimpleBooleanProperty(this, "derived", false);
    private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper(this, "summary", "");
    private final ReadOnlyIntegerWrapper count = new ReadOnlyIntegerWrapper(this, "count", -1);
    private final ReadOnlyStringWrapper selectedWords = new ReadOnlyStringWrapper(this, "selectedWords", "");
    private final ReadOnlyStringWrapper filterWords = new ReadOnlyStringWrapper(this, "filterWords", "");
    private final ObjectProperty<BulkScope> scope = new SimpleObjectProperty<>(this, "scope", BulkScope.DESCRIBED);
    private final FieldViewModel node;
    private final FieldViewModel kind;
    private final FieldViewModel age;
    private final FieldViewModel prefix;
    private final FieldViewModel key;
    private final FieldViewModel text;
    private final FieldViewModel words;
    private final List<FieldViewModel> fields;
    private final List<Invalidation> undoable = new ArrayList<>();
    private CompletableFuture<@Nullable Void> lane = CompletableFuture.completedFuture(null);
    private @Nullable Invalidation chosen;
    private TableChoice inTable = TableChoice.EMPTY;
    private long asked;
    private long restsUntilMillis;
    private boolean recounting;

    /// @param table what the table of entries shows now
    /// @param nowMillis milliseconds since 1970
    /// @param title the name of a node by its id
    /// @param told hears what was removed
    /// @param changed is called when entries went or came back
    public BulkViewModel(
            Chooser chooser,
            Supplier<TableChoice> table,
            LongSupplier nowMillis,
            UnaryOperator<String> title,
            Executor background,
            Executor fx,
            Consumer<Removed> told,
            Runnable changed) {
        this.chooser = chooser;
        this.table = table;
        this.nowMillis = nowMillis;
        this.title = title;
        this.background = background;
        this.fx = fx;
        this.told = told;
        this.changed = changed;
        node = field("node");
        kind = field("kind");
        age = new FieldViewModel(
                new ParamSpec(
                        "age",
                        Messages.text("upkeep.age"),
                        Messages.text("upkeep.age.help"),
                        ParamType.DURATION,
                        "",
                        0.0,
                        null,
                        null,
                        JsonValue.ofNull(),
                        List.of(),
                        false,
                        false),
                JsonValue.ofNull(),
                value -> entered());
        prefix = field("prefix");
        key = field("key");
        text = field("holds");
        words = field("words");
        fields = List.of(node, kind, age, words, text, prefix, key);
        derived.subscribe((was, is) -> count());
        scope.subscribe((was, is) -> count());
    }

    private FieldViewModel field(String name) {
        return new FieldViewModel(
                ParamSpec.text(name, Messages.text("upkeep." + name), Messages.text("upkeep." + name + ".help"), ""),
                JsonValue.of(""),
                value -> entered());
    }

    /// Whoever describes entries means those.
    private void entered() {
        if (scope.get() != BulkScope.DESCRIBED && !undescribed()) {
            scope.set(BulkScope.DESCRIBED);
        } else {
            count();
        }
    }

    private boolean undescribed() {
        return fields.stream()
                .noneMatch(each -> each == age ? age.value() instanceof JsonInteger : !of(each).isEmpty());
    }

    /// Begins with what is selected in the table, else with what its filters let through, else with nothing.
    public void open() {
        BulkScope first = table.get().scope();
        if (scope.get() == first) {
            count();
        } else {
            scope.set(first);
        }
    }

    /// Among which entries is chosen.
    public ObjectProperty<BulkScope> scopeProperty() {
        return scope;
    }

    /// The name of the entry selected in the table; empty without one in sight.
    public ReadOnlyStringProperty selectedWordsProperty() {
        return selectedWords.getReadOnlyProperty();
    }

    /// What the filters of the table say, and how many entries they let through; empty while nothing is filtered.
    public ReadOnlyStringProperty filterWordsProperty() {
        return filterWords.getReadOnlyProperty();
    }

    /// What entries are described by; what is empty fits all.
    public List<FieldViewModel> fields() {
        return fields;
    }

    /// Whether what was computed from a chosen entry goes with it.
    public BooleanProperty derivedProperty() {
        return derived;
    }

    /// What is chosen, in words.
    public ReadOnlyStringProperty summaryProperty() {
        return summary.getReadOnlyProperty();
    }

    /// How many entries are chosen; below 0 while nobody has counted.
    public ReadOnlyIntegerProperty countProperty() {
        return count.getReadOnlyProperty();
    }

    private static String of(FieldViewModel field) {
        return field.value() instanceof JsonString(String typed) ? typed.strip() : "";
    }

    private Invalidation.@Nullable Criteria criteria() {
        String keyText = of(key);
        CacheKey wanted = keyText.isEmpty() ? null : CacheKey.parse(keyText);
        if (wanted == null && !keyText.isEmpty()) {
            return null;
        }
        return new Invalidation.Criteria(
                wanted,
                orNull(of(prefix)),
                orNull(of(kind)),
                age.value() instanceof JsonInteger millis ? nowMillis.getAsLong() - millis.longValue() : null,
                null,
                orNull(of(text)));
    }

    private static @Nullable String orNull(String typed) {
        return typed.isEmpty() ? null : typed;
    }

    /// A node is named by its id or by its title.
    private Predicate<EntryFacts> query() {
        String wanted = of(node);
        EntryWords query = EntryWords.of(of(words), title);
        return query.and(entry -> wanted.isEmpty()
                || entry.node().equals(wanted)
                || title.apply(entry.node()).equalsIgnoreCase(wanted));
    }

    /// Counts what is chosen now.
    public void count() {
        look();
        count.set(-1);
        ask();
    }

    /// Counts again while the form is on the screen, for entries come and go meanwhile. What is shown stays until
    /// there is a new count, unless something else is selected or filtered by now: then that is not what would go.
    public void recount() {
        TableChoice before = inTable;
        look();
        if (inTable.differs(before, scope.get())) {
            count();
        } else if (!recounting && count.get() >= 0 && nowMillis.getAsLong() >= restsUntilMillis) {
            ask();
        }
    }

    /// Takes over what the table shows.
    private void look() {
        inTable = table.get();
        selectedWords.set(inTable.selectedWords());
        filterWords.set(
                inTable.filterWords().isEmpty()
                        ? ""
                        : Messages.text(
                                "upkeep.filtered",
                                Formats.count(inTable.rows(), "entry", "entries"),
                                inTable.filterWords()));
    }

    private void ask() {
        long number = ++asked;
        BulkScope among = scope.get();
        if (among == BulkScope.DESCRIBED && undescribed()) {
            chosen = null;
            count.set(0);
            summary.set(Messages.text("upkeep.undescribed"));
            return;
        }
        Invalidation.Criteria criteria = among == BulkScope.DESCRIBED ? criteria() : Invalidation.Criteria.ALL;
        if (criteria == null) {
            summary.set(Messages.text("upkeep.badkey"));
            return;
        }
        if (count.get() < 0) {
            chosen = null;
            summary.set(Messages.text("upkeep.counting"));
        }
        Supplier<Predicate<EntryFacts>> query = query(among);
        Invalidation.Derived with = derived.get() ? Invalidation.Derived.GOES : Invalidation.Derived.STAYS;
        recounting = true;
        inTurn(() -> {
            long began = nowMillis.getAsLong();
            try {
                Invalidation made = chooser.choose(criteria, query.get(), with);
                long ended = nowMillis.getAsLong();
                fx.execute(() -> take(number, made, ended + REST * (ended - began)));
            } finally {
                // Also after a count that failed, or no further one would ever follow.
                fx.execute(() -> asked(number));
            }
        });
    }

    /// What is to be asked of each entry, made off the FX thread: the keys of many rows are many.
    private Supplier<Predicate<EntryFacts>> query(BulkScope among) {
        CacheKey selected = inTable.selected();
        return switch (among) {
            case SELECTED -> () -> entry -> entry.key().equals(selected);
            case FILTERED -> {
                Supplier<Set<CacheKey>> shown = inTable.shown();
                yield () -> {
                    Set<CacheKey> keys = shown.get();
                    return entry -> keys.contains(entry.key());
                };
            }
            case DESCRIBED -> {
                Predicate<EntryFacts> described = query();
                yield () -> described;
            }
            case ALL -> () -> entry -> true;
        };
    }

    private void inTurn(Runnable work) {
        lane = lane.handleAsync(
                (done, failed) -> {
                    work.run();
                    return null;
                },
                background);
    }

    private void asked(long number) {
        if (number == asked) {
            recounting = false;
        }
    }

    private void take(long number, Invalidation made, long restUntilMillis) {
        if (number != asked) {
            return;
        }
        restsUntilMillis = restUntilMillis;
        chosen = made;
        count.set(made.count());
        summary.set(
                made.count() == 0
                        ? Messages.text("upkeep.nothing")
                        : Messages.text(
                                "upkeep.chosen",
                                Formats.count(made.count(), "entry", "entries"),
                                Formats.bytes(made.bytes()),
                                nodes(made.countByNode())));
    }

    private String nodes(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .map(each -> title.apply(each.getKey()) + " " + Formats.count(each.getValue()))
                .collect(Collectors.joining(", "));
    }

    /// Removes what was counted, and tells how to bring it back.
    public void remove() {
        Invalidation now = chosen;
        if (now == null || count.get() <= 0) {
            return;
        }
        chosen = null;
        asked++;
        recounting = false;
        count.set(-1);
        summary.set(Messages.text("upkeep.removing"));
        inTurn(() -> {
            int removed = now.remove();
            fx.execute(() -> removed(now, removed));
        });
    }

    /// Removes all entries there are, whatever is chosen, and tells how to bring them back.
    public void removeAll() {
        inTurn(() -> {
            Invalidation all = chooser.choose(Invalidation.Criteria.ALL, entry -> true, Invalidation.Derived.STAYS);
            int removed = all.remove();
            fx.execute(() -> removed(all, removed));
        });
    }

    private void removed(Invalidation what, int count) {
        undoable.add(what);
        changed.run();
        if (count > 0) {
            told.accept(new Removed(count, what.bytes(), () -> undo(what)));
        }
        count();
    }

    private void undo(Invalidation what) {
        if (undoable.remove(what)) {
            inTurn(() -> {
                int unused = what.undo();
                what.close();
                fx.execute(() -> {
                    changed.run();
                    count();
                });
            });
        }
    }

    /// Whether something was removed that can be brought back.
    public boolean canUndo() {
        return !undoable.isEmpty();
    }

    /// Brings back what was removed last.
    public void undoLast() {
        if (!undoable.isEmpty()) {
            undo(undoable.getLast());
        }
    }

    /// Lets go what was kept for the way back, as another pipeline is shown.
    public void clear() {
        List<Invalidation> all = List.copyOf(undoable);
        undoable.clear();
        chosen = null;
        asked++;
        recounting = false;
        count.set(-1);
        summary.set("");
        inTurn(() -> all.forEach(Invalidation::close));
    }
}

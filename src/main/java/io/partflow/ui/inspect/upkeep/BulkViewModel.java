package io.partflow.ui.inspect.upkeep;

import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.EntryFacts;
import io.partflow.engine.cache.upkeep.Invalidation;
import io.partflow.pipeline.Problem;
import io.partflow.ui.inspect.form.FieldViewModel;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private final Consumer<Problem> troubled;
    private final BooleanProperty derived = new SimpleBooleanProperty(this, "derived", false);
    private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper(this, "summary", "");
    private final ReadOnlyIntegerWrapper count = new ReadOnlyIntegerWrapper(this, "count", -1);
    private final ReadOnlyStringWrapper selectedWords = new ReadOnlyStringWrapper(this, "selectedWords", "");
    private final ReadOnlyStringWrapper filterWords = new ReadOnlyStringWrapper(this, "filterWords", "");
    private final ObjectProperty<BulkScope> scope = new SimpleObjectProperty<>(this, "scope", BulkScope.DESCRIBED);
    private final BulkDescription described;
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
    /// @param troubled hears what could not be done that somebody asked for
    public BulkViewModel(
            Chooser chooser,
            Supplier<TableChoice> table,
            LongSupplier nowMillis,
            UnaryOperator<String> title,
            Executor background,
            Executor fx,
            Consumer<Removed> told,
            Runnable changed,
            Consumer<Problem> troubled) {
        this.chooser = chooser;
        this.table = table;
        this.nowMillis = nowMillis;
        this.title = title;
        this.background = background;
        this.fx = fx;
        this.told = told;
        this.changed = changed;
        this.troubled = troubled;
        described = new BulkDescription(nowMillis, title, this::entered);
        derived.subscribe((was, is) -> count());
        scope.subscribe((was, is) -> count());
    }

    /// Whoever describes entries means those.
    private void entered() {
        if (scope.get() != BulkScope.DESCRIBED && !described.isEmpty()) {
            scope.set(BulkScope.DESCRIBED);
        } else {
            count();
        }
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
        return described.fields();
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
        if (among == BulkScope.DESCRIBED && described.isEmpty()) {
            chosen = null;
            count.set(0);
            summary.set(Messages.text("upkeep.undescribed"));
            return;
        }
        Invalidation.Criteria criteria =
                among == BulkScope.DESCRIBED ? described.criteria() : Invalidation.Criteria.ALL;
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
        inTurn(
                () -> {
                    long began = nowMillis.getAsLong();
                    try {
                        Invalidation made = chooser.choose(criteria, query.get(), with);
                        long ended = nowMillis.getAsLong();
                        fx.execute(() -> take(number, made, ended + REST * (ended - began)));
                    } finally {
                        // Also after a count that failed, or no further one would ever follow.
                        fx.execute(() -> asked(number));
                    }
                },
                problem -> {
                    // While something is shown, the next count may do better.
                    if (number == asked) {
                        say(problem);
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
                Predicate<EntryFacts> wanted = described.query();
                yield () -> wanted;
            }
            case ALL -> () -> entry -> true;
        };
    }

    /// @param failed hears on the FX thread why the work could not be done
    private void inTurn(Runnable work, Consumer<Problem> failed) {
        lane = lane.handleAsync(
                (done, before) -> {
                    try {
                        work.run();
                    } catch (RuntimeException e) {
                        fx.execute(() -> failed.accept(problem(e)));
                    }
                    return null;
                },
                background);
    }

    private static Problem problem(RuntimeException broken) {
        return Problem.ofPipeline(
                "CACHE_NOT_ASKED",
                Problem.Severity.ERROR,
                Messages.text(
                        "upkeep.failed",
                        Objects.requireNonNullElse(
                                broken.getMessage(), broken.getClass().getSimpleName())),
                Messages.text("upkeep.failed.remedy"));
    }

    /// Says in place of a count why there is none.
    private void say(Problem problem) {
        chosen = null;
        count.set(-1);
        summary.set(problem.message() + " " + problem.remedy());
    }

    /// What somebody asked for and did not get is told beside the form too, which may be closed.
    private void notDone(Problem problem) {
        asked++;
        recounting = false;
        say(problem);
        changed.run();
        troubled.accept(problem);
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
        inTurn(
                () -> {
                    int removed = now.remove();
                    fx.execute(() -> removed(now, removed));
                },
                this::notDone);
    }

    /// Removes all entries there are, whatever is chosen, and tells how to bring them back.
    public void removeAll() {
        inTurn(
                () -> {
                    Invalidation all =
                            chooser.choose(Invalidation.Criteria.ALL, entry -> true, Invalidation.Derived.STAYS);
                    int removed = all.remove();
                    fx.execute(() -> removed(all, removed));
                },
                this::notDone);
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
            inTurn(
                    () -> {
                        int unused = what.undo();
                        what.close();
                        fx.execute(() -> {
                            changed.run();
                            count();
                        });
                    },
                    problem -> {
                        // The way back is still open.
                        undoable.add(what);
                        notDone(problem);
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
        inTurn(() -> all.forEach(Invalidation::close), this::notDone);
    }
}

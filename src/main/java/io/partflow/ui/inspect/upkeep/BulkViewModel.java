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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import org.jspecify.annotations.Nullable;

/// Which entries are to be removed: by key, prefix, kind, age, node, text or words; first counted, then removed, and
/// brought back for as long as the workbench shows the pipeline. FX thread; caches are asked in the background, one
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

    private final Chooser chooser;
    private final LongSupplier nowMillis;
    private final UnaryOperator<String> title;
    private final Executor background;
    private final Executor fx;
    private final Consumer<Removed> told;
    private final Runnable changed;
    private final BooleanProperty derived = new SimpleBooleanProperty(this, "derived", false);
    private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper(this, "summary", "");
    private final ReadOnlyIntegerWrapper count = new ReadOnlyIntegerWrapper(this, "count", -1);
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
    private long asked;

    /// @param nowMillis milliseconds since 1970
    /// @param title the name of a node by its id
    /// @param told hears what was removed
    /// @param changed is called when entries went or came back
    public BulkViewModel(
            Chooser chooser,
            LongSupplier nowMillis,
            UnaryOperator<String> title,
            Executor background,
            Executor fx,
            Consumer<Removed> told,
            Runnable changed) {
        this.chooser = chooser;
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
                value -> count());
        prefix = field("prefix");
        key = field("key");
        text = field("holds");
        words = field("words");
        fields = List.of(node, kind, age, words, text, prefix, key);
        derived.subscribe((was, is) -> count());
    }

    private FieldViewModel field(String name) {
        return new FieldViewModel(
                ParamSpec.text(name, Messages.text("upkeep." + name), Messages.text("upkeep." + name + ".help"), ""),
                JsonValue.of(""),
                value -> count());
    }

    /// What entries are chosen by; what is empty chooses all.
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

    /// Chooses one entry alone, to be removed with what was computed from it.
    public void chooseKey(CacheKey wanted) {
        fields.forEach(each -> each.enter(""));
        key.enter(wanted.text());
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
        long number = ++asked;
        Invalidation.Criteria criteria = criteria();
        count.set(-1);
        if (criteria == null) {
            summary.set(Messages.text("upkeep.badkey"));
            return;
        }
        summary.set(Messages.text("upkeep.counting"));
        Predicate<EntryFacts> query = query();
        Invalidation.Derived with = derived.get() ? Invalidation.Derived.GOES : Invalidation.Derived.STAYS;
        inTurn(() -> {
            Invalidation made = chooser.choose(criteria, query, with);
            fx.execute(() -> take(number, made));
        });
    }

    private void inTurn(Runnable work) {
        lane = lane.handleAsync(
                (done, failed) -> {
                    work.run();
                    return null;
                },
                background);
    }

    private void take(long number, Invalidation made) {
        if (number != asked) {
            return;
        }
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
        count.set(-1);
        summary.set("");
        inTurn(() -> all.forEach(Invalidation::close));
    }
}

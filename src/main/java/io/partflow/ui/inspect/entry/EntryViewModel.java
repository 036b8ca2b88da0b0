package io.partflow.ui.inspect.entry;

import io.partflow.engine.cache.CacheEntry;
import io.partflow.engine.cache.CacheKey;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Messages;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// One cache entry: the facts about it, its value, and taking it out of the cache. FX thread; knows no scene.
public final class EntryViewModel {
    /// What has become of the entry since it was selected.
    public enum Fate {
        CACHED,
        INVALIDATED,
        /// It expired, was evicted or went with its cache.
        GONE
    }

    private final EntryActions actions;
    private final LongSupplier nowMillis;
    private final Executor background;
    private final Executor fx;
    private final Consumer<String> announce;
    private final ReadOnlyObjectWrapper<@Nullable EntryRow> row = new ReadOnlyObjectWrapper<>(this, "row");
    private final ReadOnlyObjectWrapper<Fate> fate = new ReadOnlyObjectWrapper<>(this, "fate", Fate.CACHED);

    /// @param nowMillis milliseconds since 1970
    /// @param background where the actions run
    /// @param fx leads back to the thread of the views
    /// @param announce takes one sentence for each thing done, for the status bar or a toast
    public EntryViewModel(
            EntryActions actions, LongSupplier nowMillis, Executor background, Executor fx, Consumer<String> announce) {
        this.actions = actions;
        this.nowMillis = nowMillis;
        this.background = background;
        this.fx = fx;
        this.announce = announce;
    }

    /// Shows an entry, or that none is selected.
    public void show(@Nullable EntryRow other) {
        row.set(other);
        fate.set(Fate.CACHED);
    }

    /// Asks the cache what has become of the entry that is shown; what a table shows of it does not matter.
    public void refresh() {
        EntryRow shown = row.get();
        if (shown == null) {
            return;
        }
        CacheKey key = shown.entry().key();
        background.execute(() -> {
            Optional<CacheEntry> now = actions.peek(key);
            fx.execute(() -> {
                EntryRow still = row.get();
                if (still != null && still.entry().key().equals(key)) {
                    update(now.map(entry -> EntryRow.of(entry, still.node(), nowMillis.getAsLong()))
                            .orElse(null));
                }
            });
        });
    }

    /// Brings the newest facts about the entry that is shown.
    ///
    /// @param fetched the entry as it is now, or null when the cache has it no more
    void update(@Nullable EntryRow fetched) {
        EntryRow shown = row.get();
        if (shown == null) {
            return;
        }
        if (fetched == null) {
            if (fate.get() == Fate.CACHED) {
                fate.set(Fate.GONE);
            }
        } else if (fetched.entry().key().equals(shown.entry().key())) {
            row.set(fetched);
            fate.set(Fate.CACHED);
        }
    }

    /// Takes the entry out of the cache; [#restore()] puts it back.
    public void invalidate() {
        EntryRow shown = row.get();
        if (shown == null || fate.get() != Fate.CACHED) {
            return;
        }
        CacheEntry entry = shown.entry();
        background.execute(() -> {
            boolean removed = actions.invalidate(entry.key());
            fx.execute(() -> {
                fate.set(removed ? Fate.INVALIDATED : Fate.GONE);
                announce.accept(
                        removed
                                ? Messages.text("inspect.entry.invalidated", shown.shortKey())
                                : Messages.text("inspect.entry.wasgone", shown.shortKey()));
            });
        });
    }

    /// Puts an invalidated entry back.
    public void restore() {
        EntryRow shown = row.get();
        if (shown == null || fate.get() != Fate.INVALIDATED) {
            return;
        }
        background.execute(() -> {
            actions.restore(shown.entry());
            fx.execute(() -> {
                fate.set(Fate.CACHED);
                announce.accept(Messages.text("inspect.entry.restored", shown.shortKey()));
            });
        });
    }

    /// The entry shown; null when none is.
    public ReadOnlyObjectProperty<@Nullable EntryRow> rowProperty() {
        return row.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Fate> fateProperty() {
        return fate.getReadOnlyProperty();
    }

    /// Size and number of parts, in words.
    static String size(CacheEntry entry) {
        return Formats.bytes(entry.sizeBytes()) + ", "
                + Formats.count(entry.parts().size(), "part", "parts");
    }

    /// How long it took and what it spent, in words.
    static String cost(CacheEntry entry) {
        String time = Formats.durationNanos(entry.computeNanos());
        long tokens = entry.usage().tokensIn() + entry.usage().tokensOut();
        return tokens == 0
                ? time
                : Messages.text(
                        "inspect.entry.cost",
                        time,
                        Formats.count(entry.usage().tokensIn()),
                        Formats.count(entry.usage().tokensOut()));
    }
}

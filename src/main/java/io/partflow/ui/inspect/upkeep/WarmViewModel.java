package io.partflow.ui.inspect.upkeep;

import io.partflow.engine.cache.CacheStore;
import io.partflow.engine.cache.upkeep.RoomFilling;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Messages;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/// Filling the caches from another store, with how far it has come and a way to end it. FX thread.
public final class WarmViewModel {
    /// Copies from a store; may take a while.
    @FunctionalInterface
    public interface Warmer {
        /// @param goOn is told how far it has come; ends it by saying no
        RoomFilling.Progress warm(Path store, Predicate<RoomFilling.Progress> goOn);
    }

    private final Warmer warmer;
    private final Executor background;
    private final Executor fx;
    private final Consumer<String> told;
    private final Runnable changed;
    private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper(this, "running", false);
    private final ReadOnlyStringWrapper progress = new ReadOnlyStringWrapper(this, "progress", "");
    private AtomicBoolean stopped = new AtomicBoolean();

    /// @param told hears in a sentence how it ended
    /// @param changed is called when there may be more entries
    public WarmViewModel(Warmer warmer, Executor background, Executor fx, Consumer<String> told, Runnable changed) {
        this.warmer = warmer;
        this.background = background;
        this.fx = fx;
        this.told = told;
        this.changed = changed;
    }

    public ReadOnlyBooleanProperty runningProperty() {
        return running.getReadOnlyProperty();
    }

    /// How far it has come; empty while nothing goes on.
    public ReadOnlyStringProperty progressProperty() {
        return progress.getReadOnlyProperty();
    }

    /// Begins, unless it goes on already.
    public void warm(Path store) {
        if (running.get()) {
            return;
        }
        AtomicBoolean stop = new AtomicBoolean();
        stopped = stop;
        running.set(true);
        progress.set(Messages.text("upkeep.warm.begin"));
        background.execute(() -> {
            String end;
            try {
                RoomFilling.Progress all = warmer.warm(store, sofar -> {
                    fx.execute(() -> tell(stop, sofar));
                    return !stop.get();
                });
                end = Messages.text(
                        stop.get() ? "upkeep.warm.stopped" : "upkeep.warm.done",
                        Formats.count(all.taken(), "entry", "entries"),
                        Formats.count(all.read()));
            } catch (CacheStore.Unavailable e) {
                end = e.failure().message();
            } catch (RuntimeException | Error broken) {
                fx.execute(() -> {
                    over();
                    throw broken;
                });
                return;
            }
            String sentence = end;
            fx.execute(() -> {
                over();
                told.accept(sentence);
            });
        });
    }

    private void tell(AtomicBoolean which, RoomFilling.Progress sofar) {
        if (which == stopped && running.get()) {
            progress.set(
                    Messages.text("upkeep.warm.progress", Formats.count(sofar.read()), Formats.count(sofar.taken())));
            changed.run();
        }
    }

    private void over() {
        running.set(false);
        progress.set("");
        changed.run();
    }

    /// Ends it; what was copied stays.
    public void cancel() {
        stopped.set(true);
    }
}

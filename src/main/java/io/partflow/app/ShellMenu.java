package io.partflow.app;

import io.partflow.engine.run.RunOptions;
import io.partflow.ui.editor.SampleCard;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Icons;
import io.partflow.ui.support.Messages;
import io.partflow.ui.support.Theme;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.KeyCombination;
import org.jspecify.annotations.Nullable;

/// The entries of the menu, each with its key. FX thread.
final class ShellMenu {
    private static final List<Duration> AGES =
            List.of(Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofDays(1));

    private ShellMenu() {}

    static List<MenuItem> items(WorkbenchModel model, ShellActions actions, ShellController shell, Menu samples) {
        Menu file = menu(
                "shell.menu.file",
                item("shell.menu.new", "Shortcut+N", actions::startNew),
                item("shell.menu.open", "Shortcut+O", actions::open),
                samples,
                item("shell.menu.trace", null, shell::askForTrace),
                new SeparatorMenuItem(),
                item("shell.menu.save", "Shortcut+S", actions::save),
                item("shell.menu.saveas", "Shortcut+Shift+S", actions::saveAs),
                new SeparatorMenuItem(),
                item("shell.menu.quit", "Shortcut+Q", actions::quit));
        MenuItem undo = item("shell.menu.undo", "Shortcut+Z", model::undo);
        MenuItem redo = item("shell.menu.redo", "Shortcut+Y", model::redo);
        model.undoTitleProperty().subscribe(title -> name(undo, "shell.menu.undo", title));
        model.redoTitleProperty().subscribe(title -> name(redo, "shell.menu.redo", title));
        Menu edit = menu("shell.menu.edit", undo, redo);
        Menu run = menu(
                "shell.menu.run",
                item("shell.menu.run.now", "Shortcut+Enter", () -> actions.run(RunOptions.Reading.ALL)),
                item("shell.menu.run.cold", "Shortcut+Shift+R", () -> actions.run(RunOptions.Reading.COLD)),
                cachingModes(actions),
                item("shell.menu.run.record", null, actions::runAndRecord),
                item("shell.menu.run.replay", "Shortcut+R", actions::replayRecording),
                new SeparatorMenuItem(),
                item("shell.menu.run.pause", "F6", () -> model.run().togglePause()),
                item("shell.menu.run.step", "F10", actions::step),
                item("shell.menu.run.cancel", "Shift+F5", () -> model.run().cancel()));
        MenuItem clear = item("shell.menu.cache.clear", null, shell::removeAll);
        Menu cache = menu(
                "shell.menu.cache",
                item("shell.menu.cache.why", "Shortcut+I", shell::explain),
                item("shell.menu.cache.misses", null, shell::showMissesTab),
                new SeparatorMenuItem(),
                item("shell.menu.cache.bulk", null, shell::openBulk),
                item("shell.menu.cache.undo", null, shell::undoBulk),
                clear);
        cache.setOnShowing(event -> clear.setText(
                Messages.text("shell.menu.cache.clear", Formats.count(shell.entryCount(), "entry", "entries"))));
        Menu view = menu(
                "shell.menu.view",
                item("shell.menu.view.dark", null, () -> actions.theme(Theme.DARK)),
                item("shell.menu.view.light", null, () -> actions.theme(Theme.LIGHT)),
                new SeparatorMenuItem(),
                item("shell.menu.view.palette", "Alt+1", () -> shell.toggle(ShellPanes.Pane.PALETTE)),
                item("shell.menu.view.dock", "Alt+2", () -> shell.toggle(ShellPanes.Pane.DOCK)),
                item("shell.menu.view.inspector", "Alt+3", () -> shell.toggle(ShellPanes.Pane.INSPECTOR)),
                item("shell.menu.view.reset", null, shell::resetLayout));
        return List.of(file, edit, run, cache, view);
    }

    /// Runs that use the caches less than usual.
    private static Menu cachingModes(ShellActions actions) {
        Menu modes = menu(
                "shell.menu.run.caches",
                item("shell.menu.run.cold", null, () -> actions.run(RunOptions.Reading.COLD)),
                item("shell.menu.run.noread", null, () -> actions.run(RunOptions.Reading.NONE)),
                item(
                        "shell.menu.run.nostore",
                        null,
                        () -> actions.run(new RunControl.CacheUse(
                                RunOptions.Reading.ALL, RunOptions.Writing.NONE, Long.MAX_VALUE))),
                item(
                        "shell.menu.run.nocache",
                        null,
                        () -> actions.run(new RunControl.CacheUse(
                                RunOptions.Reading.NONE, RunOptions.Writing.NONE, Long.MAX_VALUE))),
                new SeparatorMenuItem());
        for (Duration age : AGES) {
            MenuItem item = new MenuItem(Messages.text("shell.menu.run.age", Formats.duration(age)));
            item.setOnAction(event -> actions.run(RunControl.CacheUse.notOlderThan(age.toMillis())));
            modes.getItems().add(item);
        }
        return modes;
    }

    private static void name(MenuItem item, String key, String step) {
        item.setDisable(step.isEmpty());
        item.setText(step.isEmpty() ? Messages.text(key) : Messages.text(key) + ": " + step);
    }

    /// One entry for each sample.
    static List<MenuItem> samples(List<SampleCard> samples, ShellActions actions) {
        List<MenuItem> items = new ArrayList<>();
        for (SampleCard sample : samples) {
            MenuItem item = new MenuItem(sample.title(), Icons.icon("zap", 14));
            item.setOnAction(event -> actions.openSample(Path.of(sample.id())));
            items.add(item);
        }
        return items;
    }

    private static Menu menu(String key, MenuItem... items) {
        Menu menu = new Menu(Messages.text(key));
        menu.getItems().setAll(items);
        return menu;
    }

    private static MenuItem item(String key, @Nullable String keys, Runnable action) {
        MenuItem item = new MenuItem(Messages.text(key));
        if (keys != null) {
            item.setAccelerator(KeyCombination.valueOf(keys));
        }
        item.setOnAction(event -> action.run());
        return item;
    }
}

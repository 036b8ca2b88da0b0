package io.partflow.app;

import impl.org.controlsfx.skin.NotificationBar;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.FxThread;
import io.partflow.ui.support.Icons;
import io.partflow.ui.support.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Bounds;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.Popup;
import javafx.stage.PopupWindow;
import javafx.stage.Window;
import javafx.util.Duration;
import org.controlsfx.control.Notifications;
import org.controlsfx.control.action.Action;
import org.jspecify.annotations.Nullable;

/// Shows notices in the lower right corner of a window, as notifications of ControlsFX: 6 seconds, offers 15 seconds,
/// errors and warnings that ask for a decision until they are closed, or have nothing to say any more. FX thread.
///
/// Their words stand in a graphic, because title and text of a notification keep to one line each. Where
/// they stand is decided here: left alone, notifications of different heights come to cover each other.
/// When a fifth comes, all become one, which brings back those that wait for a decision.
final class Toasts {
    private static final Duration SHOWN = Duration.seconds(6);
    private static final Duration OFFERED = Duration.seconds(15);
    private static final int MOST = 4;
    /// ControlsFX has a list for each position, and moves those of one list about; at the bottom it also
    /// returns each to the corner whenever it is laid out. Alone in its list, and not at the bottom, a
    /// toast stays where it is put.
    private static final List<Pos> LISTS =
            List.of(Pos.TOP_RIGHT, Pos.TOP_CENTER, Pos.TOP_LEFT, Pos.CENTER_RIGHT, Pos.CENTER, Pos.CENTER_LEFT);

    private static final double RIGHT = 16;
    /// Above the status bar.
    private static final double BELOW = 40;

    private static final double GAP = 8;

    /// A notice that is seen.
    private final class Toast {
        final Notice notice;
        final NotificationBar bar;
        final Popup popup;
        final Pos list;
        boolean leaves;

        Toast(Notice notice, NotificationBar bar, Popup popup, Pos list) {
            this.notice = notice;
            this.bar = bar;
            this.popup = popup;
            this.list = list;
            popup.setAnchorLocation(PopupWindow.AnchorLocation.CONTENT_TOP_LEFT);
            popup.showingProperty().subscribe(showing -> {
                if (!showing) {
                    gone(this);
                }
            });
            bar.heightProperty().subscribe(() -> arrange());
        }

        void place(double right, double top) {
            popup.setAnchorX(right - bar.getWidth());
            popup.setAnchorY(top);
        }

        void leave() {
            if (!leaves) {
                leaves = true;
                bar.hide();
            }
        }

        void giveWay() {
            if (this == summary) {
                summary = null;
            } else {
                keep(notice);
            }
            leave();
        }

        void act() {
            if (!leaves) {
                if (this == summary) {
                    summary = null;
                }
                leave();
                notice.onAction().run();
            }
        }
    }

    private final Parent content;
    private final Duration shown;
    private final ObservableValue<Window> window;
    private final ObservableValue<Boolean> visible;
    // The latest last.
    private final List<Toast> toasts = new ArrayList<>();
    // Told before there was a window to show them in.
    private final List<Notice> early = new ArrayList<>();
    // Gave way to others before they were decided on.
    private final List<Notice> waiting = new ArrayList<>();
    private @Nullable Toast summary;

    /// @param content the window's content, in whose corner toasts are shown
    Toasts(Parent content) {
        this(content, SHOWN);
    }

    /// @param shown how long those are shown that neither wait nor offer anything
    Toasts(Parent content, Duration shown) {
        this.content = content;
        this.shown = shown;
        window = content.sceneProperty().flatMap(Scene::windowProperty);
        visible = window.flatMap(Window::showingProperty);
        visible.subscribe(now -> {
            if (Boolean.TRUE.equals(now)) {
                FxThread.executor().execute(this::showEarly);
            } else {
                List.copyOf(toasts).forEach(Toast::leave);
            }
        });
        window.flatMap(Window::xProperty).subscribe(() -> arrange());
        window.flatMap(Window::yProperty).subscribe(() -> arrange());
        content.layoutBoundsProperty().subscribe(() -> arrange());
    }

    private void showEarly() {
        List<Notice> told = List.copyOf(early);
        early.clear();
        told.forEach(this::show);
    }

    /// Shows a notice, at once or as soon as there is a window.
    void show(Notice notice) {
        if (!Boolean.TRUE.equals(visible.getValue())) {
            early.add(notice);
            return;
        }
        if (seen().size() < MOST) {
            open(notice);
            return;
        }
        long count = 1 + giveWay();
        keep(notice);
        showSummary(count);
    }

    /// Takes all away that are seen, and returns how many those were.
    private long giveWay() {
        Toast before = summary;
        List<Toast> seen = seen();
        seen.forEach(Toast::giveWay);
        return seen.stream().filter(toast -> toast != before).count();
    }

    /// Takes those away that have nothing to say any more.
    void withdraw(Predicate<Notice> over) {
        early.removeIf(over);
        seen().stream()
                .filter(toast -> toast != summary && over.test(toast.notice))
                .forEach(Toast::leave);
        Toast before = summary;
        if (waiting.removeIf(over) && before != null) {
            summary = null;
            before.leave();
            if (!waiting.isEmpty()) {
                showSummary(waiting.size());
            }
        }
    }

    /// Does what the latest notice offers, from the keyboard: a notification never takes the focus.
    void doLatest() {
        List<Toast> seen = seen();
        for (int index = seen.size() - 1; index >= 0; index--) {
            if (seen.get(index).notice.action() != null) {
                seen.get(index).act();
                return;
            }
        }
    }

    private void showSummary(long notices) {
        boolean decisions = !waiting.isEmpty();
        summary = open(new Notice(
                decisions ? Notice.Tone.WARNING : Notice.Tone.INFORMATION,
                Messages.text("notice.many", Formats.count(notices, "notice", "notices")),
                decisions
                        ? Messages.text("notice.many.text", Formats.count(waiting.size(), "waits", "wait"))
                        : Messages.text("notice.many.none"),
                decisions ? Messages.text("notice.many.show") : null,
                this::showWaiting));
    }

    private void showWaiting() {
        // Room for the summary of those that still wait.
        int shownNow = waiting.size() > MOST ? MOST - 1 : waiting.size();
        List<Notice> back = List.copyOf(waiting.subList(0, shownNow));
        waiting.subList(0, shownNow).clear();
        if (!waiting.isEmpty()) {
            showSummary(waiting.size());
        }
        back.forEach(this::show);
    }

    private void gone(Toast toast) {
        toasts.remove(toast);
        if (toast == summary) {
            // Closed unread: with all that it stood for.
            summary = null;
            waiting.clear();
        }
        arrange();
    }

    private List<Toast> seen() {
        return toasts.stream().filter(toast -> !toast.leaves).toList();
    }

    private void keep(Notice notice) {
        if (notice.staysUntilClosed() || notice.action() != null) {
            waiting.add(notice);
        }
    }

    private @Nullable Toast open(Notice notice) {
        Words words = new Words(notice);
        Pos list = freeList();
        Notifications notification = Notifications.create()
                .owner(content)
                .position(list)
                .styleClass("toast")
                .graphic(words)
                .hideAfter(duration(notice));
        String word = notice.action();
        List<Toast> opened = new ArrayList<>();
        if (word != null) {
            Action action = new Action(word, event -> opened.forEach(Toast::act));
            action.setLongText(Messages.text("notice.action.tip"));
            notification.action(action);
        }
        notification.show();
        NotificationBar bar = barAround(words);
        if (bar == null || !(bar.getScene().getWindow() instanceof Popup popup)) {
            return null;
        }
        Toast toast = new Toast(notice, bar, popup, list);
        opened.add(toast);
        toasts.add(toast);
        if (bar.lookup(".close-button") instanceof Button close) {
            close.setAccessibleText(Messages.text("notice.close"));
            close.setTooltip(new Tooltip(Messages.text("notice.close")));
        }
        arrange();
        return toast;
    }

    /// A list of ControlsFX in which no other toast is.
    private Pos freeList() {
        List<Pos> free = new ArrayList<>(LISTS);
        toasts.forEach(toast -> free.remove(toast.list));
        return free.isEmpty() ? LISTS.getFirst() : free.getFirst();
    }

    private Duration duration(Notice notice) {
        if (notice.staysUntilClosed()) {
            return Duration.INDEFINITE;
        }
        return notice.action() != null ? OFFERED : shown;
    }

    private static @Nullable NotificationBar barAround(Node words) {
        for (Node at = words; at != null; at = at.getParent()) {
            if (at instanceof NotificationBar bar) {
                return bar;
            }
        }
        return null;
    }

    /// Puts the latest into the corner and the others above it, none of them above the window.
    private void arrange() {
        Bounds area = content.localToScreen(content.getLayoutBounds());
        if (area == null) {
            return;
        }
        double bottom = area.getMaxY() - BELOW;
        for (int index = toasts.size() - 1; index >= 0; index--) {
            Toast toast = toasts.get(index);
            double top = Math.max(area.getMinY(), bottom - toast.bar.getHeight());
            toast.place(area.getMaxX() - RIGHT, top);
            bottom = top - GAP;
        }
    }

    /// What a notice says: as wide as all, as high as its words need.
    private static final class Words extends HBox {
        private static final double WIDTH = 300;
        private static final double WIDTH_BESIDE_BUTTON = 226;

        private final double width;

        Words(Notice notice) {
            super(10, icon(notice.tone()), lines(notice));
            width = notice.action() == null ? WIDTH : WIDTH_BESIDE_BUTTON;
            getStyleClass().add("toast-words");
            setAlignment(Pos.CENTER_LEFT);
            setAccessibleRole(AccessibleRole.TEXT);
            setAccessibleText(Messages.text("notice.spoken." + notice.tone().name(), notice.title(), notice.text()));
        }

        private static Node icon(Notice.Tone tone) {
            return switch (tone) {
                case INFORMATION -> Icons.icon("info", 16, "accent-icon");
                case SUCCESS -> Icons.icon("check-circle", 16, "success-icon");
                case WARNING -> Icons.icon("alert-triangle", 16, "warning-icon");
                case ERROR -> Icons.icon("x-circle", 16, "danger-icon");
            };
        }

        private static VBox lines(Notice notice) {
            VBox lines = new VBox(label(notice.title(), "strong"));
            if (!notice.text().isEmpty()) {
                lines.getChildren().add(label(notice.text(), "toast-detail"));
            }
            HBox.setHgrow(lines, Priority.ALWAYS);
            return lines;
        }

        private static Label label(String text, String style) {
            Label label = new Label(text);
            label.getStyleClass().add(style);
            label.setWrapText(true);
            return label;
        }

        @Override
        protected double computePrefWidth(double height) {
            return width;
        }

        @Override
        protected double computeMinWidth(double height) {
            return width;
        }

        @Override
        protected double computePrefHeight(double given) {
            return super.computePrefHeight(width);
        }

        @Override
        protected double computeMinHeight(double given) {
            return super.computePrefHeight(width);
        }
    }
}

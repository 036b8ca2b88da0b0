package io.partflow.app;

import io.partflow.engine.run.RunSnapshot;
import io.partflow.pipeline.Problem;
import io.partflow.ui.support.BudgetMeter;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Icons;
import io.partflow.ui.support.Messages;
import io.partflow.ui.support.Tips;
import java.time.Duration;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.DoubleBinding;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.text.Text;
import org.controlsfx.control.StatusBar;
import org.jspecify.annotations.Nullable;

/// The numbers at the right of the toolbar and the words of the status bar. FX thread.
final class ShellFigures {
    private static final long RATE_SPAN_NANOS = 1_000_000_000L;
    /// Room between the figures of the status bar and at its ends.
    private static final double STATUS_GAPS = 120;

    private static final double LEAST_PROBLEM = 96;

    private final Label hit = new Label(Formats.UNKNOWN);
    private final Label savedTime = new Label(Formats.UNKNOWN);
    private final Label memory = new Label(Formats.UNKNOWN);
    private final Label memoryLimit = new Label();
    private final BudgetMeter meter = new BudgetMeter(48);
    private final HBox savedBox;
    private final Label zoom = new Label();
    private final Label size = new Label();
    private final Label problem = new Label();
    private final Label rate = new Label();
    private final Label undo = new Label();
    private final Label file = new Label();
    private final Tooltip problemTip = new Tooltip();
    private List<Problem> problems = List.of();
    private boolean empty;
    private long failures;
    private long rateFrom;
    private long rateSpanNanos;

    ShellFigures() {
        hit.getStyleClass().addAll("hit-text", "strong");
        savedTime.getStyleClass().add("strong");
        memory.getStyleClass().add("strong");
        memoryLimit.getStyleClass().add("strong");
        keepRoom(hit, "100.0 %");
        keepRoom(savedTime, "88 min 88 s");
        keepRoom(memory, "1,023 KiB");
        savedBox = figure("shell.saved", savedTime);
        // At the end of the toolbar, where figures stand flush.
        memory.setAlignment(Pos.CENTER_RIGHT);
        problemTip.setWrapText(true);
        problemTip.setMaxWidth(480);
    }

    List<Node> toolbar() {
        return List.of(figure("shell.hit", hit), savedBox, figure("shell.memory", meter, memory, memoryLimit));
    }

    /// What can go when the window is narrow: the savings also stand in the inspector.
    Node saved() {
        return savedBox;
    }

    /// What can go when the window is narrow: the meter tells the same.
    Node memoryText() {
        return memory;
    }

    /// What goes before it: the limit is also in the settings of the pipeline.
    Node memoryLimit() {
        return memoryLimit;
    }

    private static HBox figure(String key, Node... values) {
        Label name = new Label(Messages.text(key));
        name.getStyleClass().add("muted");
        HBox box = new HBox(8, name);
        box.setAlignment(Pos.CENTER_LEFT);
        box.getChildren().addAll(values);
        for (Node node : box.getChildren()) {
            if (node instanceof Label label && !label.minWidthProperty().isBound()) {
                label.setMinWidth(Region.USE_PREF_SIZE);
            }
            Tips.install(node, Messages.text(key + ".tip"));
        }
        return box;
    }

    /// Keeps room for the widest text a figure usually has, so that nothing beside it moves as it grows.
    private static void keepRoom(Label label, String widest) {
        label.minWidthProperty()
                .bind(Bindings.createDoubleBinding(
                        () -> Math.ceil(Math.max(width(label, widest), width(label, label.getText()))),
                        label.textProperty(),
                        label.fontProperty()));
    }

    private static double width(Label label, String text) {
        Text measured = new Text(text);
        measured.setFont(label.getFont());
        return measured.getLayoutBounds().getWidth();
    }

    void fill(StatusBar status) {
        status.setText("");
        status.getLeftItems().setAll(zoom, size, problem, rate);
        status.getRightItems().setAll(undo, file);
        List<Label> figures = List.of(zoom, size, rate, undo, file);
        for (Label label : List.of(zoom, size, problem, rate, undo, file)) {
            label.getStyleClass().addAll("secondary", "muted", "status-figure");
        }
        // A long problem gives way, not the short figures beside it.
        for (Label label : figures) {
            label.setMinWidth(Region.USE_PREF_SIZE);
        }
        file.setMaxWidth(280);
        file.setMinWidth(0);
        problem.setMinWidth(0);
        DoubleBinding left = Bindings.createDoubleBinding(
                () -> Math.max(
                        LEAST_PROBLEM,
                        status.getWidth()
                                - STATUS_GAPS
                                - figures.stream().mapToDouble(Label::getWidth).sum()),
                status.widthProperty(),
                zoom.widthProperty(),
                size.widthProperty(),
                rate.widthProperty(),
                undo.widthProperty(),
                file.widthProperty());
        problem.maxWidthProperty().bind(left);
        Tooltip.install(problem, problemTip);
    }

    void onShowProblems(Runnable action) {
        problem.setOnMouseClicked(event -> action.run());
    }

    void showZoom(double factor) {
        zoom.setText(Formats.wholePercent(factor));
    }

    void showUndo(String title) {
        undo.setText(
                title.isEmpty() ? Messages.text("shell.status.nothing") : Messages.text("shell.status.undo", title));
    }

    void showDocument(Document document, boolean dirty) {
        size.setText(Messages.text(
                "shell.status.nodes",
                Formats.count(document.graph().nodes().size(), "node", "nodes"),
                Formats.count(document.graph().wires().size(), "wire", "wires")));
        boolean sample = document.file() != null && document.writableFile().isEmpty();
        file.setText(document.title()
                + (dirty ? " \u2022" : "")
                + (sample && dirty ? "  (" + Messages.text("shell.status.readonly") + ")" : ""));
        Tips.install(file, sample && dirty ? Messages.text("shell.status.readonly.tip") : document.title());
        empty = document.graph().nodes().isEmpty();
        showProblem();
    }

    void showProblems(List<Problem> known) {
        problems = List.copyOf(known);
        showProblem();
    }

    /// What stops the next run comes first, then what went wrong in the last.
    private void showProblem() {
        if (empty) {
            say(Messages.text("shell.status.empty"), "info", "");
        } else if (!problems.isEmpty()) {
            Problem first =
                    problems.stream().filter(Problem::isError).findFirst().orElse(problems.getFirst());
            boolean grave = first.isError();
            say(
                    Formats.count(problems.size(), "problem", "problems") + ": " + first.message(),
                    grave ? "x-circle" : "alert-triangle",
                    grave ? "danger-icon" : "warning-icon");
        } else if (failures > 0) {
            say(
                    Messages.text("shell.status.failures", Formats.count(failures, "failure", "failures")),
                    "alert-triangle",
                    "warning-icon");
        } else {
            say(Messages.text("shell.status.noproblems"), "check-circle", "");
        }
    }

    private void say(String text, String icon, String style) {
        if (text.equals(problem.getText())) {
            return;
        }
        problem.setText(text);
        problem.setGraphic(style.isEmpty() ? Icons.icon(icon, 12) : Icons.icon(icon, 12, style));
        problemTip.setText(text);
    }

    void sampled(@Nullable RunSnapshot previous, RunSnapshot now, long elapsedNanos) {
        hit.setText(Formats.percent(now.cache().hitRatio()));
        savedTime.setText(
                Formats.duration(Duration.ofNanos(now.savings().measured().timeNanos())));
        long budget = now.memory().budgetBytes();
        long inFlight = now.memory().inFlightBytes();
        memory.setText(Formats.bytes(inFlight));
        memoryLimit.setText(Messages.text("shell.memory.limit", Formats.bytes(budget)));
        meter.setUsedShare((double) inFlight / budget);
        showRate(previous == null, now.cache().requests(), elapsedNanos);
        showFailures(now.failures());
    }

    private void showFailures(long count) {
        if (count != failures) {
            failures = count;
            showProblem();
        }
    }

    /// Over a second at least: requests come in bursts, and a quarter of a second often sees none.
    private void showRate(boolean firstSample, long requests, long elapsedNanos) {
        if (firstSample) {
            rateSpanNanos = 0;
            rateFrom = requests;
        }
        rateSpanNanos += elapsedNanos;
        if (rateSpanNanos >= RATE_SPAN_NANOS) {
            double perSecond = (requests - rateFrom) * 1e9 / rateSpanNanos;
            rate.setText(Messages.text("shell.status.requests", Formats.perSecond(perSecond)));
            rateSpanNanos = 0;
            rateFrom = requests;
        }
    }

    /// Shows that nothing has run.
    void noRun() {
        hit.setText(Formats.UNKNOWN);
        savedTime.setText(Formats.UNKNOWN);
        memory.setText(Formats.UNKNOWN);
        memoryLimit.setText("");
        meter.setUsedShare(0);
        rate.setText("");
        showFailures(0);
    }
}

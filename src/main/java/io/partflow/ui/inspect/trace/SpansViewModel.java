package io.partflow.ui.inspect.trace;

import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.Outcome;
import io.partflow.engine.trace.PartSpan;
import io.partflow.engine.trace.SpanRecorder.Spans;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Messages;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// The last spans of the selected node. FX thread; knows no scene.
public final class SpansViewModel {
    /// One line of the details of a span.
    ///
    /// @param name what, such as "Waited in the queue"
    /// @param value how long or how many, [Formats#UNKNOWN] if not known
    public record Fact(String name, String value) {}

    private static final int KEY_DIGITS = 16;

    private final Function<String, Spans> spans;
    private final Predicate<CacheKey> why;
    private final ObservableList<PartSpan> rows = FXCollections.observableArrayList();
    private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper(this, "summary", "");
    private final ObjectProperty<@Nullable PartSpan> selected = new SimpleObjectProperty<>(this, "selected");
    private @Nullable String node;
    private long seen = -1;

    /// @param spans gives the last spans of a node, and begins to record them if they are not
    /// @param why brings the explanation of a key's last miss in front; says whether one is remembered
    public SpansViewModel(Function<String, Spans> spans, Predicate<CacheKey> why) {
        this.spans = spans;
        this.why = why;
        describe(Spans.NONE);
    }

    /// Newest first.
    public ObservableList<PartSpan> rows() {
        return rows;
    }

    public ReadOnlyStringProperty summaryProperty() {
        return summary.getReadOnlyProperty();
    }

    /// The span whose details are shown; null for none.
    public ObjectProperty<@Nullable PartSpan> selectedProperty() {
        return selected;
    }

    /// Follows another node; null when none is selected.
    public void follow(@Nullable String nodeId) {
        if (nodeId == null || !nodeId.equals(node)) {
            node = nodeId;
            seen = -1;
            rows.clear();
            selected.set(null);
            refresh();
        }
    }

    /// Whether a node is followed.
    public boolean hasNode() {
        return node != null;
    }

    /// Takes what is new; called while the view is on the screen.
    public void refresh() {
        String followed = node;
        Spans now = followed == null ? Spans.NONE : spans.apply(followed);
        if (now.seen() != seen) {
            PartSpan kept = selected.get();
            seen = now.seen();
            rows.setAll(now.spans().reversed());
            selected.set(
                    rows.stream().filter(span -> span.equals(kept)).findFirst().orElse(null));
        }
        describe(now);
    }

    private void describe(Spans now) {
        if (node == null) {
            summary.set(Messages.text("inspect.spans.nonode"));
        } else if (now.seen() == 0) {
            summary.set(Messages.text("inspect.spans.none"));
        } else if (now.dropped() == 0) {
            summary.set(Formats.count(now.seen(), "part", "parts"));
        } else {
            summary.set(Messages.text(
                    "inspect.spans.dropped",
                    Formats.count(now.spans().size()),
                    Formats.count(now.seen(), "part", "parts"),
                    Formats.count(now.dropped())));
        }
    }

    /// Whether it can be asked why the cache did not serve the part of a span.
    public static boolean hasQuestion(PartSpan span) {
        return span.key() != null && (span.outcome() == Outcome.MISS || span.outcome() == Outcome.COALESCED);
    }

    /// Brings the explanation in front of why the part of a span was not served.
    ///
    /// @return whether it is remembered
    public boolean explain(PartSpan span) {
        CacheKey key = span.key();
        return key != null && why.test(key);
    }

    /// What to call the part of a span.
    public static String title(PartSpan span) {
        return span.preview().isEmpty() ? span.mimeType() : span.preview();
    }

    /// Everything known of a span, in the order in which it happened.
    public static List<Fact> facts(PartSpan span) {
        Long entered = span.enteredNanos();
        return List.of(
                new Fact(
                        Messages.text("inspect.spans.part"),
                        Messages.text(
                                "inspect.spans.part.value",
                                Formats.count(span.number()),
                                span.mimeType(),
                                Formats.bytes(span.sizeBytes()))),
                new Fact(Messages.text("inspect.spans.entered"), moment(entered)),
                new Fact(Messages.text("inspect.spans.queued"), length(span.queuedNanos())),
                new Fact(Messages.text("inspect.spans.started"), moment(span.startedNanos())),
                new Fact(Messages.text("inspect.spans.lookup"), length(span.lookupNanos())),
                new Fact(
                        Messages.text("inspect.spans.outcome"),
                        Optional.ofNullable(span.outcome())
                                .map(outcome -> outcome.name().toLowerCase(Locale.ROOT))
                                .orElse(Formats.UNKNOWN)),
                new Fact(
                        Messages.text("inspect.spans.key"),
                        Optional.ofNullable(span.key())
                                .map(key -> key.hash().hex().substring(0, KEY_DIGITS) + "…")
                                .orElse(Formats.UNKNOWN)),
                new Fact(Messages.text("inspect.spans.made"), length(span.makeNanos())),
                new Fact(
                        Messages.text("inspect.spans.emitted"),
                        Messages.text(
                                "inspect.spans.emitted.value",
                                Formats.count(span.emitted(), "part", "parts"),
                                Formats.durationNanos(span.emitNanos()))),
                new Fact(
                        Messages.text("inspect.spans.ended"),
                        moment(span.endedNanos())
                                + (span.end() == PartSpan.End.FAILED
                                        ? " " + Messages.text("inspect.spans.failed")
                                        : "")),
                new Fact(Messages.text("inspect.spans.total"), Formats.durationNanos(span.totalNanos())));
    }

    private static String length(@Nullable Long nanos) {
        return nanos == null ? Formats.UNKNOWN : Formats.durationNanos(nanos);
    }

    private static String moment(@Nullable Long nanos) {
        return nanos == null
                ? Formats.UNKNOWN
                : String.format(Locale.ROOT, "%s.%03d", Formats.clock(nanos / 1e9), nanos / 1_000_000 % 1_000);
    }
}

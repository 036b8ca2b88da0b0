package io.partflow.ui.tune.why;

import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.insight.InsightSnapshot.OfNode;
import io.partflow.engine.insight.why.MissCause;
import io.partflow.engine.insight.why.MissExplanation;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Messages;
import io.partflow.ui.tune.sample.TuneFeed;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// The last requests that were not served, newest first, and which of them is selected. FX thread.
public final class MissesViewModel {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());

    private final TuneFeed feed;
    private final ObservableList<MissExplanation> rows = FXCollections.observableArrayList();
    private final ObservableList<MissExplanation> readOnlyRows = FXCollections.unmodifiableObservableList(rows);
    private final ObjectProperty<@Nullable String> node = new SimpleObjectProperty<>(this, "node");
    private final ObjectProperty<MissCause.@Nullable Kind> kind = new SimpleObjectProperty<>(this, "kind");
    private final BooleanProperty held = new SimpleBooleanProperty(this, "held", false);
    private final ObjectProperty<@Nullable MissExplanation> selected = new SimpleObjectProperty<>(this, "selected");
    private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper(this, "summary", "");

    public MissesViewModel(TuneFeed feed) {
        this.feed = feed;
        feed.missesProperty().subscribe(misses -> show());
        feed.nodesProperty().subscribe(nodes -> describe());
        node.subscribe((old, now) -> show());
        kind.subscribe((old, now) -> show());
        held.subscribe((was, is) -> show());
    }

    private void show() {
        if (held.get() && !feed.missesProperty().get().isEmpty()) {
            return;
        }
        rows.setAll(of(node.get()).filter(this::isWanted).toList());
        describe();
    }

    private boolean isWanted(MissExplanation miss) {
        MissCause.Kind wanted = kind.get();
        return wanted == null || miss.cause().kind() == wanted;
    }

    private java.util.stream.Stream<MissExplanation> of(@Nullable String id) {
        return feed.missesProperty().get().reversed().stream()
                .filter(miss -> id == null || miss.node().equals(id));
    }

    private void describe() {
        Map<MissCause.Kind, Long> counts = counts();
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        long joined = counts.getOrDefault(MissCause.Kind.COALESCED, 0L);
        summary.set(
                all == 0
                        ? Messages.text("tune.misses.none")
                        : Messages.text(
                                "tune.misses.summary",
                                Formats.count(rows.size()),
                                Formats.count(all, "request", "requests"),
                                Formats.count(all - joined, "miss", "misses"),
                                Formats.count(joined)));
    }

    /// How often each cause was told, of the node whose misses are listed or of all; the most frequent first.
    public Map<MissCause.Kind, Long> counts() {
        Map<MissCause.Kind, Long> sum = new EnumMap<>(MissCause.Kind.class);
        for (OfNode each : feed.nodesProperty().get()) {
            if (node.get() == null || each.id().equals(node.get())) {
                each.insight().causes().forEach((cause, count) -> sum.merge(cause, count, Long::sum));
            }
        }
        return sum;
    }

    /// The causes that were told, the most frequent first.
    public List<MissCause.Kind> kinds() {
        Map<MissCause.Kind, Long> counts = counts();
        List<MissCause.Kind> kinds = new ArrayList<>(counts.keySet());
        kinds.sort(Comparator.comparingLong((MissCause.Kind each) -> counts.getOrDefault(each, 0L))
                .reversed());
        return kinds;
    }

    /// Newest first.
    public ObservableList<MissExplanation> rows() {
        return readOnlyRows;
    }

    /// The node whose misses are listed; null for all.
    public ObjectProperty<@Nullable String> nodeProperty() {
        return node;
    }

    /// The cause that is listed; null for all.
    public ObjectProperty<MissCause.@Nullable Kind> kindProperty() {
        return kind;
    }

    /// Whether the list stays as it is while more happens.
    public BooleanProperty heldProperty() {
        return held;
    }

    /// The miss that is explained; null for none. It stays when it leaves the list.
    public ObjectProperty<@Nullable MissExplanation> selectedProperty() {
        return selected;
    }

    /// How many are listed of how many there were.
    public ReadOnlyStringProperty summaryProperty() {
        return summary.getReadOnlyProperty();
    }

    /// The last misses of one node, newest first.
    public List<MissExplanation> last(String id, int most) {
        return of(id).limit(most).toList();
    }

    /// Selects the last miss of a key.
    ///
    /// @return whether one is remembered
    public boolean select(CacheKey key) {
        Optional<MissExplanation> found =
                of(null).filter(miss -> key.equals(miss.key())).findFirst();
        found.ifPresent(selected::set);
        return found.isPresent();
    }

    /// Selects the miss before or after the selected one; the newest where none is selected.
    public void step(Way way) {
        int at = rows.indexOf(selected.get());
        int next = at < 0 ? 0 : at + (way == Way.OLDER ? 1 : -1);
        if (next >= 0 && next < rows.size()) {
            selected.set(rows.get(next));
        }
    }

    /// Which way to go through time.
    public enum Way {
        OLDER,
        NEWER
    }

    public String title(MissExplanation miss) {
        return feed.ground().title().apply(miss.node());
    }

    /// The time of day it happened.
    public static String moment(MissExplanation miss) {
        return CLOCK.format(Instant.ofEpochMilli(miss.atMillis()));
    }
}

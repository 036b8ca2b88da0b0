package io.partflow.ui.tune.reuse;

import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.insight.InsightSnapshot.OfNode;
import io.partflow.engine.insight.history.ReuseGaps;
import io.partflow.pipeline.edit.SetCache;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Messages;
import io.partflow.ui.tune.sample.TuneFeed;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/// The reuse gaps of the chosen node, what times to live would have meant, and the choice of one. FX thread.
public final class ReuseViewModel {
    /// Requests that came again after a gap.
    ///
    /// @param fromMillis the shortest gap
    /// @param toMillis above the longest one
    public record Bar(long fromMillis, long toMillis, long count) {}

    /// What the chart shows. Immutable.
    ///
    /// @param bars from the shortest gap on, each twice as wide as the one before; empty without repetitions
    /// @param ttlMillis the time to live now; 0 for ever
    /// @param outlooks what some times to live would have meant, the shortest first, for ever last
    public record Picture(List<Bar> bars, long ttlMillis, List<ReuseGaps.Outlook> outlooks) {
        static final Picture EMPTY = new Picture(List.of(), 0, List.of());

        public Picture {
            bars = List.copyOf(bars);
            outlooks = List.copyOf(outlooks);
        }
    }

    private static final long MOST_MILLIS = 1_000;

    private final TuneFeed feed;
    private final ReadOnlyObjectWrapper<Picture> picture = new ReadOnlyObjectWrapper<>(this, "picture", Picture.EMPTY);
    private final ObjectProperty<ReuseGaps.@Nullable Outlook> chosen = new SimpleObjectProperty<>(this, "chosen");
    private final ReadOnlyStringWrapper applyText = new ReadOnlyStringWrapper(this, "applyText", "");
    private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper(this, "summary", "");
    private @Nullable String shown;

    public ReuseViewModel(TuneFeed feed) {
        this.feed = feed;
        feed.nodeProperty().subscribe(node -> show());
        chosen.subscribe((old, now) -> describe());
    }

    /// Shows what is known now, also after the settings of the node were changed.
    public void show() {
        OfNode node = feed.nodeProperty().get();
        String id = node == null ? null : node.id();
        ReuseGaps.Outlook before = chosen.get();
        picture.set(node == null ? Picture.EMPTY : pictureOf(node));
        boolean same = id != null && id.equals(shown);
        shown = id;
        chosen.set(
                same && before != null
                        ? picture.get().outlooks().stream()
                                .filter(each -> each.ttlMillis() == before.ttlMillis())
                                .findFirst()
                                .orElse(null)
                        : null);
        describe();
    }

    private Picture pictureOf(OfNode node) {
        List<Long> counts = node.analysis().gaps().counts();
        int first = 0;
        int last = counts.size() - 1;
        while (first <= last && counts.get(first) == 0) {
            first++;
        }
        while (last >= first && counts.get(last) == 0) {
            last--;
        }
        List<Bar> bars = new ArrayList<>();
        for (int i = first; i <= last; i++) {
            bars.add(new Bar(i == 0 ? 0 : 1L << (i - 1), 1L << i, counts.get(i)));
        }
        return new Picture(
                bars,
                feed.ground()
                        .settings()
                        .apply(node.id())
                        .map(CacheSettings::ttlMillis)
                        .orElse(0L),
                node.analysis().lifetimes());
    }

    private void describe() {
        Picture now = picture.get();
        ReuseGaps.Outlook wanted = chosen.get();
        applyText.set(
                wanted == null || wanted.ttlMillis() == now.ttlMillis()
                        ? ""
                        : Messages.text("tune.reuse.apply", time(wanted.ttlMillis())));
        ReuseGaps.Outlook told = wanted == null ? current() : wanted;
        if (told == null) {
            summary.set("");
            return;
        }
        summary.set(Messages.text(
                told.herd() > 1 ? "tune.reuse.summary.herd" : "tune.reuse.summary",
                time(told.ttlMillis()),
                Formats.count(told.hits(), "hit", "hits"),
                Formats.count(told.hitsLost()),
                millis(Math.round(told.meanAgeMillis())),
                Formats.count(told.herd(), "entry", "entries")));
    }

    private ReuseGaps.@Nullable Outlook current() {
        long ttl = picture.get().ttlMillis();
        return picture.get().outlooks().stream()
                .filter(each -> each.ttlMillis() == ttl)
                .findFirst()
                .orElse(null);
    }

    public ReadOnlyObjectProperty<Picture> pictureProperty() {
        return picture.getReadOnlyProperty();
    }

    /// The time to live that [#apply()] would set, with what it would have meant; null for none.
    public ObjectProperty<ReuseGaps.@Nullable Outlook> chosenProperty() {
        return chosen;
    }

    /// What [#apply()] would do; empty when there is nothing to do.
    public ReadOnlyStringProperty applyTextProperty() {
        return applyText.getReadOnlyProperty();
    }

    /// What the chosen time to live, or the present one, has meant.
    public ReadOnlyStringProperty summaryProperty() {
        return summary.getReadOnlyProperty();
    }

    /// Chooses the time to live nearest to one, by ratio; for ever lies beyond all others.
    public void chooseNear(long ttlMillis) {
        ReuseGaps.Outlook best = null;
        double least = Double.POSITIVE_INFINITY;
        for (ReuseGaps.Outlook each : picture.get().outlooks()) {
            double away = each.ttlMillis() == 0
                    ? Double.MAX_VALUE
                    : Math.abs(Math.log(each.ttlMillis()) - Math.log(Math.max(1, ttlMillis)));
            if (away < least) {
                least = away;
                best = each;
            }
        }
        chosen.set(best);
    }

    /// Chooses the next time to live.
    ///
    /// @param steps to longer ones; negative to shorter ones
    public void step(int steps) {
        List<ReuseGaps.Outlook> all = picture.get().outlooks();
        if (all.isEmpty()) {
            return;
        }
        ReuseGaps.Outlook from = chosen.get() == null ? current() : chosen.get();
        int at = from == null ? all.size() - 1 : all.indexOf(from);
        chosen.set(all.get(Math.clamp(at + steps, 0, all.size() - 1)));
    }

    /// Makes the chosen time to live that of the node's cache, as one step to undo.
    public void apply() {
        OfNode node = feed.nodeProperty().get();
        ReuseGaps.Outlook wanted = chosen.get();
        if (node == null || wanted == null || applyText.get().isEmpty()) {
            return;
        }
        feed.ground().settings().apply(node.id()).ifPresent(settings -> {
            feed.ground().edits().accept(new SetCache(node.id(), settings.withTtlMillis(wanted.ttlMillis())));
            show();
        });
    }

    /// One sentence for who cannot see the chart.
    public String sentence() {
        Picture now = picture.get();
        if (now.bars().isEmpty()) {
            return Messages.text("tune.reuse.empty");
        }
        Bar most = now.bars().stream()
                .reduce((one, other) -> other.count() > one.count() ? other : one)
                .orElseThrow();
        return Messages.text(
                        "tune.reuse.sentence",
                        Formats.count(most.count()),
                        millis(most.fromMillis()),
                        millis(most.toMillis()))
                + " "
                + summary.get();
    }

    /// A time to live in words; 0 is "for ever".
    public static String time(long ttlMillis) {
        return ttlMillis == 0 ? Messages.text("tune.reuse.forever") : millis(ttlMillis);
    }

    static String millis(long millis) {
        return millis < MOST_MILLIS
                ? Messages.text("tune.latency.ms", Formats.count(millis))
                : Formats.durationNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }
}

package io.partflow.ui.tune.curve;

import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.cache.CacheSnapshot;
import io.partflow.engine.insight.InsightSnapshot.OfNode;
import io.partflow.engine.insight.curve.MissRatioCurve;
import io.partflow.engine.insight.curve.MissRatioCurve.Unit;
import io.partflow.engine.insight.curve.Policy;
import io.partflow.engine.insight.history.BaselineReport;
import io.partflow.engine.insight.why.MissCause;
import io.partflow.pipeline.edit.SetCache;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Messages;
import io.partflow.ui.tune.sample.TuneFeed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import javafx.beans.property.LongProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleLongProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/// The hit ratio of the chosen node over the size of its cache, and the choice of another size. FX thread.
public final class CurveViewModel {
    /// A number below the chart, with what it is and what stands beside it.
    public record Tile(String what, String value, String beside) {}

    /// One size in the table, with its ratio on each line.
    public record Row(long size, List<String> readings) {}

    private static final int ROWS = 24;
    private static final long LEAST_SPAN = 16;

    private final TuneFeed feed;
    private final ObjectProperty<Unit> unit = new SimpleObjectProperty<>(this, "unit", Unit.ITEMS);
    private final ReadOnlyObjectWrapper<CurvePicture> picture =
            new ReadOnlyObjectWrapper<>(this, "picture", CurvePicture.EMPTY);
    private final LongProperty cursor = new SimpleLongProperty(this, "cursor", 0);
    private final LongProperty candidate = new SimpleLongProperty(this, "candidate", 0);
    private final ReadOnlyStringWrapper applyText = new ReadOnlyStringWrapper(this, "applyText", "");
    private final ReadOnlyStringWrapper note = new ReadOnlyStringWrapper(this, "note", "");
    private final ReadOnlyObjectWrapper<List<Tile>> tiles = new ReadOnlyObjectWrapper<>(this, "tiles", List.of());
    private @Nullable String shown;

    public CurveViewModel(TuneFeed feed) {
        this.feed = feed;
        feed.nodeProperty().subscribe(node -> show());
        unit.subscribe((old, now) -> {
            cursor.set(0);
            candidate.set(0);
            show();
        });
        candidate.subscribe((old, now) -> describe());
    }

    /// In what sizes are counted.
    public ObjectProperty<Unit> unitProperty() {
        return unit;
    }

    public ReadOnlyObjectProperty<CurvePicture> pictureProperty() {
        return picture.getReadOnlyProperty();
    }

    /// The size whose values are read; 0 for none.
    public LongProperty cursorProperty() {
        return cursor;
    }

    /// The size that [#apply()] would make the limit; 0 for the one where the curve stops rising.
    public LongProperty candidateProperty() {
        return candidate;
    }

    /// What [#apply()] would do; empty when there is nothing to do.
    public ReadOnlyStringProperty applyTextProperty() {
        return applyText.getReadOnlyProperty();
    }

    /// How the curves were found.
    public ReadOnlyStringProperty noteProperty() {
        return note.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<List<Tile>> tilesProperty() {
        return tiles.getReadOnlyProperty();
    }

    /// Shows what is known now, also after the settings of the node were changed.
    public void show() {
        OfNode node = feed.nodeProperty().get();
        String id = node == null ? null : node.id();
        if (id == null || !id.equals(shown)) {
            cursor.set(0);
            candidate.set(0);
        }
        shown = id;
        picture.set(node == null ? CurvePicture.EMPTY : pictureOf(node));
        describe();
    }

    private CurvePicture pictureOf(OfNode node) {
        boolean items = unit.get() == Unit.ITEMS;
        MissRatioCurve live = items ? node.insight().byItems() : node.insight().byBytes();
        CacheSnapshot counters = node.insight().counters();
        if (live.accesses() == 0) {
            return CurvePicture.EMPTY;
        }
        List<CurveLine> lines = new ArrayList<>();
        lines.add(new CurveLine(CurveLine.Kind.LRU, live));
        Map<Policy, MissRatioCurve> policies =
                items ? node.analysis().policies() : node.analysis().policiesByBytes();
        add(lines, CurveLine.Kind.TINYLFU, policies.get(Policy.TINYLFU));
        add(lines, CurveLine.Kind.FIFO, policies.get(Policy.FIFO));
        add(lines, CurveLine.Kind.OPTIMUM, policies.get(Policy.OPTIMAL));
        Long limit = feed.ground()
                .settings()
                .apply(node.id())
                .map(settings -> items ? settings.maxItems() : settings.maxBytes())
                .orElse(null);
        long knee = live.knee();
        long first = live.points() == 0 ? 1 : live.size(0);
        long last = live.points() == 0 ? 1 : live.size(live.points() - 1);
        long held = items ? counters.entries() : counters.bytes();
        long least = items ? 1 : Math.max(1, Long.highestOneBit(first));
        long most = Math.max(Math.max(last, held), limit == null ? 1 : limit);
        return new CurvePicture(
                unit.get(), lines, least, Math.max(least * LEAST_SPAN, most + most / 2), limit, measured(node), knee);
    }

    /// Of the same requests as the curve.
    private static OptionalDouble measured(OfNode node) {
        return switch (node.insight().baseline()) {
            case BaselineReport.Measured counted -> OptionalDouble.of(counted.currentHitRate());
            case BaselineReport.NoData none -> OptionalDouble.empty();
        };
    }

    private static void add(List<CurveLine> lines, CurveLine.Kind kind, @Nullable MissRatioCurve curve) {
        if (curve != null && curve.points() > 0) {
            lines.add(new CurveLine(kind, curve));
        }
    }

    /// The size in words: `1,000 entries`, `64.0 MiB`.
    public String size(long size) {
        return unit.get() == Unit.ITEMS ? Formats.count(size, "entry", "entries") : Formats.bytes(size);
    }

    /// The size without its noun, for where there is no room: `1,000`, `64.0 MiB`.
    private String shortSize(long size) {
        return unit.get() == Unit.ITEMS ? Formats.count(size) : Formats.bytes(size);
    }

    private long proposed() {
        long wanted = candidate.get();
        return wanted > 0 ? wanted : picture.get().knee();
    }

    private void describe() {
        CurvePicture now = picture.get();
        long proposed = proposed();
        Long limit = now.limit();
        boolean news = !now.isEmpty() && proposed > 0 && (limit == null || limit != proposed);
        applyText.set(news ? Messages.text("tune.curve.apply", size(proposed)) : "");
        if (now.isEmpty()) {
            note.set("");
            tiles.set(List.of());
            return;
        }
        CurveLine live = now.lines().getFirst();
        note.set(Messages.text(
                live.isEstimate() ? "tune.curve.note.estimate" : "tune.curve.note.exact",
                Formats.count(live.curve().accesses(), "request", "requests"),
                size(Math.min(live.curve().exactUpTo(), now.mostSize()))));
        tiles.set(tilesOf(now));
    }

    private List<Tile> tilesOf(CurvePicture now) {
        List<Tile> all = new ArrayList<>();
        Long limit = now.limit();
        all.add(new Tile(
                limit == null
                        ? Messages.text("tune.curve.tile.nolimit")
                        : Messages.text("tune.curve.tile.now", shortSize(limit)),
                Formats.percent(now.hitRatio()),
                measuredBeside()));
        CurveLine live = now.lines().getFirst();
        long wanted = proposed();
        if (wanted > 0) {
            all.add(new Tile(
                    Messages.text(
                            candidate.get() > 0 ? "tune.curve.tile.chosen" : "tune.curve.tile.knee", shortSize(wanted)),
                    live.reading(wanted),
                    live.label()));
        }
        now.lines().stream()
                .filter(line -> line.kind() == CurveLine.Kind.OPTIMUM)
                .findFirst()
                .ifPresent(best -> all.add(new Tile(
                        Messages.text("tune.curve.tile.optimum", shortSize(compared(now))),
                        best.reading(compared(now)),
                        best.curve().accesses() == live.curve().accesses()
                                ? Messages.text("tune.curve.tile.optimum.beside")
                                : Messages.text(
                                        "tune.curve.tile.optimum.of",
                                        Formats.count(best.curve().accesses(), "request", "requests")))));
        return all;
    }

    /// What the measured ratio is made of.
    private String measuredBeside() {
        OfNode node = feed.nodeProperty().get();
        long joined = node == null ? 0 : node.insight().causes().getOrDefault(MissCause.Kind.COALESCED, 0L);
        return node != null
                        && joined > 0
                        && node.insight().sampleRate() >= 1
                        && node.insight().baseline() instanceof BaselineReport.Measured counted
                ? Messages.text(
                        "tune.curve.tile.measured.joined", Formats.percent(joined / (double) counted.totalRequests()))
                : Messages.text("tune.curve.tile.measured");
    }

    /// The size at which the optimum is told: the chosen one, the limit, or the largest.
    private long compared(CurvePicture now) {
        Long limit = now.limit();
        return candidate.get() > 0 ? candidate.get() : limit == null ? now.mostSize() : limit;
    }

    /// Makes the chosen size the limit of the node's cache, as one step to undo.
    public void apply() {
        OfNode node = feed.nodeProperty().get();
        long size = proposed();
        if (node == null || size <= 0 || applyText.get().isEmpty()) {
            return;
        }
        feed.ground().settings().apply(node.id()).ifPresent(settings -> {
            CacheSettings changed =
                    unit.get() == Unit.ITEMS ? settings.withMaxItems(size) : settings.withMaxBytes(size);
            candidate.set(0);
            feed.ground().edits().accept(new SetCache(node.id(), changed));
            show();
        });
    }

    /// Moves the cursor by a share of the axis, from the limit or the middle where there was none.
    ///
    /// @param share of the width, negative to the left
    public void moveCursor(double share) {
        CurvePicture now = picture.get();
        if (now.isEmpty()) {
            return;
        }
        Long limit = now.limit();
        long from = cursor.get() > 0 ? cursor.get() : limit == null ? now.sizeAt(0.5) : limit;
        long moved = now.sizeAt(now.place(from) + share);
        cursor.set(Math.clamp(moved == from ? from + (share > 0 ? 1 : -1) : moved, now.leastSize(), now.mostSize()));
    }

    /// One sentence for who cannot see the chart.
    public String sentence() {
        CurvePicture now = picture.get();
        if (now.isEmpty()) {
            return Messages.text("tune.curve.empty");
        }
        long size = cursor.get() > 0 ? cursor.get() : proposed();
        StringBuilder text = new StringBuilder(Messages.text("tune.curve.sentence", size(Math.max(1, size))));
        for (CurveLine line : now.lines()) {
            text.append(' ')
                    .append(line.label())
                    .append(": ")
                    .append(line.reading(size))
                    .append('.');
        }
        return text.toString();
    }

    /// The table as numbers: size and ratios, 0 to 1.
    public List<List<String>> csv() {
        CurvePicture now = picture.get();
        List<List<String>> lines = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of(unit.get() == Unit.ITEMS ? "entries" : "bytes"));
        now.lines().forEach(line -> head.add(line.label()));
        lines.add(head);
        for (Row row : rows()) {
            List<String> cells = new ArrayList<>(List.of(Long.toString(row.size())));
            now.lines().forEach(line -> cells.add(Double.toString(line.curve().hitRatioAt(row.size()))));
            lines.add(cells);
        }
        return lines;
    }

    /// The chart as a table: equal steps of the axis, with the limit among them.
    public List<Row> rows() {
        CurvePicture now = picture.get();
        java.util.TreeSet<Long> sizes = new java.util.TreeSet<>();
        for (int i = 0; !now.isEmpty() && i <= ROWS; i++) {
            sizes.add(now.sizeAt(i / (double) ROWS));
        }
        Long limit = now.limit();
        if (limit != null && !now.isEmpty()) {
            sizes.add(limit);
        }
        return sizes.stream()
                .map(size -> new Row(
                        size,
                        now.lines().stream().map(line -> line.reading(size)).toList()))
                .toList();
    }
}

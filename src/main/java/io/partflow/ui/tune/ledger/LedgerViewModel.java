package io.partflow.ui.tune.ledger;

import io.partflow.engine.cache.CacheSnapshot;
import io.partflow.engine.cache.LatencySnapshot;
import io.partflow.engine.insight.InsightSnapshot.OfNode;
import io.partflow.engine.insight.history.Ablation;
import io.partflow.engine.insight.history.BaselineReport;
import io.partflow.engine.insight.history.Ledger;
import io.partflow.engine.insight.history.PriceTable;
import io.partflow.engine.insight.history.Regrets;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Messages;
import io.partflow.ui.tune.sample.TuneFeed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// Savings, latencies and regrets of the chosen node as tables, and the prices they are reckoned with. FX thread.
public final class LedgerViewModel {
    /// A line of a table: what it is, and its cells.
    public record Line(String name, List<String> cells) {
        public Line {
            cells = List.copyOf(cells);
        }
    }

    /// All that is shown. Immutable.
    ///
    /// @param savings calls, time, tokens and money: saved as measured, as estimated, spent, and what remains
    /// @param analytics counters and the report of the hit ratio alone
    /// @param hitRatios after each of the last 1,000 requests, oldest first
    /// @param latencies p50, p95 and p99 of hits and of misses
    /// @param regretted what the regrets come to, in words
    /// @param regrets the costliest evictions that were asked for again
    /// @param keyFields what keys without one of their fields, or with texts made alike, would have meant
    public record Picture(
            List<Line> savings,
            List<Line> analytics,
            List<Double> hitRatios,
            List<Line> latencies,
            String regretted,
            List<Line> regrets,
            List<Line> keyFields) {
        static final Picture EMPTY = new Picture(List.of(), List.of(), List.of(), List.of(), "", List.of(), List.of());

        public Picture {
            savings = List.copyOf(savings);
            analytics = List.copyOf(analytics);
            hitRatios = List.copyOf(hitRatios);
            latencies = List.copyOf(latencies);
            regrets = List.copyOf(regrets);
            keyFields = List.copyOf(keyFields);
        }
    }

    /// One of the prices a user can set, in US dollars.
    public enum Price {
        TOKENS_IN,
        TOKENS_OUT,
        COMPUTE_HOUR,
        GIB_HOUR
    }

    private static final double MICROS = 1e6;

    private final TuneFeed feed;
    private final Consumer<PriceTable> keep;
    private final ReadOnlyObjectWrapper<Picture> picture = new ReadOnlyObjectWrapper<>(this, "picture", Picture.EMPTY);
    private final ReadOnlyObjectWrapper<PriceTable> prices =
            new ReadOnlyObjectWrapper<>(this, "prices", PriceTable.FREE);

    /// @param keep writes changed prices where they outlast the program
    public LedgerViewModel(TuneFeed feed, Consumer<PriceTable> keep) {
        this.feed = feed;
        this.keep = keep;
        feed.nodeProperty().subscribe(this::show);
    }

    private void show(@Nullable OfNode node) {
        if (node == null) {
            picture.set(Picture.EMPTY);
            return;
        }
        picture.set(new Picture(
                savings(node.insight().ledger()),
                analytics(node.insight().counters(), node.insight().baseline()),
                node.insight().hitRatios(),
                latencies(node.insight().counters()),
                regretted(node.analysis().regrets()),
                regrets(node.analysis().regrets()),
                keyFields(node.analysis().ablation())));
    }

    private static List<Line> keyFields(List<Ablation.Result> results) {
        return results.stream()
                .map(each -> new Line(
                        change(each.change()),
                        List.of(
                                Formats.percent(each.before()),
                                Formats.percent(each.after()),
                                Formats.count(each.merged().keys()),
                                Formats.count(each.merged().conflicting()))))
                .toList();
    }

    private static String change(Ablation.Change change) {
        return switch (change) {
            case Ablation.Change.WithoutMetadata(String name) -> Messages.text("tune.keys.without", name);
            case Ablation.Change.Normalising(var step) -> Messages.text("tune.keys.alike", step.id());
            case Ablation.Change.Together(List<Ablation.Change> changes) ->
                changes.stream().map(LedgerViewModel::change).collect(Collectors.joining(", "));
        };
    }

    private static List<Line> savings(Ledger.Balance balance) {
        return List.of(
                line("measured", balance.measured()),
                line("estimated", balance.estimated()),
                line("spent", balance.spent()),
                new Line(
                        Messages.text("tune.ledger.overhead"),
                        List.of(
                                Formats.count(balance.writes()),
                                Formats.durationNanos(balance.lookupNanos()),
                                "",
                                money(balance.storageMicroUsd()))),
                new Line(
                        Messages.text("tune.ledger.net"),
                        List.of("", signedTime(balance.netNanos()), "", money(balance.netMicroUsd()))));
    }

    private static Line line(String key, Ledger.Amount amount) {
        boolean none = amount.calls() == 0;
        return new Line(
                Messages.text("tune.ledger." + key),
                List.of(
                        Formats.count(amount.calls()),
                        none ? Formats.UNKNOWN : Formats.durationNanos(amount.timeNanos()),
                        amount.tokensIn() + amount.tokensOut() == 0
                                ? Formats.UNKNOWN
                                : Formats.count(amount.tokensIn() + amount.tokensOut()),
                        none ? Formats.UNKNOWN : money(amount.costMicroUsd())));
    }

    private static String signedTime(long nanos) {
        return nanos < 0 ? "\u2212" + Formats.durationNanos(-nanos) : Formats.durationNanos(nanos);
    }

    private static String money(long microUsd) {
        double usd = microUsd / MICROS;
        String sign = usd < 0 ? "\u2212" : "";
        double size = Math.abs(usd);
        return sign + (size != 0 && size < 0.01 ? String.format(Locale.ENGLISH, "$%.4f", size) : dollars(size));
    }

    private static String dollars(double usd) {
        return String.format(Locale.ENGLISH, "$%,.2f", usd);
    }

    private static List<Line> analytics(CacheSnapshot counters, BaselineReport baseline) {
        List<Line> lines = new ArrayList<>();
        lines.add(one("requests", Formats.count(counters.requests())));
        lines.add(one("hits", Formats.count(counters.hits())));
        lines.add(one("misses", Formats.count(counters.misses())));
        lines.add(one("coalesced", Formats.count(counters.coalesced())));
        lines.add(one("puts", Formats.count(counters.puts())));
        lines.add(one("evictions", evictions(counters)));
        if (baseline
                instanceof
                BaselineReport.Measured(
                        double current,
                        double average,
                        long requests,
                        String efficiency,
                        List<String> recommendations)) {
            lines.add(one("average", Formats.percent(average)));
            lines.add(one("efficiency", Messages.textOr("tune.analytics." + efficiency, efficiency)));
        }
        return lines;
    }

    /// How many, with the causes that there were.
    private static String evictions(CacheSnapshot counters) {
        List<String> causes = new ArrayList<>();
        cause(causes, "size", counters.evictedBySize());
        cause(causes, "weight", counters.evictedByWeight());
        cause(causes, "expiry", counters.evictedByExpiry());
        cause(causes, "explicit", counters.evictedExplicitly());
        return causes.isEmpty() ? Formats.count(0) : String.join(", ", causes);
    }

    private static void cause(List<String> causes, String key, long count) {
        if (count > 0) {
            causes.add(Messages.text("tune.analytics.evicted." + key, Formats.count(count)));
        }
    }

    private static Line one(String key, String value) {
        return new Line(Messages.text("tune.analytics." + key), List.of(value));
    }

    private static List<Line> latencies(CacheSnapshot counters) {
        return List.of(latency("hits", counters.hitLatency()), latency("misses", counters.missLatency()));
    }

    private static Line latency(String key, LatencySnapshot latency) {
        String name = Messages.text("tune.latency." + key, Formats.count(latency.samples()));
        return new Line(
                name,
                latency.samples() == 0
                        ? List.of(Formats.UNKNOWN, Formats.UNKNOWN, Formats.UNKNOWN)
                        : List.of(
                                Messages.text("tune.latency.ms", Formats.millis(latency.p50Ms())),
                                Messages.text("tune.latency.ms", Formats.millis(latency.p95Ms())),
                                Messages.text("tune.latency.ms", Formats.millis(latency.p99Ms()))));
    }

    private static String regretted(Regrets.Summary summary) {
        return summary.count() == 0
                ? Messages.text("tune.regrets.none")
                : Messages.text(
                        "tune.regrets.summary",
                        Formats.count(summary.count(), "eviction", "evictions"),
                        Formats.durationNanos(summary.costNanos()),
                        missing(summary));
    }

    /// Only what was short: entries, bytes, or both.
    private static String missing(Regrets.Summary summary) {
        List<String> missing = new ArrayList<>();
        if (summary.itemsForHalf() > 0) {
            missing.add(Formats.count(summary.itemsForHalf(), "entry", "entries"));
        }
        if (summary.bytesForHalf() > 0) {
            missing.add(Formats.bytes(summary.bytesForHalf()));
        }
        return String.join(" " + Messages.text("tune.regrets.or") + " ", missing);
    }

    private static List<Line> regrets(Regrets.Summary summary) {
        return summary.costliest().stream()
                .map(each -> new Line(
                        each.key() == null ? Formats.UNKNOWN : shortened(each.key()),
                        List.of(
                                Formats.durationNanos(each.regret().gapMillis() * 1_000_000),
                                Formats.durationNanos(each.regret().costNanos()),
                                some(each.regret().itemsMissing(), Formats::count),
                                some(each.regret().bytesMissing(), Formats::bytes))))
                .toList();
    }

    private static String some(long missing, LongFunction<String> name) {
        return missing == 0 ? Formats.UNKNOWN : name.apply(missing);
    }

    private static String shortened(String key) {
        int ends = 8;
        return key.length() <= ends ? key : "\u2026" + key.substring(key.length() - ends);
    }

    public ReadOnlyObjectProperty<Picture> pictureProperty() {
        return picture.getReadOnlyProperty();
    }

    /// What things cost.
    public ReadOnlyObjectProperty<PriceTable> pricesProperty() {
        return prices.getReadOnlyProperty();
    }

    /// Takes over prices that were kept.
    public void load(PriceTable table) {
        prices.set(table);
        tell(table);
    }

    private void tell(PriceTable table) {
        feed.ask(
                () -> {
                    feed.source().price(table);
                    return table;
                },
                done -> {});
    }

    /// The present price, of the chosen node's processor where it is one of tokens.
    public double price(Price which) {
        PriceTable table = prices.get();
        PriceTable.TokenPrice tokens = table.processors().get(processor());
        return switch (which) {
            case TOKENS_IN -> tokens == null ? 0 : tokens.inUsd();
            case TOKENS_OUT -> tokens == null ? 0 : tokens.outUsd();
            case COMPUTE_HOUR -> table.computeUsdPerHour();
            case GIB_HOUR -> table.storageUsdPerGibHour();
        };
    }

    private String processor() {
        OfNode node = feed.nodeProperty().get();
        return node == null ? "" : node.insight().processor();
    }

    /// Sets a price; requests from now on are reckoned with it.
    ///
    /// @param typed a number of dollars, 0 or more
    /// @return what is wrong with it; empty when it was taken
    public String setPrice(Price which, String typed) {
        double usd;
        try {
            usd = typed.isBlank() ? 0 : Double.parseDouble(typed.strip().replace(",", ""));
        } catch (NumberFormatException e) {
            return Messages.text("tune.prices.wrong");
        }
        if (!(usd >= 0) || Double.isInfinite(usd)) {
            return Messages.text("tune.prices.wrong");
        }
        PriceTable old = prices.get();
        PriceTable changed = switch (which) {
            case TOKENS_IN -> old.with(processor(), new PriceTable.TokenPrice(usd, price(Price.TOKENS_OUT)));
            case TOKENS_OUT -> old.with(processor(), new PriceTable.TokenPrice(price(Price.TOKENS_IN), usd));
            case COMPUTE_HOUR -> new PriceTable(old.processors(), usd, old.storageUsdPerGibHour());
            case GIB_HOUR -> new PriceTable(old.processors(), old.computeUsdPerHour(), usd);
        };
        if (!changed.equals(old)) {
            prices.set(changed);
            tell(changed);
            keep.accept(changed);
        }
        return "";
    }
}

package io.partflow.pipeline.report;

import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonNull;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.insight.NodeAnalysis;
import io.partflow.engine.insight.advice.Advice;
import io.partflow.engine.insight.advice.Prediction;
import io.partflow.engine.insight.history.Ablation;
import io.partflow.engine.insight.history.Ledger;
import io.partflow.engine.insight.history.Regrets;
import io.partflow.engine.insight.history.ReuseGaps;
import io.partflow.pipeline.report.TextTable.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a look at the whole history of a cache tells, as JSON and as text. Pure functions.
public final class AnalysisListing {
    private AnalysisListing() {}

    /// The parts of an analysis, to stand beside what else is known of the node:
    /// `{"requests","ablation":[...],"gaps":[...],"lifetimes":[...],"regrets":{...},"advice":[...]}`
    public static JsonObject json(NodeAnalysis analysis) {
        return JsonObject.builder()
                .put("requests", analysis.requests())
                .put("ablation", array(analysis.ablation(), AnalysisListing::ablation))
                .put("gaps", gaps(analysis.gaps()))
                .put("lifetimes", array(analysis.lifetimes(), AnalysisListing::lifetime))
                .put("regrets", regrets(analysis.regrets()))
                .put("advice", array(analysis.advice(), Advice::toJson))
                .build();
    }

    private static <T> JsonArray array(List<T> all, Function<T, JsonObject> each) {
        List<JsonValue> values = new ArrayList<>();
        all.forEach(one -> values.add(each.apply(one)));
        return new JsonArray(values);
    }

    private static JsonObject ablation(Ablation.Result result) {
        return change(result.change())
                .with("hitRatioBefore", JsonValue.of(result.before()))
                .with("hitRatioAfter", JsonValue.of(result.after()))
                .with("mergedKeys", JsonValue.of(result.merged().keys()))
                .with("differing", JsonValue.of(result.merged().conflicting()))
                .with("unknown", JsonValue.of(result.merged().unknown()));
    }

    private static JsonObject change(Ablation.Change change) {
        return switch (change) {
            case Ablation.Change.WithoutMetadata(String name) -> JsonObject.of("without", JsonValue.of(name));
            case Ablation.Change.Normalising(var step) -> JsonObject.of("normalising", JsonValue.of(step.id()));
            case Ablation.Change.Together(List<Ablation.Change> changes) ->
                JsonObject.of("together", array(changes, AnalysisListing::change));
        };
    }

    private static String words(Ablation.Change change) {
        return switch (change) {
            case Ablation.Change.WithoutMetadata(String name) -> "without " + name;
            case Ablation.Change.Normalising(var step) -> "texts made alike: " + step.id();
            case Ablation.Change.Together(List<Ablation.Change> changes) ->
                changes.stream().map(AnalysisListing::words).collect(Collectors.joining(", "));
        };
    }

    private static JsonArray gaps(ReuseGaps gaps) {
        List<JsonValue> values = new ArrayList<>();
        for (int i = 0; i < gaps.counts().size(); i++) {
            if (gaps.counts().get(i) > 0) {
                values.add(JsonObject.builder()
                        .put("fromMs", i == 0 ? 0 : 1L << (i - 1))
                        .put("toMs", 1L << i)
                        .put("count", gaps.counts().get(i))
                        .build());
            }
        }
        return new JsonArray(values);
    }

    private static JsonObject lifetime(ReuseGaps.Outlook outlook) {
        boolean ends = outlook.ttlMillis() > 0;
        return JsonObject.builder()
                .put("ttlMs", ends ? JsonValue.of(outlook.ttlMillis()) : JsonNull.NULL)
                .put("hits", outlook.hits())
                .put("hitsLost", outlook.hitsLost())
                .put("meanAgeMs", outlook.meanAgeMillis())
                .put("maxAgeMs", outlook.maxAgeMillis())
                .put("endTogether", outlook.herd())
                .put("endTogetherAtMs", ends ? JsonValue.of(outlook.herdMillis()) : JsonNull.NULL)
                .build();
    }

    private static JsonObject regrets(Regrets.Summary regrets) {
        return JsonObject.builder()
                .put("count", regrets.count())
                .put("costMs", regrets.costNanos() / 1e6)
                .put("itemsForHalf", regrets.itemsForHalf())
                .put("bytesForHalf", regrets.bytesForHalf())
                .put("costliest", array(regrets.costliest(), AnalysisListing::regret))
                .build();
    }

    private static JsonObject regret(Regrets.Named named) {
        String key = named.key();
        Regrets.Regret regret = named.regret();
        return JsonObject.builder()
                .put("key", key == null ? JsonNull.NULL : JsonValue.of(key))
                .put("cause", regret.cause().name().toLowerCase(Locale.ROOT))
                .put("gapMs", regret.gapMillis())
                .put("costMs", regret.costNanos() / 1e6)
                .put("itemsMissing", regret.itemsMissing())
                .put("bytesMissing", regret.bytesMissing())
                .build();
    }

    /// A ledger; times in milliseconds, money in US dollars.
    public static JsonObject ledger(Ledger.Balance ledger) {
        return JsonObject.builder()
                .put("measured", amount(ledger.measured()))
                .put("estimated", amount(ledger.estimated()))
                .put("spent", amount(ledger.spent()))
                .put("lookupMs", ledger.lookupNanos() / 1e6)
                .put("writes", ledger.writes())
                .put("writeMs", ledger.writeNanos() / 1e6)
                .put("storageUsd", ledger.storageMicroUsd() / 1e6)
                .put("netMs", ledger.netNanos() / 1e6)
                .put("netUsd", ledger.netMicroUsd() / 1e6)
                .build();
    }

    private static JsonObject amount(Ledger.Amount amount) {
        return JsonObject.builder()
                .put("calls", amount.calls())
                .put("timeMs", amount.timeNanos() / 1e6)
                .put("tokensIn", amount.tokensIn())
                .put("tokensOut", amount.tokensOut())
                .put("costUsd", amount.costMicroUsd() / 1e6)
                .build();
    }

    /// The same in words and tables, a few lines for each thing there is something to say of.
    ///
    /// @param ledger null where nothing is known of costs
    public static String text(NodeAnalysis analysis, Ledger.@Nullable Balance ledger) {
        StringBuilder out = new StringBuilder();
        section(out, "Keys without one of their fields", ablationTable(analysis));
        section(out, "Times to live", lifetimeTable(analysis));
        Regrets.Summary regrets = analysis.regrets();
        if (regrets.count() > 0) {
            out.append("  Asked for again after it had to go: ")
                    .append(Amounts.count(regrets.count()))
                    .append(" times, ")
                    .append(Amounts.nanos(regrets.costNanos()))
                    .append(" computed twice; ")
                    .append(Amounts.count(regrets.itemsForHalf()))
                    .append(" entries or ")
                    .append(Amounts.bytes(regrets.bytesForHalf()))
                    .append(" more would have saved half of it\n");
        }
        if (ledger != null) {
            saved(out, "  Saved, measured: ", ledger.measured());
            if (ledger.estimated().calls() > 0) {
                saved(out, "  Saved, estimated: ", ledger.estimated());
            }
        }
        out.append(advice("", analysis.advice()));
        return out.toString();
    }

    private static void section(StringBuilder out, String title, TextTable table) {
        String rows = table.text("    ");
        if (!rows.isEmpty()) {
            out.append("  ").append(title).append('\n').append(rows);
        }
    }

    private static TextTable ablationTable(NodeAnalysis analysis) {
        TextTable table = new TextTable(Side.LEFT, Side.RIGHT, Side.LEFT);
        for (Ablation.Result each : analysis.ablation()) {
            Ablation.Merged merged = each.merged();
            if (merged.keys() == 0) {
                continue;
            }
            String risk = Amounts.count(merged.keys()) + " keys merged, outputs differ for "
                    + Amounts.count(merged.conflicting())
                    + (merged.unknown() == 0 ? "" : ", unknown for " + Amounts.count(merged.unknown()));
            table.row(
                    words(each.change()),
                    Amounts.percent(each.before()) + " -> " + Amounts.percent(each.after()),
                    risk);
        }
        return table;
    }

    private static TextTable lifetimeTable(NodeAnalysis analysis) {
        TextTable table = new TextTable(Side.LEFT, Side.RIGHT, Side.RIGHT, Side.RIGHT, Side.RIGHT);
        boolean timed =
                analysis.lifetimes().size() > 1 && analysis.lifetimes().stream().anyMatch(each -> each.hits() > 0);
        if (timed) {
            table.row("", "hits", "hits lost", "mean age", "end together");
        }
        for (ReuseGaps.Outlook each : timed ? analysis.lifetimes() : List.<ReuseGaps.Outlook>of()) {
            table.row(
                    each.ttlMillis() == 0 ? "for ever" : Amounts.millis(each.ttlMillis()),
                    Amounts.count(each.hits()),
                    Amounts.count(each.hitsLost()),
                    Amounts.millis(each.meanAgeMillis()),
                    Amounts.count(each.herd()));
        }
        return table;
    }

    private static void saved(StringBuilder out, String title, Ledger.Amount amount) {
        out.append(title)
                .append(Amounts.count(amount.calls()))
                .append(" calls, ")
                .append(Amounts.nanos(amount.timeNanos()))
                .append(", ")
                .append(Amounts.count(amount.tokensIn()))
                .append(" tokens in, ")
                .append(Amounts.count(amount.tokensOut()))
                .append(" out, ")
                .append(Amounts.dollars(amount.costMicroUsd()))
                .append('\n');
    }

    /// Such as `hit ratio 4.0 % -> 61.0 % (57.2 % to 64.8 %)`.
    private static String predicted(Prediction prediction) {
        String name = switch (prediction.measure()) {
            case HIT_RATIO -> "hit ratio";
            case BYTES_HELD -> "held";
            case COMPUTATIONS -> "computations";
            case NET_NANOS_PER_REQUEST -> "time saved per request, less what the cache takes,";
        };
        return name + " " + amount(prediction, prediction.before()) + " -> " + amount(prediction, prediction.after())
                + " (" + amount(prediction, prediction.low()) + " to " + amount(prediction, prediction.high()) + ")";
    }

    private static String amount(Prediction prediction, double value) {
        return switch (prediction.measure()) {
            case HIT_RATIO -> Amounts.percent(value);
            case BYTES_HELD -> Amounts.bytes(Math.round(value));
            case COMPUTATIONS -> Amounts.count(Math.round(value));
            case NET_NANOS_PER_REQUEST -> (value < 0 ? "-" : "") + Amounts.nanos(Math.round(Math.abs(value)));
        };
    }

    /// Advice with its evidence, or nothing.
    ///
    /// @param title stands above it
    static String advice(String title, List<Advice> advice) {
        StringBuilder out = new StringBuilder();
        for (Advice each : advice) {
            out.append(out.isEmpty() ? title : "")
                    .append("  ")
                    .append(each.node())
                    .append(": ")
                    .append(each.title())
                    .append('\n');
            out.append("    ").append(predicted(each.prediction())).append('\n');
            each.evidence()
                    .forEach(seen -> out.append("    ")
                            .append(seen.what())
                            .append(": ")
                            .append(seen.value())
                            .append('\n'));
        }
        return out.toString();
    }
}

package io.partflow.cli.listing;

import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonNull;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.insight.NodeAnalysis;
import io.partflow.engine.insight.curve.AccessTrace;
import io.partflow.engine.insight.curve.MissRatioCurve;
import io.partflow.engine.insight.history.Ledger;
import io.partflow.pipeline.report.AnalysisListing;
import io.partflow.pipeline.report.TextTable;
import io.partflow.pipeline.report.TextTable.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;

/// Miss-ratio curves as a table and as JSON. Pure functions.
public final class CurveListing {
    /// One curve and what it is of.
    ///
    /// @param policy the policy's name
    /// @param ttlMillis time to live, 0 for ever
    public record Drawn(String policy, long ttlMillis, MissRatioCurve curve) {
        private String title() {
            return ttlMillis == 0 ? policy : policy + " " + ttlMillis + " ms";
        }
    }

    /// The curves of one node.
    ///
    /// @param node empty where the trace names none
    public record OfNode(String node, AccessTrace trace, List<Drawn> curves) {
        public OfNode {
            curves = List.copyOf(curves);
        }
    }

    /// What the requests to one node's cache say.
    public record OfHistory(String node, NodeAnalysis analysis, Ledger.Balance ledger) {}

    private CurveListing() {}

    /// `[{"node","requests","ablation","gaps","lifetimes","regrets","advice","ledger"}]`
    public static JsonArray json(List<OfHistory> histories) {
        List<JsonValue> all = new ArrayList<>();
        for (OfHistory each : histories) {
            all.add(AnalysisListing.json(each.analysis())
                    .with("node", JsonValue.of(each.node()))
                    .with("ledger", AnalysisListing.ledger(each.ledger())));
        }
        return new JsonArray(all);
    }

    /// The same in words.
    public static String text(List<OfHistory> histories) {
        StringBuilder out = new StringBuilder();
        for (OfHistory each : histories) {
            out.append(String.format(
                            Locale.ROOT,
                            "%n%s: what its %,d requests say%n",
                            each.node(),
                            each.analysis().requests()))
                    .append(AnalysisListing.text(each.analysis(), each.ledger()));
        }
        return out.toString();
    }

    /// A line for each size, a column for each curve; ratios with five digits.
    ///
    /// @param sizes which sizes to print
    /// @param sizeText how a size is written
    public static String text(String file, List<OfNode> nodes, long[] sizes, LongFunction<String> sizeText) {
        StringBuilder out = new StringBuilder();
        for (OfNode each : nodes) {
            out.append(out.isEmpty() ? "" : "\n");
            out.append(file)
                    .append(each.node().isEmpty() ? "" : ", " + each.node())
                    .append(String.format(
                            Locale.ROOT,
                            ": %,d accesses, %,d keys%n",
                            each.trace().accesses(),
                            each.trace().distinct()));
            Side[] sides = new Side[each.curves().size() + 1];
            Arrays.fill(sides, Side.RIGHT);
            TextTable table = new TextTable(sides);
            List<String> head = new ArrayList<>(List.of("size"));
            each.curves().forEach(curve -> head.add(curve.title()));
            table.row(head.toArray(String[]::new));
            for (long size : sizes) {
                List<String> row = new ArrayList<>(List.of(sizeText.apply(size)));
                each.curves().forEach(curve -> row.add(ratio(curve.curve(), size)));
                table.row(row.toArray(String[]::new));
            }
            out.append(table.text("  "));
            each.curves().stream()
                    .filter(curve -> curve.curve().method() == MissRatioCurve.Method.MINIATURE)
                    .forEach(curve -> out.append("  ")
                            .append(curve.title())
                            .append(" is an estimate, simulated with a sample of the keys\n"));
        }
        return out.toString();
    }

    private static String ratio(MissRatioCurve curve, long size) {
        return String.format(Locale.ROOT, "%.5f", curve.hitRatioAt(size));
    }

    /// `{"format":"partflow-curve","version":1,"trace":...,"curves":[{"node","policy","ttlMs","unit","method",
    /// "accesses","keys","points":[{"size","hitRatio","error"}]}]}`; node and ttlMs are null where there is
    /// none.
    public static JsonObject json(String file, List<OfNode> nodes) {
        List<JsonValue> curves = new ArrayList<>();
        for (OfNode each : nodes) {
            for (Drawn drawn : each.curves()) {
                MissRatioCurve curve = drawn.curve();
                List<JsonValue> points = new ArrayList<>();
                for (int i = 0; i < curve.points(); i++) {
                    points.add(JsonObject.builder()
                            .put("size", curve.size(i))
                            .put("hitRatio", fiveDigits(curve.hitRatio(i)))
                            .put("error", fiveDigits(curve.error(i)))
                            .build());
                }
                curves.add(JsonObject.builder()
                        .put("node", each.node().isEmpty() ? JsonNull.NULL : JsonValue.of(each.node()))
                        .put("policy", drawn.policy())
                        .put("ttlMs", drawn.ttlMillis() == 0 ? JsonNull.NULL : JsonValue.of(drawn.ttlMillis()))
                        .put("unit", curve.unit().name().toLowerCase(Locale.ROOT))
                        .put("method", curve.method().name().toLowerCase(Locale.ROOT))
                        .put("accesses", curve.accesses())
                        .put("keys", each.trace().distinct())
                        .put("points", new JsonArray(points))
                        .build());
            }
        }
        return JsonObject.builder()
                .put("format", "partflow-curve")
                .put("version", 1)
                .put("trace", file)
                .put("curves", new JsonArray(curves))
                .build();
    }

    private static double fiveDigits(double ratio) {
        return Math.round(ratio * 1e5) / 1e5;
    }
}

package io.partflow.pipeline.report;

import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonNull;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.insight.NodeInsight;
import io.partflow.engine.insight.advice.Advice;
import io.partflow.engine.insight.curve.MissRatioCurve;
import io.partflow.engine.insight.why.MissCause;
import io.partflow.pipeline.report.TextTable.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What the history of caches says, as parts of a report. Pure functions.
final class InsightListing {
    private static final int CURVE_POINTS = 50;
    private static final int SHOWN_RATIOS = 10;

    private InsightListing() {}

    /// `{"node","sampleRate","causes":{...},"curves":[{...}],"hitRatios":[...],"ledger":{...},"baseline":{...}}`
    /// and the parts of
    /// [AnalysisListing#json].
    static JsonObject json(RunReport.Finding finding) {
        NodeInsight insight = finding.insight();
        JsonObject.Builder causes = JsonObject.builder();
        new TreeMap<>(insight.causes()).forEach((cause, count) -> causes.put(name(cause), count));
        JsonObject json = JsonObject.builder()
                .put("node", insight.node())
                .put("sampleRate", insight.sampleRate())
                .put("causes", causes.build())
                .put("curves", new JsonArray(List.of(curve(insight.byItems()), curve(insight.byBytes()))))
                .put("hitRatios", hitRatios(insight))
                .put("ledger", AnalysisListing.ledger(insight.ledger()))
                .put("baseline", insight.baseline().toJson())
                .build();
        JsonObject analysis = AnalysisListing.json(finding.analysis());
        for (String name : analysis.names()) {
            JsonValue value = analysis.get(name);
            json = value == null ? json : json.with(name, value);
        }
        return json;
    }

    private static JsonArray hitRatios(NodeInsight insight) {
        List<JsonValue> ratios = new ArrayList<>();
        insight.hitRatios().forEach(ratio -> ratios.add(JsonValue.of(Math.round(ratio * 1e4) / 1e4)));
        return new JsonArray(ratios);
    }

    /// How the hit ratio came about: after a tenth of the last 1,000 requests, after two tenths, and so on.
    static TextTable hitRatios(List<RunReport.Finding> findings) {
        Side[] sides = new Side[SHOWN_RATIOS + 1];
        Arrays.fill(sides, Side.RIGHT);
        sides[0] = Side.LEFT;
        TextTable table = new TextTable(sides);
        for (RunReport.Finding finding : findings) {
            List<Double> ratios = finding.insight().hitRatios();
            if (ratios.size() >= SHOWN_RATIOS) {
                List<String> row = new ArrayList<>(List.of(finding.insight().node()));
                for (int i = 1; i <= SHOWN_RATIOS; i++) {
                    row.add(Amounts.percent(ratios.get(ratios.size() * i / SHOWN_RATIOS - 1)));
                }
                table.row(row.toArray(String[]::new));
            }
        }
        return table;
    }

    private static String name(MissCause.Kind cause) {
        return cause.name().toLowerCase(Locale.ROOT);
    }

    private static JsonObject curve(MissRatioCurve whole) {
        MissRatioCurve curve = whole.thinned(CURVE_POINTS);
        List<JsonValue> points = new ArrayList<>();
        for (int i = 0; i < curve.points(); i++) {
            points.add(JsonObject.builder()
                    .put("size", curve.size(i))
                    .put("hitRatio", curve.hitRatio(i))
                    .put("error", curve.error(i))
                    .build());
        }
        return JsonObject.builder()
                .put("unit", curve.unit().name().toLowerCase(Locale.ROOT))
                .put("method", curve.method().name().toLowerCase(Locale.ROOT))
                .put("accesses", curve.accesses())
                .put("exactUpTo", curve.exactUpTo() == Long.MAX_VALUE ? JsonNull.NULL : JsonValue.of(curve.exactUpTo()))
                .put("points", new JsonArray(points))
                .build();
    }

    /// How often each cause kept a request from being served, a line each.
    static TextTable causes(List<RunReport.Finding> findings) {
        TextTable table = new TextTable(Side.LEFT, Side.LEFT, Side.RIGHT);
        for (RunReport.Finding finding : findings) {
            for (Map.Entry<MissCause.Kind, Long> each :
                    new TreeMap<>(finding.insight().causes()).entrySet()) {
                table.row(
                        finding.insight().node(),
                        name(each.getKey()).replace('_', ' '),
                        Amounts.count(each.getValue()));
            }
        }
        return table;
    }

    /// The advice with its evidence, or nothing.
    static String advice(List<RunReport.Finding> findings) {
        List<Advice> all = new ArrayList<>();
        findings.forEach(finding -> all.addAll(finding.analysis().advice()));
        return AnalysisListing.advice("\nAdvice\n", all);
    }
}

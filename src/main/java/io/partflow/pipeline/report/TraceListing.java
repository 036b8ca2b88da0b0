package io.partflow.pipeline.report;

import io.partflow.engine.cache.Outcome;
import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonNull;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.trace.ProcessorTrace;
import io.partflow.engine.trace.ProcessorTrace.Cancelled;
import io.partflow.engine.trace.ProcessorTrace.Direction;
import io.partflow.engine.trace.ProcessorTrace.SubTrace;
import io.partflow.engine.trace.ProcessorTraceFile;
import io.partflow.engine.trace.RecordedLine.RecordedEnd;
import io.partflow.engine.trace.RecordingOutline;
import io.partflow.engine.trace.RecordingOutline.Emitted;
import io.partflow.pipeline.report.TextTable.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Recordings and traces as text and as JSON. Pure functions.
public final class TraceListing {
    private TraceListing() {}

    // ---- traces of genai-processors

    /// The whole tree: of each trace its name, how it ended, how many parts went in and came out, and the
    /// traces inside with their relation.
    public static JsonObject json(String file, ProcessorTraceFile trace) {
        return JsonObject.builder()
                .put("file", file)
                .put("parts_store", trace.parts().size() + trace.leftOut())
                .put("trace", json(trace.root()))
                .build();
    }

    private static JsonObject json(ProcessorTrace trace) {
        List<JsonValue> inside = new ArrayList<>();
        for (SubTrace sub : trace.inside()) {
            inside.add(JsonArray.of(JsonValue.of(sub.relation().id()), json(sub.trace())));
        }
        return JsonObject.builder()
                .put("name", trace.name())
                .put("cancelled", trace.cancelled() == Cancelled.YES)
                .put(
                        "error_last_line",
                        trace.errorName().<JsonValue>map(JsonValue::of).orElse(JsonNull.NULL))
                .put("inputs", trace.parts(Direction.INPUT).size())
                .put("outputs", trace.parts(Direction.OUTPUT).size())
                .put("sub", new JsonArray(inside))
                .build();
    }

    /// The same tree for reading, with times; a line each.
    public static String text(String file, ProcessorTraceFile trace) {
        TextTable table =
                new TextTable(Side.LEFT, Side.LEFT, Side.RIGHT, Side.RIGHT, Side.RIGHT, Side.RIGHT, Side.LEFT);
        table.row("name", "fed by", "starts", "took", "in", "out", "end");
        addRow(table, "", "-", trace.root());
        String leftOut = trace.leftOut() == 0
                ? ""
                : "Left out by the writer for their size: " + count(trace.leftOut(), "part") + ".\n";
        return file + ": trace of genai-processors, started " + trace.started() + ", "
                + count(trace.parts().size() + trace.leftOut(), "different part") + "\n\n" + table.text("") + leftOut;
    }

    private static void addRow(TextTable table, String indent, String relation, ProcessorTrace trace) {
        table.row(
                indent + trace.name(),
                relation,
                Amounts.millis(trace.startMillis()),
                trace.tookMillis().isPresent()
                        ? Amounts.millis(trace.tookMillis().getAsDouble())
                        : "-",
                Amounts.count(trace.parts(Direction.INPUT).size()),
                Amounts.count(trace.parts(Direction.OUTPUT).size()),
                end(trace));
        for (SubTrace sub : trace.inside()) {
            addRow(table, indent + "  ", sub.relation().id(), sub.trace());
        }
    }

    private static String end(ProcessorTrace trace) {
        if (trace.errorName().isPresent()) {
            return "failed: " + trace.errorName().get();
        }
        if (trace.cancelled() == Cancelled.YES) {
            return "cancelled";
        }
        return trace.tookMillis().isPresent() ? "completed" : "not ended";
    }

    // ---- recordings

    /// All numbers of a recording; what is unknown is null.
    public static JsonObject json(String file, RecordingOutline outline) {
        List<JsonValue> nodes = new ArrayList<>();
        outline.nodes()
                .forEach((id, node) -> nodes.add(JsonObject.builder()
                        .put("id", id)
                        .put("source", node.source() == Emitted.Replayed.YES)
                        .put("parts", node.parts())
                        .put("bytes", node.bytes())
                        .put("firstMs", node.firstMillis())
                        .put("lastMs", node.lastMillis())
                        .build()));
        List<JsonValue> caches = new ArrayList<>();
        outline.requests().forEach((id, outcomes) -> {
            JsonObject.Builder cache = JsonObject.builder().put("node", id);
            for (Outcome outcome : Outcome.values()) {
                cache.put(outcome.name().toLowerCase(Locale.ROOT), outcomes.getOrDefault(outcome, 0L));
            }
            caches.add(cache.build());
        });
        RecordedEnd end = outline.end();
        return JsonObject.builder()
                .put("file", file)
                .put("format", "partflow-recording")
                .put("version", 1)
                .put("created", orNull(outline.header().created()))
                .put("partflow", orNull(outline.header().partflow()))
                .put("pipeline", orNull(outline.header().pipeline()))
                .put("level", outline.header().level().id())
                .put("durationMs", outline.durationMillis())
                .put("parts", outline.parts())
                .put("replayedParts", outline.replayedParts())
                .put("bytes", outline.bytes())
                .put("nodes", new JsonArray(nodes))
                .put("caches", new JsonArray(caches))
                .put("status", end == null ? JsonNull.NULL : JsonValue.of(end.status()))
                .put("badLines", outline.badLines())
                .put("note", orNull(outline.note()))
                .build();
    }

    private static JsonValue orNull(String text) {
        return text.isEmpty() ? JsonNull.NULL : JsonValue.of(text);
    }

    /// The same for reading.
    public static String text(String file, RecordingOutline outline) {
        StringBuilder out = new StringBuilder();
        RecordedEnd end = outline.end();
        out.append(file).append(": recording");
        if (!outline.header().pipeline().isEmpty()) {
            out.append(" of \"").append(outline.header().pipeline()).append('"');
        }
        if (!outline.header().created().isEmpty()) {
            out.append(", made ").append(outline.header().created());
        }
        if (!outline.header().partflow().isEmpty()) {
            out.append(" by Partflow ").append(outline.header().partflow());
        }
        out.append('\n')
                .append("level ")
                .append(outline.header().level().id())
                .append(", ")
                .append(count(outline.parts(), "part"))
                .append(" (")
                .append(Amounts.bytes(outline.bytes()))
                .append("), ")
                .append(Amounts.millis(outline.durationMillis()))
                .append(", ")
                .append(end == null ? "interrupted" : end.status())
                .append("\n\n");
        TextTable nodes = new TextTable(Side.LEFT, Side.LEFT, Side.RIGHT, Side.RIGHT, Side.RIGHT, Side.RIGHT);
        nodes.row("node", "replayed", "parts", "size", "first", "last");
        outline.nodes()
                .forEach((id, node) -> nodes.row(
                        id.isEmpty() ? "-" : id,
                        node.source() == Emitted.Replayed.YES ? "yes" : "no",
                        Amounts.count(node.parts()),
                        Amounts.bytes(node.bytes()),
                        Amounts.millis(node.firstMillis()),
                        Amounts.millis(node.lastMillis())));
        out.append(nodes.text(""));
        if (!outline.requests().isEmpty()) {
            TextTable caches = new TextTable(Side.LEFT, Side.RIGHT, Side.RIGHT, Side.RIGHT, Side.RIGHT, Side.RIGHT);
            caches.row("cache of", "hits", "misses", "coalesced", "uncacheable", "bypassed");
            outline.requests()
                    .forEach((id, outcomes) -> caches.row(
                            id,
                            number(outcomes, Outcome.HIT),
                            number(outcomes, Outcome.MISS),
                            number(outcomes, Outcome.COALESCED),
                            number(outcomes, Outcome.UNCACHEABLE),
                            number(outcomes, Outcome.BYPASSED)));
            out.append('\n').append(caches.text(""));
        }
        return out.toString();
    }

    private static String number(Map<Outcome, Long> outcomes, Outcome outcome) {
        return Amounts.count(outcomes.getOrDefault(outcome, 0L));
    }

    private static String count(long number, String what) {
        return Amounts.count(number) + " " + what + (number == 1 ? "" : "s");
    }
}

package io.partflow.cli.listing;

import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonNull;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.PortSpec;
import io.partflow.engine.processor.PortType;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.pipeline.report.TextTable;
import io.partflow.pipeline.report.TextTable.Side;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The catalog as text, as JSON and as a page for a manual. Pure functions.
public final class CatalogListing {
    private CatalogListing() {}

    public static String text(List<ProcessorDescriptor> all) {
        StringBuilder out = new StringBuilder();
        for (ProcessorDescriptor each : all) {
            out.append(out.isEmpty() ? "" : "\n");
            out.append(each.id())
                    .append('@')
                    .append(each.version())
                    .append("  ")
                    .append(each.title());
            out.append(marks(each))
                    .append('\n')
                    .append("  ")
                    .append(each.summary())
                    .append('\n');
            out.append(ports("in ", each.inputs())).append(ports("out", each.outputs()));
            TextTable params = new TextTable(Side.LEFT, Side.LEFT, Side.LEFT, Side.LEFT, Side.LEFT);
            for (ParamSpec param : each.params()) {
                params.row(param.name(), param.type().id(), defaultText(param), rangeText(param), relevanceText(param));
            }
            out.append(params.text("    "));
        }
        return out.toString();
    }

    private static String marks(ProcessorDescriptor each) {
        String needs = each.needs().isEmpty() ? "" : "  (needs " + String.join(", ", each.needs()) + ")";
        return (each.simulated() ? "  (simulated)" : "") + needs;
    }

    private static String ports(String direction, List<PortSpec> ports) {
        return ports.stream()
                .map(port -> "  " + direction + " " + port.name() + ": " + types(port, " ") + optional(port) + "\n")
                .collect(Collectors.joining());
    }

    private static String optional(PortSpec port) {
        return port.presence() == PortSpec.Presence.OPTIONAL ? " (optional)" : "";
    }

    private static String types(PortSpec port, String between) {
        return port.types().stream().sorted().map(PortType::id).collect(Collectors.joining(between));
    }

    private static String defaultText(ParamSpec param) {
        if (param.required()) {
            return "required";
        }
        return param.defaultValue() instanceof JsonNull
                ? "-"
                : param.defaultValue().toJson();
    }

    private static String rangeText(ParamSpec param) {
        if (!param.choices().isEmpty()) {
            return String.join(" | ", param.choices());
        }
        String allowed = param.allowed().strip();
        return allowed.isEmpty() ? param.unit() : allowed;
    }

    private static String relevanceText(ParamSpec param) {
        ParamSpec.Relevance relevance = param.relevance();
        return relevance == null ? "" : "when " + relevance.inWords();
    }

    private static String descriptionText(ParamSpec param) {
        ParamSpec.Relevance relevance = param.relevance();
        return param.description() + (relevance == null ? "" : " Only when " + relevance.inWords() + ".");
    }

    /// The page for a manual, in Markdown: a section a category, a table of parameters a processor.
    public static String markdown(List<ProcessorDescriptor> all) {
        StringBuilder out = new StringBuilder("# Processors\n");
        for (ProcessorDescriptor.Category category : ProcessorDescriptor.Category.values()) {
            List<ProcessorDescriptor> some =
                    all.stream().filter(each -> each.category() == category).toList();
            if (!some.isEmpty()) {
                out.append("\n## ").append(category.title()).append('\n');
                some.forEach(each -> section(out, each));
            }
        }
        return out.toString();
    }

    private static void section(StringBuilder out, ProcessorDescriptor each) {
        out.append("\n### ")
                .append(each.title())
                .append(" (`")
                .append(each.id())
                .append("`)\n\n");
        out.append(each.summary())
                .append(each.simulated() ? " Results are simulated." : "")
                .append('\n');
        if (!each.example().isEmpty()) {
            out.append("\nFor instance: ").append(each.example()).append('\n');
        }
        out.append("\n- Version ")
                .append(each.version())
                .append(", ")
                .append(name(each.kind()))
                .append(" processor");
        out.append(each.deterministic() ? ", deterministic" : "");
        out.append(each.cacheByDefault() ? ", cached by default" : "").append('\n');
        each.inputs()
                .forEach(port ->
                        out.append("- Input `" + port.name() + "`: " + types(port, ", ") + optional(port) + "\n"));
        each.outputs().forEach(port -> out.append("- Output `" + port.name() + "`: " + types(port, ", ") + "\n"));
        if (!each.substreamsOut().isEmpty()) {
            out.append("- Substreams: ")
                    .append(String.join(", ", each.substreamsOut()))
                    .append('\n');
        }
        if (!each.needs().isEmpty()) {
            out.append("- Needs: ").append(String.join(", ", each.needs())).append('\n');
        }
        if (!each.params().isEmpty()) {
            out.append("\n| parameter | type | default | range | what it does |\n|---|---|---|---|---|\n");
            each.params()
                    .forEach(param -> out.append(
                            "| `" + param.name() + "` | " + param.type().id() + " | " + cell(defaultText(param)) + " | "
                                    + cell(rangeText(param)) + " | " + cell(descriptionText(param)) + " |\n"));
        }
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }

    /// The descriptors as a JSON array.
    public static JsonArray json(List<ProcessorDescriptor> all) {
        return array(all, CatalogListing::descriptor);
    }

    private static JsonObject descriptor(ProcessorDescriptor each) {
        return JsonObject.builder()
                .put("id", each.id())
                .put("version", each.version())
                .put("title", each.title())
                .put("summary", each.summary())
                .put("category", name(each.category()))
                .put("synonyms", array(each.synonyms(), JsonValue::of))
                .put("icon", each.icon())
                .put("example", each.example())
                .put("inputs", array(each.inputs(), CatalogListing::port))
                .put("outputs", array(each.outputs(), CatalogListing::port))
                .put("params", array(each.params(), CatalogListing::param))
                .put("kind", name(each.kind()))
                .put("work", name(each.work()))
                .put("deterministic", each.deterministic())
                .put("cacheByDefault", each.cacheByDefault())
                .put("simulated", each.simulated())
                .put("needs", array(each.needs(), JsonValue::of))
                .put("substreamsOut", array(each.substreamsOut(), JsonValue::of))
                .put("feed", name(each.feed()))
                .put("gathering", each.gathering().id())
                .build();
    }

    private static JsonObject port(PortSpec port) {
        return JsonObject.builder()
                .put("name", port.name())
                .put("types", array(port.types().stream().sorted().toList(), type -> JsonValue.of(type.id())))
                .put("required", port.presence() == PortSpec.Presence.REQUIRED)
                .build();
    }

    private static JsonObject param(ParamSpec param) {
        return JsonObject.builder()
                .put("name", param.name())
                .put("title", param.title())
                .put("description", param.description())
                .put("type", param.type().id())
                .put("unit", param.unit())
                .put("min", number(param.min()))
                .put("max", number(param.max()))
                .put("step", number(param.step()))
                .put("default", param.defaultValue())
                .put("choices", array(param.choices(), JsonValue::of))
                .put("required", param.required())
                .put("inKey", param.inKey())
                .put("nests", array(param.nests().stream().sorted().toList(), kind -> JsonValue.of(name(kind))))
                .put("cases", array(param.cases(), JsonValue::of))
                .put("visibleWhen", relevance(param))
                .build();
    }

    private static JsonValue relevance(ParamSpec param) {
        ParamSpec.Relevance relevance = param.relevance();
        return relevance == null
                ? JsonValue.ofNull()
                : JsonObject.of(
                        "param", JsonValue.of(relevance.param()), "values", array(relevance.values(), JsonValue::of));
    }

    private static JsonValue number(@Nullable Double number) {
        if (number == null) {
            return JsonValue.ofNull();
        }
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? JsonValue.of(number.longValue())
                : JsonValue.of(number.doubleValue());
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static <T> JsonArray array(List<T> values, Function<T, ? extends JsonValue> form) {
        List<JsonValue> forms = values.stream().<JsonValue>map(form).toList();
        return new JsonArray(forms);
    }
}

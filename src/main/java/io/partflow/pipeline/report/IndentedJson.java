package io.partflow.pipeline.report;

import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import java.util.List;

/// JSON for people: two spaces a level, names in their order, arrays of plain values and empty ones on one
/// line. Pure.
public final class IndentedJson {
    private IndentedJson() {}

    /// The text, without a newline at its end.
    public static String of(JsonValue value) {
        StringBuilder out = new StringBuilder();
        write(value, "\n", out);
        return out.toString();
    }

    private static void write(JsonValue value, String newline, StringBuilder out) {
        switch (value) {
            case JsonObject object
            when !object.isEmpty() -> {
                String inner = newline + "  ";
                String before = "{";
                for (String name : object.names()) {
                    out.append(before)
                            .append(inner)
                            .append(JsonValue.of(name).toJson())
                            .append(": ");
                    JsonValue member = object.get(name);
                    write(member == null ? JsonValue.ofNull() : member, inner, out);
                    before = ",";
                }
                out.append(newline).append('}');
            }
            case JsonArray array
            when holdsStructure(array.values()) -> {
                String inner = newline + "  ";
                String before = "[";
                for (JsonValue each : array.values()) {
                    out.append(before).append(inner);
                    write(each, inner, out);
                    before = ",";
                }
                out.append(newline).append(']');
            }
            default -> out.append(value.toJson());
        }
    }

    private static boolean holdsStructure(List<JsonValue> values) {
        return values.stream().anyMatch(each -> each instanceof JsonObject || each instanceof JsonArray);
    }
}

package io.partflow.ui.inspect.part;

import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonBoolean;
import io.partflow.engine.content.JsonInteger;
import io.partflow.engine.content.JsonNull;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonReal;
import io.partflow.engine.content.JsonString;
import io.partflow.engine.content.JsonValue;

/// JSON for reading: a field a line, names in the order they have, short lists on one line. Keeps no state.
final class PrettyJson {
    private static final int SHORT_LIST = 72;

    private PrettyJson() {}

    static String of(JsonValue value) {
        StringBuilder out = new StringBuilder();
        write(out, value, 0);
        return out.toString();
    }

    private static void write(StringBuilder out, JsonValue value, int depth) {
        switch (value) {
            case JsonObject object -> {
                if (object.isEmpty()) {
                    out.append("{}");
                    return;
                }
                String before = "{";
                for (String name : object.names()) {
                    out.append(before);
                    line(out, depth + 1);
                    out.append('"').append(name).append("\": ");
                    JsonValue field = object.get(name);
                    write(out, field == null ? JsonValue.ofNull() : field, depth + 1);
                    before = ",";
                }
                line(out, depth);
                out.append('}');
            }
            case JsonArray array -> {
                boolean simple = array.values().stream()
                        .noneMatch(each -> each instanceof JsonObject || each instanceof JsonArray);
                String flat = simple ? array.toJson() : "";
                if (simple && flat.length() <= SHORT_LIST) {
                    out.append(flat);
                    return;
                }
                String before = "[";
                for (JsonValue each : array) {
                    out.append(before);
                    line(out, depth + 1);
                    write(out, each, depth + 1);
                    before = ",";
                }
                line(out, depth);
                out.append(']');
            }
            // The text itself, not its ASCII form: it is here to be read.
            case JsonString string -> out.append('"').append(string.value()).append('"');
            case JsonInteger number -> out.append(number);
            case JsonReal number -> out.append(number);
            case JsonBoolean flag -> out.append(flag);
            case JsonNull nothing -> out.append("null");
        }
    }

    private static void line(StringBuilder out, int depth) {
        out.append('\n').repeat("  ", depth);
    }
}

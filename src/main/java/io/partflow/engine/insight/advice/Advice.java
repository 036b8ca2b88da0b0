package io.partflow.engine.insight.advice;

import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import java.util.List;

/// One thing to change about a node's cache. Immutable.
///
/// @param rule the name of the rule that says so
/// @param node the id of the node
/// @param title what to do, one sentence
/// @param evidence what was seen
/// @param prediction what it would bring
/// @param change what to change
public record Advice(
        String rule, String node, String title, List<Evidence> evidence, Prediction prediction, ProposedChange change) {
    /// A thing that was counted or measured, with its value in words.
    public record Evidence(String what, String value) {}

    public Advice {
        evidence = List.copyOf(evidence);
    }

    /// `{"rule","node","title","evidence":[{"what","value"}],"prediction":{...},"change":{...}}`
    public JsonObject toJson() {
        List<JsonValue> seen = evidence.stream()
                .<JsonValue>map(
                        each -> JsonObject.of("what", JsonValue.of(each.what()), "value", JsonValue.of(each.value())))
                .toList();
        return JsonObject.builder()
                .put("rule", rule)
                .put("node", node)
                .put("title", title)
                .put("evidence", new JsonArray(seen))
                .put("prediction", prediction.toJson())
                .put("change", change.toJson())
                .build();
    }
}

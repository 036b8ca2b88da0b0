package io.partflow.engine.content;

/// A JSON string; may hold lone surrogates, which survive writing and reading.
public record JsonString(String value) implements JsonValue {
    @Override
    public String toString() {
        return toJson();
    }
}

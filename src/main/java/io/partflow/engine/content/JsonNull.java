package io.partflow.engine.content;

/// The JSON null: a value that is present and says nothing.
public enum JsonNull implements JsonValue {
    NULL;

    @Override
    public String toString() {
        return "null";
    }
}

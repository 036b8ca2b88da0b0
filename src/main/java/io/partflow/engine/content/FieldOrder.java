package io.partflow.engine.content;

/// The order in which the fields of a JSON object are written.
enum FieldOrder {
    /// As declared or inserted: the wire form.
    DECLARED,
    /// By Unicode code point of the name, at every level: the canonical form.
    CODE_POINT
}

package io.partflow.engine.processor;

import java.util.Locale;

/// The type of a parameter, which decides its editor, its JSON form and its check.
///
/// JSON forms: [#BOOL] true or false; [#INT], [#DURATION] (milliseconds) and [#BYTES] integers; [#REAL] a number;
/// [#TEXT], [#CHOICE] and
/// [#FILE] strings; [#LIST] an array of strings; [#SECRET] an object `{"env": "NAME"}` that names an environment
/// variable.
public enum ParamType {
    BOOL,
    INT,
    REAL,
    TEXT,
    CHOICE,
    DURATION,
    BYTES,
    FILE,
    LIST,
    SECRET;

    /// The lower-case name used in descriptors and listings.
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package io.partflow.engine.content;

/// Says that a text is not a part, a content or a JSON value, where, and what to do about it.
///
/// Unchecked: whoever reads a user's document catches it and makes a problem of it.
public final class WireFormException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String path;
    private final String remedy;

    public WireFormException(String path, String reason, String remedy) {
        super((path.isEmpty() ? "" : path + ": ") + reason + ". " + remedy);
        this.path = path;
        this.remedy = remedy;
    }

    WireFormException(String path, String reason, String remedy, Throwable cause) {
        this(path, reason, remedy);
        initCause(cause);
    }

    /// JSON pointer to the place, such as `/0/part/inline_data`; empty for the whole text.
    public String path() {
        return path;
    }

    /// One sentence: what the user can do.
    public String remedy() {
        return remedy;
    }
}

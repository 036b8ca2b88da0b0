package io.partflow.engine.content;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;

/// Says that a text is not a part, a content or a JSON value, where, and what to do about it.
///
/// Unchecked: whoever reads a user's document catches it and makes a problem of it.
public final class WireFormException extends IllegalArgumentException {
    static final String JSON_REMEDY = "Check that the text is complete JSON as Python's json.dumps writes it.";

    private static final int LONGEST_PATH = 200;
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

    /// The parser met text that is not JSON; the reason names line and column, never the text itself.
    static WireFormException damaged(JsonParser parser, IOException cause) {
        JsonLocation place = parser.currentLocation();
        String where = "line " + place.getLineNr() + ", column " + place.getColumnNr();
        return cause instanceof StreamConstraintsException
                ? new WireFormException(
                        pathOf(parser),
                        "nested too deep, or a number of too many digits, at " + where,
                        "Make the value simpler: " + WireForm.LIMITS + ".",
                        cause)
                : new WireFormException(pathOf(parser), "not JSON at " + where, JSON_REMEDY, cause);
    }

    static WireFormException unexpected(String found) {
        return new WireFormException("", "a value is expected, not " + found, JSON_REMEDY);
    }

    /// Checks that nothing but white space follows.
    static void requireEnd(JsonParser parser) {
        try {
            if (parser.nextToken() != null) {
                throw new WireFormException("", "more text follows the end of the value", JSON_REMEDY);
            }
        } catch (IOException e) {
            throw damaged(parser, e);
        }
    }

    static String pathOf(JsonParser parser) {
        String path = parser.getParsingContext().pathAsPointer().toString();
        return path.length() <= LONGEST_PATH ? path : path.substring(0, LONGEST_PATH) + "…";
    }

    /// JSON pointer to the place, such as `/0/part/inline_data`; empty for the whole text; cut when very long.
    public String path() {
        return path;
    }

    /// One sentence: what the user can do.
    public String remedy() {
        return remedy;
    }
}

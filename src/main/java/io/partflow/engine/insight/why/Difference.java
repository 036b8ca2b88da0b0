package io.partflow.engine.insight.why;

import java.util.List;

/// One thing in which a request differs from an earlier one. Immutable.
///
/// @param part the place of the part in the request, from 0, or in the earlier one where it was removed
/// @param field the wire name of what differs: `text`, `data`, `role`, `substream_name`, `mimetype`,
/// `metadata.` and a name; empty where the whole part is concerned
/// @param earlier its value then, shortened; empty where there was none or it is no longer held
/// @param now its value now, likewise
/// @param text how a text changed; empty for other fields, and where the earlier text is no longer held
public record Difference(Change change, int part, String field, String earlier, String now, List<TextDiff.Edit> text) {
    /// What became of it.
    public enum Change {
        ADDED,
        REMOVED,
        CHANGED,
        MOVED
    }

    public Difference {
        text = List.copyOf(text);
    }
}

package io.partflow.ui.inspect.trace;

import io.partflow.engine.content.Part;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One row of the tree of a trace or a recording. Immutable.
///
/// @param title name of a call or node, or the begin of a part
/// @param relation how a call is fed; empty for other rows
/// @param atMillis since the start of the trace, or null if unknown
/// @param tookMillis how long a call took, or null if it never ended or is no call
/// @param inputs how many parts went in; null where that says nothing
/// @param outputs how many parts came out; null where that says nothing
/// @param state how a call ended, or what an error says; may be empty
/// @param part the part of the row, or null
/// @param children rows below it
public record TraceItem(
        Kind kind,
        String title,
        String relation,
        @Nullable Double atMillis,
        @Nullable Double tookMillis,
        @Nullable Long inputs,
        @Nullable Long outputs,
        String state,
        @Nullable Part part,
        List<TraceItem> children) {
    /// What a row stands for.
    public enum Kind {
        CALL,
        FAILED_CALL,
        NODE,
        INPUT,
        OUTPUT,
        ERROR,
        NOTE
    }

    public TraceItem {
        children = List.copyOf(children);
    }

    static TraceItem ofPart(Kind kind, double atMillis, String title, @Nullable Part part) {
        return new TraceItem(kind, title, "", atMillis, null, null, null, "", part, List.of());
    }

    static TraceItem ofText(Kind kind, @Nullable Double atMillis, String title, String state) {
        return new TraceItem(kind, title, "", atMillis, null, null, null, state, null, List.of());
    }
}

package io.partflow.ui.editor.model;

import io.partflow.ui.support.Badge;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a node shows of itself at one moment, ready to draw. Immutable.
///
/// @param state its state, as glyph and word
/// @param rate what stands at the right of the state: a rate, a share of time, a count or a failure's code; may be
/// empty
/// @param counts one line of counts; its pieces are drawn one after the other
/// @param cache the cache row, or null for a node that is not cached
/// @param preview the last part, or what is known before there is one
/// @param wellPx the height of the preview, 0 for none
/// @param time how it spent the last interval, or null before a run
/// @param tag a word at the right of the title that must not be missed, such as "simulated"; may be empty
/// @param spoken the state and the numbers as a sentence for a screen reader
public record NodeFace(
        State state,
        String rate,
        List<Count> counts,
        @Nullable CacheFace cache,
        Preview preview,
        double wellPx,
        @Nullable TimeShares time,
        String tag,
        String spoken) {
    public NodeFace {
        counts = List.copyOf(counts);
    }

    /// The states a node can be seen in, each with a glyph, a word and a tone.
    public enum State {
        IDLE("circle", Tone.MUTED),
        RUNNING("playf", Tone.SUCCESS),
        PAUSED("pausef", Tone.MUTED),
        WAITING("clock", Tone.MUTED),
        BLOCKED("blocked", Tone.WARNING),
        DONE("check", Tone.SUCCESS),
        /// Done, but some parts failed.
        PARTLY("alert-triangle", Tone.WARNING),
        FAILED("x-circle", Tone.DANGER),
        CANCELLED("square", Tone.MUTED),
        BYPASSED("corner-down-right", Tone.MUTED),
        MUTED("minus-circle", Tone.MUTED);

        private final String icon;
        private final Tone tone;

        State(String icon, Tone tone) {
            this.icon = icon;
            this.tone = tone;
        }

        public String icon() {
            return icon;
        }

        public Tone tone() {
            return tone;
        }
    }

    /// The meaning that a colour carries.
    public enum Tone {
        MUTED,
        SUCCESS,
        WARNING,
        DANGER,
        HIT,
        MISS,
        COALESCED
    }

    /// A piece of the line of counts, such as "340 hits".
    public record Count(String text, Tone tone) {}

    /// The cache row.
    ///
    /// @param hitRatio 0 to 1, or NaN before the first request
    /// @param text the ratio in per cent, or words
    /// @param badge how requests to it ended lately, or null
    public record CacheFace(
            double hitRatio, String text, @Nullable Badge badge) {}

    /// Shares of the last interval, from 0 to 1, together at most 1.
    public record TimeShares(double busy, double waiting, double blocked) {}
}

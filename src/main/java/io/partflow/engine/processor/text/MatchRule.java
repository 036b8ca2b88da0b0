package io.partflow.engine.processor.text;

import io.partflow.engine.content.Part;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// What a [TextMatch] looks for and does with it. Immutable.
///
/// @param pattern what to find; empty matches do not count
/// @param wordStart plain text that every match holds: parts before it need not wait; empty if there is none. Its
/// case
///     counts unless the pattern ignores case
/// @param substreamInput the substream that is searched
/// @param substreamOutput the substream of what was found
/// @param flush which part ends the search in what came before it and in itself
/// @param mode what happens to the text that was found
/// @param border what happens to a match that further text could lengthen
/// @param transform what becomes of a found part
/// @param bufferChars how many characters may wait for a match, and how many KiB of parts with them, at least 1; what
///     is beyond leaves unsearched
public record MatchRule(
        Pattern pattern,
        String wordStart,
        String substreamInput,
        String substreamOutput,
        Predicate<Part> flush,
        Mode mode,
        Border border,
        UnaryOperator<Part> transform,
        int bufferChars) {
    /// What happens to the text that was found.
    public enum Mode {
        /// It is taken out of the stream.
        REMOVE,
        /// It stays, without delay; what was found follows it. Of several matches that end in one part the first
        /// counts, as in genai-processors.
        KEEP_FIRST,
        /// It stays, without delay; every match is found.
        KEEP_ALL
    }

    /// What happens to a match that ends where the text so far ends.
    public enum Border {
        /// It counts as it is, as in genai-processors.
        CUT,
        /// It waits for the next part, if further text could make it longer.
        JOIN
    }

    private static final int BUFFER_CHARS = 1 << 16;

    public MatchRule {
        if (bufferChars < 1) {
            throw new IllegalArgumentException("buffer is " + bufferChars + " characters; it must be at least 1");
        }
    }

    /// Takes matches out of ordinary parts until the end of each turn; a dot matches line ends too.
    public static MatchRule of(String regex, String substreamOutput) {
        return of(Pattern.compile(regex, Pattern.DOTALL), substreamOutput);
    }

    public static MatchRule of(Pattern pattern, String substreamOutput) {
        return new MatchRule(
                pattern,
                "",
                "",
                substreamOutput,
                Part::isEndOfTurn,
                Mode.REMOVE,
                Border.CUT,
                UnaryOperator.identity(),
                BUFFER_CHARS);
    }

    public MatchRule withWordStart(String text) {
        return new MatchRule(
                pattern, text, substreamInput, substreamOutput, flush, mode, border, transform, bufferChars);
    }

    public MatchRule withSubstreamInput(String substream) {
        return new MatchRule(
                pattern, wordStart, substream, substreamOutput, flush, mode, border, transform, bufferChars);
    }

    public MatchRule withSubstreamOutput(String substream) {
        return new MatchRule(
                pattern, wordStart, substreamInput, substream, flush, mode, border, transform, bufferChars);
    }

    public MatchRule withFlush(Predicate<Part> condition) {
        return new MatchRule(
                pattern, wordStart, substreamInput, substreamOutput, condition, mode, border, transform, bufferChars);
    }

    public MatchRule withMode(Mode other) {
        return new MatchRule(
                pattern, wordStart, substreamInput, substreamOutput, flush, other, border, transform, bufferChars);
    }

    public MatchRule withBorder(Border other) {
        return new MatchRule(
                pattern, wordStart, substreamInput, substreamOutput, flush, mode, other, transform, bufferChars);
    }

    public MatchRule withTransform(UnaryOperator<Part> other) {
        return new MatchRule(
                pattern, wordStart, substreamInput, substreamOutput, flush, mode, border, other, bufferChars);
    }

    public MatchRule withBufferChars(int chars) {
        return new MatchRule(
                pattern, wordStart, substreamInput, substreamOutput, flush, mode, border, transform, chars);
    }

    /// Whether parts of this kind are searched.
    boolean searches(Part part) {
        return part.isText() && part.substream().equals(substreamInput);
    }

    boolean removes() {
        return mode == Mode.REMOVE;
    }

    /// Whether a text may hold a match at all.
    boolean mayMatch(StringBuilder text) {
        if (wordStart.isEmpty() || text.indexOf(wordStart) >= 0) {
            return true;
        }
        if ((pattern.flags() & Pattern.CASE_INSENSITIVE) == 0) {
            return false;
        }
        String whole = text.toString();
        for (int i = 0; i + wordStart.length() <= whole.length(); i++) {
            if (whole.regionMatches(true, i, wordStart, 0, wordStart.length())) {
                return true;
            }
        }
        return false;
    }
}

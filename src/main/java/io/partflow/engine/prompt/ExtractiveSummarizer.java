package io.partflow.engine.prompt;

import io.partflow.engine.content.Part;
import io.partflow.engine.content.TextBody;
import io.partflow.engine.content.text.LexRank;
import io.partflow.engine.content.text.Sentences;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Sums parts up by picking from their texts, as a function says: `[Summary of n parts]: ` and what it picks.
///
/// The function gets the texts joined by blank lines, without the marks of earlier summaries. Where it
/// picks nothing less than everything, or there is no text, the result is that of [ClippingSummarizer].
/// Immutable, thread-safe as its function is. An interrupt ends the picking, stays set, and the beginning
/// of the texts stands instead.
public final class ExtractiveSummarizer implements Summarizer {
    /// Picks the sentences of a text that stand for it.
    @FunctionalInterface
    public interface Extraction {
        /// @param text not blank
        /// @throws InterruptedException when the thread is interrupted meanwhile
        String extract(String text) throws InterruptedException;
    }

    /// How much text the function is given at most, in characters; of a longer one, the newest.
    public static final int MOST_CHARS = 1 << 20;

    private static final Pattern MARK = Pattern.compile("^\\[Summary of \\d+ parts\\]: ");

    private final Extraction extraction;

    public ExtractiveSummarizer(Extraction extraction) {
        this.extraction = extraction;
    }

    /// The most central sentences of all texts, in their order, word for word, as [LexRank] ranks them.
    ///
    /// @param maxSentences the most sentences of a summary, at least 1
    /// @param maxChars the most characters of a summary, at least 1
    /// @param locale whose rules end sentences; [Locale#ROOT] for the general ones
    public static ExtractiveSummarizer lexRank(int maxSentences, int maxChars, Locale locale) {
        if (maxSentences < 1 || maxChars < 1) {
            throw new IllegalArgumentException("a summary of " + maxSentences + " sentences and " + maxChars
                    + " characters; both must be at least 1");
        }
        return new ExtractiveSummarizer(
                text -> String.join(" ", LexRank.DEFAULT.choose(Sentences.of(text, locale), maxSentences, maxChars)));
    }

    @Override
    public Part summarise(List<Part> parts, long originalCount) {
        String joined = joined(parts);
        if (!joined.isBlank()) {
            try {
                String picked = extraction.extract(joined);
                if (!picked.isBlank() && picked.length() < joined.length()) {
                    return Summarizer.summary("[Summary of " + originalCount + " parts]: " + picked, originalCount);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return ClippingSummarizer.INSTANCE.summarise(parts, originalCount);
    }

    private static String joined(List<Part> parts) {
        ArrayDeque<String> newest = new ArrayDeque<>();
        long chars = 0;
        for (int i = parts.size() - 1; i >= 0 && chars < MOST_CHARS; i--) {
            Part part = parts.get(i);
            if (part.isText() && part.body() instanceof TextBody(String text) && !text.isBlank()) {
                String bare =
                        part.metadata().has(COMPRESSED) ? MARK.matcher(text).replaceFirst("") : text;
                String fitting = bare.substring((int) Math.max(0, bare.length() - (MOST_CHARS - chars)));
                newest.addFirst(fitting);
                chars += fitting.length() + 2;
            }
        }
        return String.join("\n\n", newest);
    }
}

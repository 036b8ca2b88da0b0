package io.partflow.engine.content.text;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Finds the paragraphs and the sentences of a text. All methods are pure and thread-safe.
///
/// Sentences end where [BreakIterator] says, mended in two ways: no sentence ends after a title or initial
/// ("Mr.", "J."), and none starts with a small letter. Line breaks inside a paragraph count as spaces,
/// because printed text is wrapped.
public final class Sentences {
    private static final Pattern BLANK_LINES = Pattern.compile("(?:\\R[ \\t]*){2,}");
    private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");

    /// Words that end in a full stop in the middle of a sentence, in lower case.
    private static final Set<String> ABBREVIATIONS = Set.of(
            "mr.", "mrs.", "ms.", "dr.", "prof.", "st.", "sr.", "jr.", "no.", "vs.", "e.g.", "i.e.", "cf.", "fig.",
            "approx.", "hr.", "fr.", "bzw.", "z.b.", "d.h.", "ca.", "nr.", "usw.", "mme.", "mlle.", "sra.", "srta.");

    private Sentences() {}

    /// The paragraphs: what stands between blank lines, without surrounding white space; none is empty.
    public static List<String> paragraphs(String text) {
        List<String> paragraphs = new ArrayList<>();
        for (String each : BLANK_LINES.split(text)) {
            String paragraph = each.strip();
            if (!paragraph.isEmpty()) {
                paragraphs.add(paragraph);
            }
        }
        return paragraphs;
    }

    /// The sentences of all paragraphs in order, each on one line; none is empty.
    ///
    /// @throws InterruptedException when the thread is interrupted meanwhile
    public static List<String> of(String text, Locale locale) throws InterruptedException {
        BreakIterator breaks = BreakIterator.getSentenceInstance(locale);
        List<String> sentences = new ArrayList<>();
        for (String paragraph : paragraphs(text)) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            addSentences(WHITE_SPACE.matcher(paragraph).replaceAll(" "), breaks, sentences);
        }
        return sentences;
    }

    private static void addSentences(String paragraph, BreakIterator breaks, List<String> sentences) {
        breaks.setText(paragraph);
        int start = 0;
        for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
            if (end == paragraph.length() || endsSentence(paragraph, start, end)) {
                String sentence = paragraph.substring(start, end).strip();
                if (!sentence.isEmpty()) {
                    sentences.add(sentence);
                }
                start = end;
            }
        }
    }

    private static boolean endsSentence(String paragraph, int start, int end) {
        if (Character.isLowerCase(paragraph.codePointAt(end))) {
            return false;
        }
        String sentence = paragraph.substring(start, end).stripTrailing();
        int space = sentence.lastIndexOf(' ');
        String last = sentence.substring(space + 1);
        boolean initial = last.length() == 2
                && last.charAt(1) == '.'
                && Character.isUpperCase(last.charAt(0))
                && last.charAt(0) != 'I';
        return !initial && !ABBREVIATIONS.contains(last.toLowerCase(Locale.ROOT));
    }
}

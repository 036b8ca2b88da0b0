package io.partflow.engine.content.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Sentences as unit vectors of tf-idf weights over the terms of one section; sparse. Not changed after it
/// is made.
final class SentenceVectors {
    private final int[][] terms;
    private final double[][] weights;
    private final int[] words;
    private final List<List<Posting>> index;

    private static final int MAX_WORDS = 400;

    private record Posting(int sentence, double weight) {}

    private SentenceVectors(int[][] terms, double[][] weights, int[] words, List<List<Posting>> index) {
        this.terms = terms;
        this.weights = weights;
        this.words = words;
        this.index = index;
    }

    /// @param chosen which of the sentences
    static SentenceVectors of(List<String> sentences, int[] chosen) throws InterruptedException {
        int n = chosen.length;
        Map<String, Integer> numbers = new HashMap<>();
        List<List<Posting>> index = new ArrayList<>();
        int[][] terms = new int[n][];
        double[][] weights = new double[n][];
        int[] words = new int[n];
        for (int i = 0; i < n; i++) {
            LexRank.checkInterrupt();
            List<String> tokens = tokens(sentences.get(chosen[i]));
            words[i] = tokens.size();
            Map<Integer, Integer> counts = new TreeMap<>();
            for (String token : tokens) {
                Integer number = numbers.get(token);
                if (number == null) {
                    number = numbers.size();
                    numbers.put(token, number);
                    index.add(new ArrayList<>());
                }
                counts.merge(number, 1, Integer::sum);
            }
            terms[i] = counts.keySet().stream().mapToInt(t -> t).toArray();
            weights[i] = counts.values().stream().mapToDouble(c -> c).toArray();
        }
        double[] idf = inverseFrequencies(terms, numbers.size());
        for (int i = 0; i < n; i++) {
            normalise(terms[i], weights[i], idf);
            for (int k = 0; k < terms[i].length; k++) {
                index.get(terms[i][k]).add(new Posting(i, weights[i][k]));
            }
        }
        return new SentenceVectors(terms, weights, words, index);
    }

    private static double[] inverseFrequencies(int[][] terms, int count) {
        int[] frequency = new int[count];
        for (int[] each : terms) {
            for (int term : each) {
                frequency[term]++;
            }
        }
        double[] idf = new double[count];
        for (int term = 0; term < count; term++) {
            idf[term] = Math.log(1.0 + (double) terms.length / frequency[term]) - Math.log(2.0) + 1e-6;
        }
        return idf;
    }

    private static void normalise(int[] terms, double[] weights, double[] idf) {
        double sum = 0;
        for (int k = 0; k < terms.length; k++) {
            weights[k] *= idf[terms[k]];
            sum += weights[k] * weights[k];
        }
        double length = Math.sqrt(sum);
        for (int k = 0; k < terms.length; k++) {
            weights[k] /= length;
        }
    }

    /// How many words the sentence has, repetitions included; at most [#MAX_WORDS].
    int words(int sentence) {
        return words[sentence];
    }

    int size() {
        return terms.length;
    }

    /// Fills in the cosine of a sentence with every other, 0 for itself.
    void likenessOf(int sentence, double[] likeness) {
        Arrays.fill(likeness, 0);
        for (int k = 0; k < terms[sentence].length; k++) {
            for (Posting posting : index.get(terms[sentence][k])) {
                likeness[posting.sentence()] += weights[sentence][k] * posting.weight();
            }
        }
        likeness[sentence] = 0;
    }

    double cosine(int a, int b) {
        double sum = 0;
        for (int i = 0, j = 0; i < terms[a].length && j < terms[b].length; ) {
            if (terms[a][i] == terms[b][j]) {
                sum += weights[a][i++] * weights[b][j++];
            } else if (terms[a][i] < terms[b][j]) {
                i++;
            } else {
                j++;
            }
        }
        return sum;
    }

    /// Runs of letters and digits in lower case; an ideograph is a word of its own, because those scripts
    /// have no spaces.
    static List<String> tokens(String sentence) {
        List<String> tokens = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < sentence.length() && tokens.size() < MAX_WORDS; ) {
            int c = sentence.codePointAt(i);
            i += Character.charCount(c);
            boolean ideograph = Character.isIdeographic(c);
            if (!ideograph && (Character.isLetterOrDigit(c) || Character.getType(c) == Character.NON_SPACING_MARK)) {
                word.appendCodePoint(c);
                continue;
            }
            finish(word, tokens);
            if (ideograph) {
                tokens.add(Character.toString(c));
            }
        }
        finish(word, tokens);
        return tokens;
    }

    private static void finish(StringBuilder word, List<String> tokens) {
        if (!word.isEmpty()) {
            tokens.add(word.toString().toLowerCase(Locale.ROOT));
            word.setLength(0);
        }
    }
}

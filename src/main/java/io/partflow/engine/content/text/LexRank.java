package io.partflow.engine.content.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Ranks sentences by how central they are among all sentences. Immutable, thread-safe.
///
/// @param threshold the least cosine, from 0 to 1, at which two sentences support each other
/// @param damping the share of a rank that comes from neighbours, at least 0 and less than 1
public record LexRank(double threshold, double damping) {
    /*
     * Idea. A sentence matters when many sentences that matter are like it: the stationary distribution of
     * a walk over the graph of likeness [1], as PageRank does for pages [2]. Sentences are vectors of
     * tf-idf weights; likeness is their cosine; edges below the threshold are dropped; rank = (1 - damping)
     * / n + damping * sum of neighbours' ranks, each shared out by edge weight.
     *
     * Invariants. Ranks are positive and sum to 1. Equal input gives equal output: terms are numbered in
     * order of appearance, sums run in a fixed order, ties go to the earlier sentence.
     *
     * Complexity. Only sentences that share a term are compared (an inverted index), so a section costs the
     * sum of the squared document frequencies in time and n + edges in memory. To stay bounded for any
     * text, more than SECTION sentences are ranked in sections, the best of each section are ranked again,
     * and so on: time grows linearly with the text, memory holds SECTION squared edges at worst. Long
     * sentences are compared by their first few hundred words.
     *
     * [1] G. Erkan, D. Radev: LexRank: Graph-based Lexical Centrality as Salience in Text Summarization.
     * JAIR 22 (2004).
     * [2] S. Brin, L. Page: The Anatomy of a Large-Scale Hypertextual Web Search Engine. Computer Networks
     * 30 (1998).
     */
    /// More sentences than these are ranked in sections.
    static final int SECTION = 1_000;

    /// Likeness 0.1, damping 0.85.
    public static final LexRank DEFAULT = new LexRank(0.1, 0.85);

    private static final int ROUNDS = 60;
    private static final double SETTLED = 1e-9;
    private static final double SAME = 0.75;
    private static final int FEWEST_WORDS = 4;

    public LexRank {
        if (!(damping >= 0 && damping < 1)) {
            throw new IllegalArgumentException("damping is " + damping + "; it must be at least 0 and less than 1");
        }
        if (!(threshold >= 0 && threshold <= 1)) {
            throw new IllegalArgumentException("threshold is " + threshold + "; it must be from 0 to 1");
        }
    }

    /// The most central sentences, in the order of the text, without near repetitions.
    ///
    /// @param maxSentences at least 1
    /// @param maxChars the most characters of all together, spaces between them included; if no sentence
    /// fits, the best one is cut
    /// @return not empty unless `sentences` is
    /// @throws InterruptedException when the thread is interrupted meanwhile
    public List<String> choose(List<String> sentences, int maxSentences, int maxChars) throws InterruptedException {
        if (sentences.size() <= maxSentences && length(sentences) <= maxChars) {
            return sentences;
        }
        int[] candidates = IntStream.range(0, sentences.size()).toArray();
        while (candidates.length > SECTION) {
            candidates = bestOfSections(sentences, candidates, maxSentences);
        }
        SentenceVectors vectors = SentenceVectors.of(sentences, candidates);
        double[] ranks = rank(vectors);
        List<Integer> chosen = new ArrayList<>();
        long left = maxChars;
        for (int i : byRank(vectors, ranks)) {
            String sentence = sentences.get(candidates[i]);
            long needed = sentence.length() + (chosen.isEmpty() ? 0 : 1);
            if (chosen.size() < maxSentences && needed <= left && isNew(vectors, i, chosen)) {
                chosen.add(i);
                left -= needed;
            }
        }
        if (chosen.isEmpty()) {
            return List.of(cut(sentences.get(candidates[byRank(vectors, ranks)[0]]), maxChars));
        }
        int[] order = candidates;
        return chosen.stream().sorted().map(i -> sentences.get(order[i])).toList();
    }

    private static long length(List<String> sentences) {
        long chars = sentences.size() - 1L;
        for (String sentence : sentences) {
            chars += sentence.length();
        }
        return chars;
    }

    private int[] bestOfSections(List<String> sentences, int[] candidates, int maxSentences)
            throws InterruptedException {
        int keep = Math.min(SECTION / 4, 4 * maxSentences);
        IntStream.Builder best = IntStream.builder();
        for (int from = 0; from < candidates.length; from += SECTION) {
            int[] section = Arrays.copyOfRange(candidates, from, Math.min(from + SECTION, candidates.length));
            SentenceVectors vectors = SentenceVectors.of(sentences, section);
            int[] order = byRank(vectors, rank(vectors));
            IntStream.of(order).limit(keep).sorted().map(i -> section[i]).forEach(best);
        }
        return best.build().toArray();
    }

    /// Positions by falling rank; very short sentences (headings, cries) come last.
    private static int[] byRank(SentenceVectors vectors, double[] ranks) {
        return IntStream.range(0, ranks.length)
                .boxed()
                .sorted(Comparator.<Integer, Boolean>comparing(i -> vectors.words(i) < FEWEST_WORDS)
                        .thenComparing(i -> -ranks[i])
                        .thenComparing(i -> i))
                .mapToInt(i -> i)
                .toArray();
    }

    private static boolean isNew(SentenceVectors vectors, int sentence, List<Integer> chosen) {
        for (int other : chosen) {
            if (vectors.cosine(sentence, other) > SAME) {
                return false;
            }
        }
        return true;
    }

    private static String cut(String sentence, int maxChars) {
        if (sentence.length() <= maxChars) {
            return sentence;
        }
        int end = Math.max(1, maxChars - 1);
        int space = sentence.lastIndexOf(' ', end);
        if (space > end / 2) {
            end = space;
        } else if (Character.isHighSurrogate(sentence.charAt(end - 1))) {
            end = Math.max(0, end - 1);
        }
        return sentence.substring(0, end).stripTrailing() + "…";
    }

    /// The rank of each sentence; positive, sum 1.
    double[] rank(SentenceVectors vectors) throws InterruptedException {
        int n = vectors.size();
        int[][] neighbours = new int[n][];
        float[][] weights = new float[n][];
        double[] likeness = new double[n];
        for (int i = 0; i < n; i++) {
            checkInterrupt();
            vectors.likenessOf(i, likeness);
            int count = 0;
            double sum = 0;
            for (double each : likeness) {
                if (each >= threshold) {
                    count++;
                    sum += each;
                }
            }
            neighbours[i] = new int[count];
            weights[i] = new float[count];
            for (int j = 0, k = 0; j < n; j++) {
                if (likeness[j] >= threshold) {
                    neighbours[i][k] = j;
                    weights[i][k++] = (float) (likeness[j] / sum);
                }
            }
        }
        return walk(neighbours, weights);
    }

    private double[] walk(int[][] neighbours, float[][] weights) throws InterruptedException {
        int n = neighbours.length;
        double[] ranks = new double[n];
        Arrays.fill(ranks, 1.0 / n);
        double change = 1;
        for (int round = 0; round < ROUNDS && change > SETTLED; round++) {
            checkInterrupt();
            double[] next = new double[n];
            double stray = 0;
            for (int i = 0; i < n; i++) {
                if (neighbours[i].length == 0) {
                    stray += ranks[i];
                }
                for (int k = 0; k < neighbours[i].length; k++) {
                    next[neighbours[i][k]] += ranks[i] * weights[i][k];
                }
            }
            change = 0;
            for (int i = 0; i < n; i++) {
                next[i] = (1 - damping) / n + damping * (next[i] + stray / n);
                change = Math.max(change, Math.abs(next[i] - ranks[i]));
            }
            ranks = next;
        }
        return ranks;
    }

    static void checkInterrupt() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }
}

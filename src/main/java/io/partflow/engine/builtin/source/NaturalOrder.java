package io.partflow.engine.builtin.source;

import java.util.Comparator;

/// The order in which people expect names: runs of digits by their number, letters without case, ties by
/// code unit. Stateless.
final class NaturalOrder implements Comparator<String> {
    static final NaturalOrder INSTANCE = new NaturalOrder();

    private NaturalOrder() {}

    @Override
    public int compare(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            if (isDigit(a.charAt(i)) && isDigit(b.charAt(j))) {
                int endA = endOfDigits(a, i);
                int endB = endOfDigits(b, j);
                int order = compareNumbers(a, i, endA, b, j, endB);
                if (order != 0) {
                    return order;
                }
                i = endA;
                j = endB;
                continue;
            }
            int order = Character.compare(folded(a.charAt(i)), folded(b.charAt(j)));
            if (order != 0) {
                return order;
            }
            i++;
            j++;
        }
        int order = Integer.compare(a.length() - i, b.length() - j);
        return order != 0 ? order : a.compareTo(b);
    }

    private static char folded(char c) {
        // A separator sorts before everything, so that a folder's files stay together.
        return c == '/' ? 0 : Character.toLowerCase(Character.toUpperCase(c));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int endOfDigits(String text, int from) {
        int end = from;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static int compareNumbers(String a, int fromA, int endA, String b, int fromB, int endB) {
        int i = fromA;
        while (i < endA - 1 && a.charAt(i) == '0') {
            i++;
        }
        int j = fromB;
        while (j < endB - 1 && b.charAt(j) == '0') {
            j++;
        }
        int order = Integer.compare(endA - i, endB - j);
        return order != 0 ? order : CharSequence.compare(a.subSequence(i, endA), b.subSequence(j, endB));
    }
}

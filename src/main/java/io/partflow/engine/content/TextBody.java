package io.partflow.engine.content;

/// A text; may be empty, and may hold lone surrogates.
public record TextBody(String text) implements PartBody {
    private static final int PIECE = 1024;

    @Override
    public String impliedMimeType() {
        return MimeType.TEXT_PLAIN;
    }

    /// Length in UTF-8, a lone surrogate counting 3 bytes. Takes time in proportion to the text; [Part] keeps the
    /// result.
    @Override
    public long sizeBytes() {
        int length = text.length();
        char[] piece = new char[Math.min(PIECE, length)];
        long bytes = length;
        boolean highBefore = false;
        for (int from = 0; from < length; from += PIECE) {
            int count = Math.min(PIECE, length - from);
            text.getChars(from, from + count, piece, 0);
            // Branch-free, so that the compiler can use vector instructions: one more byte from 0x80 and from 0x800 on.
            int more = 0;
            int seen = 0;
            for (int i = 0; i < count; i++) {
                int c = piece[i];
                more += ((0x7F - c) >>> 31) + ((0x7FF - c) >>> 31);
                seen |= c;
            }
            bytes += more;
            if (highBefore || seen >= Character.MIN_SURROGATE) {
                bytes -= 2L * pairs(piece, count, highBefore);
            }
            highBefore = Character.isHighSurrogate(piece[count - 1]);
        }
        return bytes;
    }

    /// Surrogate pairs that end in the piece: each takes 4 bytes where its halves were counted as 6.
    private static int pairs(char[] piece, int count, boolean highBefore) {
        int pairs = 0;
        boolean high = highBefore;
        for (int i = 0; i < count; i++) {
            if (high && Character.isLowSurrogate(piece[i])) {
                pairs++;
            }
            high = Character.isHighSurrogate(piece[i]);
        }
        return pairs;
    }

    @Override
    public String toString() {
        return "TextBody[" + text.length() + " characters]";
    }
}

package io.partflow.engine.content.ascii;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Against a writer that looks at one code unit after the other.
class EscapedTextPropertyTest {
    private static final int PIECE = EscapedText.PIECE_CHARS;
    private static final int ROUNDS = 3_000;
    private static final String CLEAN =
            " !#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~";
    /// Around every border of the rules, of the bits the scan looks at, and of the surrogates.
    private static final String EDGES = "\0\u0001\u0007\b\t\n"
        + "\u000B\f\r"
        + "\u001F !\"#[\\]~\u007F\u0080\u0081\u009F\u00A0\u00FE\u00FF"
        + "\u0100\u0120\u0122\u015C\u017F\u0180\u1FFF\u2022\u205C\u3FFF\u4000\u7FFE\u7FFF\u8000\u8022\u805C\u807E\u807F"
        + "\u8080\uBFFF\uC000\uD7FF\uD800\uDBFF\uDC00\uDFFF\uE000\uFF22\uFF5C\uFF7F\uFF80\uFFFE\uFFFF";

    private final EscapedText escaped = new EscapedText();
    private byte[] out = new byte[0];

    @Test
    void everyCodeUnit_aloneAndInEachPlaceOfEight_isEscapedAsPythonDoes() {
        for (int unit = 0; unit <= Character.MAX_VALUE; unit++) {
            String one = String.valueOf((char) unit);
            assertEquals(naive(one), written(one), "code unit " + unit);
            String among = CLEAN.substring(0, 25 + unit % 8) + one + CLEAN.substring(0, 9);
            assertEquals(naive(among), written(among), "code unit " + unit + " among clean ones");
        }
    }

    /// Short texts take a way of their own as long as all of it is Latin-1.
    @Test
    void shortTexts_withOneOrTwoEscapesInEachPlace_areEscapedAsPythonDoes() {
        for (int length = 1; length <= 40; length++) {
            for (int at = 0; at < length; at++) {
                for (char unit : EDGES.toCharArray()) {
                    StringBuilder text = new StringBuilder(CLEAN.substring(0, length));
                    text.setCharAt(at, unit);
                    assertEquals(naive(text.toString()), written(text.toString()), length + " chars, " + at);
                    text.setCharAt((at + 3) % length, '\\');
                    text.setCharAt((at + 4) % length, '\u00E9');
                    assertEquals(naive(text.toString()), written(text.toString()), length + " chars, " + at);
                }
            }
        }
    }

    /// Among bytes whose neighbours differ in every bit, so that a carry into the next one would show.
    @Test
    void everyPairOfLatin1CharsInARow_isEscapedAsPythonDoes() {
        for (int first = 0; first < 0x100; first++) {
            for (int second = 0; second < 0x100; second++) {
                String text =
                        CLEAN.substring(0, 14 + (second & 7)) + (char) first + (char) second + (char) first + "~ ~";
                assertEquals(naive(text), written(text), first + ", " + second);
            }
        }
    }

    @Test
    void allCodeUnits_inARow_areEscapedAsPythonDoes() {
        StringBuilder all = new StringBuilder();
        for (int unit = 0; unit <= Character.MAX_VALUE; unit++) {
            all.append((char) unit);
        }
        for (int shift = 0; shift < 8; shift++) {
            String text = CLEAN.substring(0, shift) + all;
            assertEquals(naive(text), written(text), "shifted by " + shift);
        }
    }

    @Test
    void surrogates_pairedLoneAndSwapped_areEscapedOneByOne() {
        for (String text : List.of("\uD83D\uDE00", "\uDE00\uD83D", "\uD83D", "\uDE00", "\uD83D\uD83D\uDE00")) {
            for (int at : List.of(0, 1, 7, 8, 30, PIECE - 2, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE - 1)) {
                String among = "a".repeat(at) + text + "b".repeat(40);
                assertEquals(naive(among), written(among), text.length() + " units at " + at);
            }
        }
    }

    @Test
    void texts_ofEveryLengthAroundThePieces_areWrittenWhole() {
        for (int length = 0; length <= 300; length++) {
            assertLength(length);
        }
        for (int length = PIECE - 70; length <= PIECE + 70; length++) {
            assertLength(length);
            assertLength(length + PIECE);
        }
    }

    private void assertLength(int length) {
        String clean = CLEAN.repeat(length / CLEAN.length() + 1).substring(0, length);
        assertEquals(clean, written(clean), length + " clean chars");
        if (length > 0) {
            for (char last : new char[] {'"', '\n', '\u2019'}) {
                String ended = clean.substring(1) + last;
                assertEquals(naive(ended), written(ended), length + " chars, the last one escaped");
                String begun = last + clean.substring(1);
                assertEquals(naive(begun), written(begun), length + " chars, the first one escaped");
            }
        }
    }

    @Test
    void randomTexts_ofAnyDensity_areWrittenAsOneByOne() {
        for (long seed = 0; seed < ROUNDS; seed++) {
            String text = random(new Random(seed));
            assertEquals(naive(text), written(text), "seed " + seed);
        }
    }

    @Test
    void write_atAnIndex_leavesWhatStandsBefore() {
        byte[] target = new byte[100 + EscapedText.roomFor(PIECE)];
        java.util.Arrays.fill(target, (byte) 'x');
        String text = "a\n".repeat(PIECE / 2);

        int end = escaped.write(text, 0, PIECE, target, 100);

        assertEquals("x".repeat(100), new String(target, 0, 100, StandardCharsets.ISO_8859_1));
        assertEquals(100 + 3 * PIECE / 2, end);
        assertTrue(end <= target.length - Long.BYTES);
    }

    private static String random(Random random) {
        int length = random.nextInt(4) == 0 ? random.nextInt(3 * PIECE) : random.nextInt(200);
        int density = 1 << random.nextInt(10);
        int script = random.nextInt(3);
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(
                    random.nextInt(density) > 0
                            ? CLEAN.charAt(random.nextInt(CLEAN.length()))
                            : switch (script) {
                                case 0 -> EDGES.charAt(random.nextInt(EDGES.length()));
                                case 1 -> (char) random.nextInt(0x100);
                                default -> (char) random.nextInt(0x10000);
                            });
        }
        return text.toString();
    }

    private String written(String text) {
        int room = EscapedText.roomFor(text.length()) + EscapedText.roomFor(PIECE);
        if (out.length < room) {
            out = new byte[room];
        }
        int at = 0;
        for (int from = 0; from < text.length(); from += PIECE) {
            at = escaped.write(text, from, Math.min(PIECE, text.length() - from), out, at);
        }
        return new String(out, 0, at, StandardCharsets.ISO_8859_1);
    }

    private static String naive(String text) {
        StringBuilder escapedText = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> escapedText.append("\\\"");
                case '\\' -> escapedText.append("\\\\");
                case '\n' -> escapedText.append("\\n");
                case '\r' -> escapedText.append("\\r");
                case '\t' -> escapedText.append("\\t");
                case '\b' -> escapedText.append("\\b");
                case '\f' -> escapedText.append("\\f");
                default -> {
                    if (c < 0x20 || c > 0x7E) {
                        escapedText.append("\\u");
                        for (int shift = 12; shift >= 0; shift -= 4) {
                            escapedText.append("0123456789abcdef".charAt(c >> shift & 15));
                        }
                    } else {
                        escapedText.append(c);
                    }
                }
            }
        }
        return escapedText.toString();
    }
}

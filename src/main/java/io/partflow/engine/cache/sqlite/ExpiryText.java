package io.partflow.engine.cache.sqlite;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// The ends of entries as genai-processors writes them: `2026-11-22 07:00:00.000000`, UTC, without a zone. Such texts
/// sort by time. Pure.
final class ExpiryText {
    /// Written for entries without an end, because the other program fails on a row without one.
    static final String NEVER = "9999-12-31 23:59:59.999999";

    private static final long NEVER_FROM_MILLIS =
            LocalDateTime.of(9999, 12, 31, 23, 59, 59).toInstant(ZoneOffset.UTC).toEpochMilli();

    private static final int TO_SECONDS = 19;
    private static final int MILLIS_AT = 20;

    private ExpiryText() {}

    static String of(long millis) {
        if (millis >= NEVER_FROM_MILLIS) {
            return NEVER;
        }
        LocalDateTime at = LocalDateTime.ofEpochSecond(Math.floorDiv(millis, 1_000L), 0, ZoneOffset.UTC);
        StringBuilder text = new StringBuilder(26);
        pad(text, at.getYear(), 4);
        pad(text.append(""), at.getMonthValue(), 2, '-');
        pad(text, at.getDayOfMonth(), 2, '-');
        pad(text, at.getHour(), 2, ' ');
        pad(text, at.getMinute(), 2, ':');
        pad(text, at.getSecond(), 2, ':');
        pad(text, Math.floorMod(millis, 1_000), 3, '.');
        return text.append("000").toString();
    }

    private static void pad(StringBuilder text, int number, int digits, char before) {
        pad(text.append(before), number, digits);
    }

    private static void pad(StringBuilder text, int number, int digits) {
        String plain = Integer.toString(number);
        for (int i = plain.length(); i < digits; i++) {
            text.append('0');
        }
        text.append(plain);
    }

    /// Milliseconds since 1970; [Long#MAX_VALUE] for no end, and for a text that is no time.
    static long millis(@Nullable String text) {
        if (text == null || text.length() < TO_SECONDS || text.startsWith("9999-12-31 23:59:59")) {
            return Long.MAX_VALUE;
        }
        try {
            LocalDateTime at = LocalDateTime.of(
                    number(text, 0, 4),
                    number(text, 5, 7),
                    number(text, 8, 10),
                    number(text, 11, 13),
                    number(text, 14, 16),
                    number(text, 17, TO_SECONDS));
            int millis = text.length() >= MILLIS_AT + 3 ? number(text, MILLIS_AT, MILLIS_AT + 3) : 0;
            return at.toEpochSecond(ZoneOffset.UTC) * 1_000 + millis;
        } catch (DateTimeException | NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }
}

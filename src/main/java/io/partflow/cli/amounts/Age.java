package io.partflow.cli.amounts;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads spans of time such as `7d`, `12h`, `30m`, `45s` or `500ms`. Pure.
public final class Age {
    private static final Pattern FORM = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|min|h|d|w)", Pattern.CASE_INSENSITIVE);
    private static final int DAYS_IN_WEEK = 7;

    private Age() {}

    /// Milliseconds, 0 or more.
    ///
    /// @throws IllegalArgumentException when the text is no span of time
    public static long parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is no span of time, such as 7d, 12h or 30m");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
            case "ms" -> number;
            case "s" -> TimeUnit.SECONDS.toMillis(number);
            case "h" -> TimeUnit.HOURS.toMillis(number);
            case "d" -> TimeUnit.DAYS.toMillis(number);
            case "w" -> TimeUnit.DAYS.toMillis(number * DAYS_IN_WEEK);
            default -> TimeUnit.MINUTES.toMillis(number);
        };
    }
}

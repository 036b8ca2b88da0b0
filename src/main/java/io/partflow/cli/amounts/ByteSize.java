package io.partflow.cli.amounts;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads sizes such as `100MiB`, `1.5 GiB`, `64kB` or plain bytes. Pure.
public final class ByteSize {
    private static final Pattern FORM =
            Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(|[kmgt]|[kmgt]ib|[kmgt]b|b)", Pattern.CASE_INSENSITIVE);

    private ByteSize() {}

    /// Bytes; `KiB` is 1,024, `kB` is 1,000, and a bare `K` is 1,024.
    ///
    /// @throws IllegalArgumentException when the text is not a size, or the size is under one byte or beyond
    ///     64 bits
    public static long parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is not a size, such as 100MiB");
        }
        String unit = matcher.group(2).toLowerCase(Locale.ROOT);
        int power = unit.isEmpty() ? 0 : "bkmgt".indexOf(unit.charAt(0));
        long base = unit.length() == 2 ? 1_000 : 1_024;
        try {
            long bytes = new BigDecimal(matcher.group(1))
                    .multiply(BigDecimal.valueOf(base).pow(power))
                    .toBigInteger()
                    .longValueExact();
            if (bytes >= 1) {
                return bytes;
            }
        } catch (ArithmeticException e) {
            // falls through to the one message for both ends of the range
        }
        throw new IllegalArgumentException(
                "\"" + text + "\" is out of range; a size is at least 1 byte and below 8 EiB");
    }
}

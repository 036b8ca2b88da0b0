package io.partflow.engine.content;

/// A JSON number with a fraction or an exponent: a double, NaN and the infinities included.
///
/// Equal when the bits are equal up to the kind of NaN: 0.0 and -0.0 differ, NaN equals NaN.
public record JsonReal(double value) implements JsonValue {
    /// The text that Python's `repr` gives: the shortest digits that read back as the same double, positional from 1e-4
    /// up to below 1e16 (always with a fraction), else `d.ddde-07` or `1e+16`; `NaN`, `Infinity`, `-Infinity`.
    @Override
    public String toString() {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "Infinity" : "-Infinity";
        }
        if (value == 0.0) {
            return 1 / value > 0 ? "0.0" : "-0.0";
        }
        StringBuilder text = new StringBuilder(24);
        if (value < 0) {
            text.append('-');
        }
        appendMagnitude(text, Math.abs(value));
        return text.toString();
    }

    private static void appendMagnitude(StringBuilder text, double magnitude) {
        String java = Double.toString(magnitude);
        int exponentMark = java.indexOf('E');
        int mantissaEnd = exponentMark < 0 ? java.length() : exponentMark;
        int point = java.indexOf('.');

        // digits without point and outer zeros; value = 0.DIGITS * 10^scale
        int scale = point + (exponentMark < 0 ? 0 : Integer.parseInt(java.substring(exponentMark + 1)));
        String digits = java.substring(0, point) + java.substring(point + 1, mantissaEnd);
        int first = 0;
        while (digits.charAt(first) == '0') {
            first++;
        }
        int last = digits.length();
        while (digits.charAt(last - 1) == '0') {
            last--;
        }
        digits = digits.substring(first, last);
        scale -= first;

        if (digits.length() == 2 && magnitude < Double.MIN_NORMAL) {
            int shorter = oneDigit(digits, scale, magnitude);
            if (shorter > 0) {
                digits = shorter == 10 ? "1" : Integer.toString(shorter);
                scale += shorter == 10 ? 1 : 0;
            }
        }
        appendDigits(text, digits, scale);
    }

    /// The single digit (10 for a carry) that still reads back as `magnitude`, or 0 if there is none.
    ///
    /// Java prefers the nearest two-digit number even where one digit is enough, as in 4.9E-324; Python does
    /// not. Only subnormal doubles lie far enough apart for the two to differ.
    private static int oneDigit(String digits, int scale, double magnitude) {
        int both = Integer.parseInt(digits);
        int nearest = (both + 5) / 10;
        int other = nearest * 10 > both ? nearest - 1 : nearest + 1;
        int exponent = scale - 1;
        if (Double.parseDouble(nearest + "e" + exponent) == magnitude) {
            return nearest;
        }
        return other > 0 && Double.parseDouble(other + "e" + exponent) == magnitude ? other : 0;
    }

    private static void appendDigits(StringBuilder text, String digits, int scale) {
        int count = digits.length();
        if (scale > 16 || scale <= -4) {
            text.append(digits.charAt(0));
            if (count > 1) {
                text.append('.').append(digits, 1, count);
            }
            int exponent = scale - 1;
            text.append('e').append(exponent < 0 ? '-' : '+');
            int size = Math.abs(exponent);
            if (size < 10) {
                text.append('0');
            }
            text.append(size);
        } else if (scale <= 0) {
            text.append("0.").repeat('0', -scale).append(digits);
        } else if (scale >= count) {
            text.append(digits).repeat('0', scale - count).append(".0");
        } else {
            text.append(digits, 0, scale).append('.').append(digits, scale, count);
        }
    }
}

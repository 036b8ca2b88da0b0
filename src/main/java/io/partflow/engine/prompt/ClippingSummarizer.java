package io.partflow.engine.prompt;

import io.partflow.engine.content.Part;
import io.partflow.engine.content.TextBody;
import java.util.List;

/// The plain summary that needs no model: the texts joined by a space, or their beginning where they are long.
/// Immutable.
///
/// - no text: `[Compressed n non-text parts]`
/// - up to 500 Unicode code points: the joined texts
/// - more: `[Summary of n parts]: `, the first 400 code points, `...`
///
/// The part has role `system` and the metadata `compressed` (true) and `original_count` (n). Takes time in
/// proportion to what it keeps, not to
/// what it is given.
public enum ClippingSummarizer implements Summarizer {
    INSTANCE;

    /// The longest joined text that is kept whole, in code points.
    public static final int WHOLE_CODE_POINTS = 500;
    /// How much of a longer one is kept, in code points.
    public static final int KEPT_CODE_POINTS = 400;

    @Override
    public Part summarise(List<Part> parts, long originalCount) {
        return Summarizer.summary(text(parts, originalCount), originalCount);
    }

    private static String text(List<Part> parts, long originalCount) {
        StringBuilder joined = new StringBuilder();
        boolean any = false;
        for (Part part : parts) {
            String text = textOf(part);
            if (!text.isEmpty()) {
                if (any) {
                    joined.append(' ');
                }
                any = true;
                // One code point more than may stand is enough to know that it is too long.
                joined.append(text, 0, prefixEnd(text, WHOLE_CODE_POINTS + 1));
                if (isLong(joined)) {
                    break;
                }
            }
        }
        if (!any) {
            return "[Compressed " + originalCount + " non-text parts]";
        }
        if (!isLong(joined)) {
            return joined.toString();
        }
        String whole = joined.toString();
        return "[Summary of " + originalCount + " parts]: " + whole.substring(0, prefixEnd(whole, KEPT_CODE_POINTS))
                + "...";
    }

    private static String textOf(Part part) {
        return part.isText() && part.body() instanceof TextBody(String text) ? text : "";
    }

    private static boolean isLong(StringBuilder text) {
        return text.length() > WHOLE_CODE_POINTS && text.codePointCount(0, text.length()) > WHOLE_CODE_POINTS;
    }

    /// Where the first code points end; the length where there are fewer.
    private static int prefixEnd(String text, int codePoints) {
        if (text.length() <= codePoints) {
            return text.length();
        }
        if (text.codePointCount(0, codePoints) == codePoints
                && !Character.isHighSurrogate(text.charAt(codePoints - 1))) {
            // No pairs: as many chars as code points.
            return codePoints;
        }
        // Each code point takes one or two chars.
        return text.codePointCount(0, text.length()) <= codePoints
                ? text.length()
                : text.offsetByCodePoints(0, codePoints);
    }
}

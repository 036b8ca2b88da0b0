package io.partflow.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What to draw, how, and where to. Immutable.
///
/// @param out the PNG file to write; its folder exists
public record PictureRequest(Subject subject, Path out, Theme theme, Size size) {
    /// What is drawn.
    public sealed interface Subject {}

    /// The workbench with a pipeline open.
    public record OfPipeline(Path file) implements Subject {}

    /// One of [PictureDrawer#views()].
    public record OfView(String name) implements Subject {}

    /// The colours.
    public enum Theme {
        DARK,
        LIGHT;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// The picture's size in pixels, each side from 200 to 8,000.
    public record Size(int width, int height) {
        private static final int SHORTEST = 200;
        private static final int LONGEST = 8_000;
        private static final Pattern FORM = Pattern.compile("(\\d{1,5})[xX](\\d{1,5})");

        public Size {
            if (Math.min(width, height) < SHORTEST || Math.max(width, height) > LONGEST) {
                throw new IllegalArgumentException(
                        width + "x" + height + " pixels; each side must be from " + SHORTEST + " to " + LONGEST);
            }
        }

        /// Reads `1440x900`.
        ///
        /// @throws IllegalArgumentException when the text is not of that form or a side is out of range
        public static Size parse(String text) {
            Matcher matcher = FORM.matcher(text.strip());
            if (!matcher.matches()) {
                throw new IllegalArgumentException("\"" + text + "\" is not WIDTHxHEIGHT, such as 1440x900");
            }
            return new Size(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
        }

        @Override
        public String toString() {
            return width + "x" + height;
        }
    }
}

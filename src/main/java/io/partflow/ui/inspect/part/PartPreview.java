package io.partflow.ui.inspect.part;

import io.partflow.engine.content.Bytes;

/// What is shown of a part, already cut to a size that a view can take. Immutable.
public sealed interface PartPreview {
    /// Text, or JSON with line breaks.
    ///
    /// @param shown the beginning
    /// @param hiddenChars how many characters follow
    /// @param face what it is set in
    record Text(String shown, long hiddenChars, Face face) implements PartPreview {}

    /// How a text is set.
    enum Face {
        PROSE,
        CODE
    }

    /// A picture that can be decoded.
    ///
    /// @param width of the whole as it is meant to be seen, in pixels
    /// @param height of the whole, in pixels
    record Picture(Bytes data, int width, int height) implements PartPreview {}

    /// Sound as lowest and highest sample per column.
    record Sound(Waveform waveform) implements PartPreview {}

    /// The first bytes of something else.
    ///
    /// @param dump lines of offset, hex digits and characters
    /// @param hiddenBytes how many bytes follow
    record Raw(String dump, long hiddenBytes) implements PartPreview {}

    /// Why there is nothing to show.
    record Note(String sentence) implements PartPreview {}
}

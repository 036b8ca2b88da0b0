package io.partflow.ui.charts.model;

/// One series of a chart before any value: what identifies it, what it is called, how it looks.
///
/// `group` is what its values belong to where a chart shows many of a kind (a node, a wire), else the key.
///
/// @param key identifies the series within its chart and in exports
/// @param label the word beside it
/// @param mark how it is drawn
/// @param colorToken the colour of the mark
/// @param textToken the colour of the same meaning as text
/// @param group what a chart of many groups gathers it under
public record SeriesStyle(String key, String label, Mark mark, String colorToken, String textToken, String group) {

    /// A series that is a group of its own.
    public SeriesStyle(String key, String label, Mark mark, String colorToken, String textToken) {
        this(key, label, mark, colorToken, textToken, key);
    }

    /// A series in the neutral grey.
    public static SeriesStyle neutral(String key, String label, Mark mark) {
        return new SeriesStyle(key, label, mark, "-color-fg-muted", "-color-fg-muted");
    }
}

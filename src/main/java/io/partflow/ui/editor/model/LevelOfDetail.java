package io.partflow.ui.editor.model;

/// How much of a node is drawn at a zoom, so that what is drawn can be read.
public enum LevelOfDetail {
    /// Everything, from 80 % on.
    FULL,
    /// Without previews, below 80 %.
    NUMBERS,
    /// Title and badge, below 50 %.
    TITLE;

    public static LevelOfDetail at(double zoom) {
        if (zoom >= 0.8) {
            return FULL;
        }
        return zoom >= 0.5 ? NUMBERS : TITLE;
    }

    /// The font size in world pixels that shows `px` at 100 %, and never less than 11 pixels on the screen from 50
    /// % on.
    public static double readable(double px, double zoom) {
        return Math.clamp(Math.rint(11 / zoom * 2) / 2, px, 22);
    }
}

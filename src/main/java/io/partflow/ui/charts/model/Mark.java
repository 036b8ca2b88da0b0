package io.partflow.ui.charts.model;

/// How a series is drawn: the cue beside its colour.
public enum Mark {
    /// A line of 2 px.
    LINE,
    /// A line of 1 px at a third of its colour: raw samples behind their mean.
    THIN_LINE,
    /// Dashes 5 3.
    DASHED_LINE,
    /// Dots 1 3.
    DOTTED_LINE,
    /// A plain surface.
    PLAIN,
    /// A surface with diagonal stripes.
    HATCHED,
    /// A surface with stripes along the other diagonal.
    BACK_HATCHED,
    /// A surface with dots.
    DOTTED,
    /// A surface of half its colour.
    PALE,
    /// An empty surface with a dashed outline.
    OUTLINED
}

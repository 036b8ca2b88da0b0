package io.partflow.ui.inspect.upkeep;

/// Among which entries somebody chooses what is to be removed.
public enum BulkScope {
    /// The one selected in the table.
    SELECTED,
    /// Those that the filters of the table let through.
    FILTERED,
    /// Those that the fields of the form describe; with every field empty, none.
    DESCRIBED,
    /// Every entry of every cache: never the beginning, always somebody's choice.
    ALL
}

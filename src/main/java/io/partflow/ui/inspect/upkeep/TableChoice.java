package io.partflow.ui.inspect.upkeep;

import io.partflow.engine.cache.CacheKey;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the table of entries shows at one moment, for removing just that. Immutable.
///
/// @param selected the key of the selected row; null without one in sight
/// @param selectedWords how that row names it; empty without one
/// @param filterWords what the filters say; empty while nothing is filtered
/// @param rows how many rows pass the filters
/// @param shown the keys of those rows; asked off the FX thread
public record TableChoice(
        @Nullable CacheKey selected,
        String selectedWords,
        String filterWords,
        int rows,
        Supplier<Set<CacheKey>> shown) {
    /// A table without a row.
    public static final TableChoice EMPTY = new TableChoice(null, "", "", 0, Set::of);

    /// What a form about this begins with: never all.
    BulkScope scope() {
        if (selected != null) {
            return BulkScope.SELECTED;
        }
        return filterWords.isEmpty() ? BulkScope.DESCRIBED : BulkScope.FILTERED;
    }

    /// Whether something else is meant by a scope than was by an earlier choice; more rows of the same filter are
    /// not.
    boolean differs(TableChoice before, BulkScope scope) {
        return switch (scope) {
            case SELECTED -> !Objects.equals(selected, before.selected);
            case FILTERED -> !filterWords.equals(before.filterWords);
            case DESCRIBED, ALL -> false;
        };
    }
}

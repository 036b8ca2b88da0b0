package io.partflow.engine.insight.why;

import io.partflow.engine.cache.CacheKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why one request was not served, with the nearest earlier request where there is one. Immutable.
///
/// @param node the id of the node
/// @param key null where the request had none
/// @param atMillis when, milliseconds since 1970
/// @param nearest the key of the nearest earlier request, or null
public record MissExplanation(
        String node,
        @Nullable CacheKey key,
        long atMillis,
        MissCause cause,
        @Nullable CacheKey nearest) {

    /// What makes a request differ from the nearest earlier one. Immutable.
    ///
    /// @param differences in the order of the parts
    /// @param content whether values and texts could still be compared, or only the names of fields
    public record Detail(List<Difference> differences, Content content) {
        public Detail {
            differences = List.copyOf(differences);
        }
    }

    /// Whether the earlier input is still there.
    public enum Content {
        HELD,
        NO_LONGER_HELD
    }
}

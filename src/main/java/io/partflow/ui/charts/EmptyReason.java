package io.partflow.ui.charts;

import io.partflow.engine.cache.CacheSnapshot;
import io.partflow.engine.run.RunSnapshot;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Messages;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Why a chart has nothing to show, in sentences that several charts share.
final class EmptyReason {

    private EmptyReason() {}

    /// A reason while nothing has run.
    static Optional<String> withoutRun(@Nullable RunSnapshot latest) {
        return latest == null ? Optional.of(Messages.text("chart.empty.no-run")) : Optional.empty();
    }

    /// A reason while no cache was asked for anything.
    static Optional<String> withoutRequests(@Nullable RunSnapshot latest) {
        if (latest == null) {
            return Optional.of(Messages.text("chart.empty.no-requests"));
        }
        if (latest.nodes().stream().allMatch(node -> node.cache() == null)) {
            return Optional.of(Messages.text("chart.empty.no-cache"));
        }
        return latest.cache().requests() == 0
                ? Optional.of(Messages.text("chart.empty.no-requests-yet"))
                : Optional.empty();
    }

    /// A reason while nothing was evicted: how far the caches are from their limits.
    static Optional<String> withoutEvictions(@Nullable RunSnapshot latest) {
        if (latest == null) {
            return Optional.of(Messages.text("chart.empty.no-evictions-yet"));
        }
        if (latest.nodes().stream().allMatch(node -> node.cache() == null)) {
            return Optional.of(Messages.text("chart.empty.no-cache"));
        }
        CacheSnapshot cache = latest.cache();
        long evicted =
                cache.evictedBySize() + cache.evictedByWeight() + cache.evictedByExpiry() + cache.evictedExplicitly();
        if (evicted > 0) {
            return Optional.empty();
        }
        Long maxItems = cache.maxItems();
        Long maxBytes = cache.maxBytes();
        if (maxItems != null) {
            return Optional.of(Messages.text(
                    "chart.empty.evictions-items", Formats.count(cache.entries()), Formats.count(maxItems)));
        }
        if (maxBytes != null) {
            return Optional.of(Messages.text(
                    "chart.empty.evictions-bytes", Formats.bytes(cache.bytes()), Formats.bytes(maxBytes)));
        }
        return Optional.of(
                Messages.text("chart.empty.evictions-no-limit", Formats.count(cache.entries(), "item", "items")));
    }
}

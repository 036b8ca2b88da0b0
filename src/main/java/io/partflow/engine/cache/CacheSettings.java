package io.partflow.engine.cache;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a node is cached, as a pipeline document says it. Immutable; [#DEFAULT] is a part cache in memory for 12
/// hours, 1,000 items, 64 MiB.
///
/// @param ttlMillis time to live, fixed when an entry is put; 0 means for ever
/// @param maxItems the most entries, at least 1, or null for no limit
/// @param maxBytes the most bytes of values, at least 1, or null for no limit
/// @param prefix replaces the namespace where keys are shared with another program, or null
public record CacheSettings(
        Scope scope,
        Tier tier,
        long ttlMillis,
        @Nullable Long maxItems,
        @Nullable Long maxBytes,
        Policy policy,
        @Nullable String prefix,
        KeyOptions key,
        Conditions when) {
    /// What one entry answers: one part, or the node's whole input.
    public enum Scope {
        PART,
        STREAM
    }

    /// Where entries are kept.
    public enum Tier {
        MEMORY,
        STORE,
        TIERED
    }

    /// Which entry goes when there is no room.
    public enum Policy {
        TINYLFU,
        LRU
    }

    /// What of a content is left out of its key, or made equal in it.
    ///
    /// @param imageHammingDistance how many bits two image signatures may differ by and still share a key, or null
    /// for exact bytes
    public record KeyOptions(
            List<String> ignoreMetadata,
            List<String> skipPartsWithMetadata,
            List<String> normalise,
            @Nullable Integer imageHammingDistance) {
        public static final KeyOptions DEFAULT = new KeyOptions(List.of(), List.of(), List.of(), null);

        public KeyOptions {
            ignoreMetadata = List.copyOf(ignoreMetadata);
            skipPartsWithMetadata = List.copyOf(skipPartsWithMetadata);
            normalise = List.copyOf(normalise);
        }
    }

    /// Which inputs are cached at all.
    ///
    /// @param mimeTypes only these, where `image/*` stands for all images; empty means all
    /// @param minTextLength only texts of at least so many code points; other parts are not concerned
    /// @param neverWithMetadata no part that carries one of these metadata names
    public record Conditions(List<String> mimeTypes, int minTextLength, List<String> neverWithMetadata) {
        public static final Conditions NONE = new Conditions(List.of(), 0, List.of());

        public Conditions {
            mimeTypes = List.copyOf(mimeTypes);
            neverWithMetadata = List.copyOf(neverWithMetadata);
        }
    }

    public static final long DEFAULT_TTL_MILLIS = 12L * 60 * 60 * 1000;

    public static final CacheSettings DEFAULT = new CacheSettings(
            Scope.PART,
            Tier.MEMORY,
            DEFAULT_TTL_MILLIS,
            1_000L,
            64L << 20,
            Policy.TINYLFU,
            null,
            KeyOptions.DEFAULT,
            Conditions.NONE);

    public CacheSettings {
        if (ttlMillis < 0) {
            throw new IllegalArgumentException("time to live is " + ttlMillis + " ms; it must be 0 or more");
        }
        if (maxItems != null && maxItems < 1) {
            throw new IllegalArgumentException("item limit is " + maxItems + "; it must be at least 1");
        }
        if (maxBytes != null && maxBytes < 1) {
            throw new IllegalArgumentException("byte limit is " + maxBytes + "; it must be at least 1");
        }
    }

    public CacheSettings withTtlMillis(long millis) {
        return new CacheSettings(scope, tier, millis, maxItems, maxBytes, policy, prefix, key, when);
    }

    public CacheSettings withMaxItems(@Nullable Long items) {
        return new CacheSettings(scope, tier, ttlMillis, items, maxBytes, policy, prefix, key, when);
    }

    public CacheSettings withMaxBytes(@Nullable Long bytes) {
        return new CacheSettings(scope, tier, ttlMillis, maxItems, bytes, policy, prefix, key, when);
    }

    public CacheSettings withPrefix(@Nullable String text) {
        return new CacheSettings(scope, tier, ttlMillis, maxItems, maxBytes, policy, text, key, when);
    }
}

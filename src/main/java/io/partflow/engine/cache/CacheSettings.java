package io.partflow.engine.cache;

import io.partflow.engine.content.Part;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a node is cached, as a pipeline document says it. Immutable; [#DEFAULT] is a part cache in memory for 12
/// hours, 1,000 items, 64 MiB.
///
/// @param ttlMillis time to live, fixed when an entry is put; 0 means for ever
/// @param maxItems the most entries, at least 1, or null for no limit
/// @param maxBytes the most bytes of values, at least 1, or null for no limit
/// @param prefix replaces the namespace where keys are shared with another program, or null
/// @param behaviour what goes beyond keeping answers for a time
public record CacheSettings(
        Scope scope,
        Tier tier,
        long ttlMillis,
        @Nullable Long maxItems,
        @Nullable Long maxBytes,
        Policy policy,
        @Nullable String prefix,
        KeyOptions key,
        Conditions when,
        Behaviour behaviour) {
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
    /// @param minTextLength only texts longer than so many code points; 0 for texts of any length, also
    /// empty ones. Other parts are not concerned
    /// @param neverWithMetadata no part that carries one of these metadata names
    public record Conditions(List<String> mimeTypes, int minTextLength, List<String> neverWithMetadata) {
        public static final Conditions NONE = new Conditions(List.of(), 0, List.of());

        public Conditions {
            mimeTypes = List.copyOf(mimeTypes);
            neverWithMetadata = List.copyOf(neverWithMetadata);
        }
    }

    /// What a cache does beyond keeping every answer for the same time. Immutable; start from [#DEFAULT].
    ///
    /// @param negativeTtlMillis time to live of answers without parts, or null where it is that of the others; 0
    /// means for ever
    /// @param refreshAheadMillis an answer served so shortly before its end is computed anew meanwhile; 0 for off
    /// @param staleMillis so long after its end an answer is still served, and computed anew meanwhile; 0 for off
    /// @param heapShare the byte limit as a share of the largest heap, above 0 and at most 1, or null; with a byte
    /// limit beside it the lower one counts; with partitions, all together keep to it
    /// @param partitions limits and times of their own for some kinds of inputs, in memory; the first that fits
    /// counts, and where none does, those of the cache
    /// @param store how the store is used, where the tier has one
    /// @param userPrefix stands before the prefix of every key, so that users or tenants with one of
    /// their own see nothing of each other; empty where there are none
    public record Behaviour(
            @Nullable Long negativeTtlMillis,
            long refreshAheadMillis,
            long staleMillis,
            @Nullable Double heapShare,
            List<Partition> partitions,
            StoreUse store,
            String userPrefix) {
        public static final Behaviour DEFAULT = new Behaviour(null, 0, 0, null, List.of(), StoreUse.DEFAULT);

        public Behaviour {
            partitions = List.copyOf(partitions);
            if (negativeTtlMillis != null && negativeTtlMillis < 0) {
                throw new IllegalArgumentException(
                        "negative time to live is " + negativeTtlMillis + " ms; it must be 0 or more");
            }
            if (refreshAheadMillis < 0 || staleMillis < 0) {
                throw new IllegalArgumentException(
                        "refresh ahead is " + refreshAheadMillis + " ms, stale " + staleMillis + " ms; 0 or more");
            }
            if (heapShare != null && !(heapShare > 0 && heapShare <= 1)) {
                throw new IllegalArgumentException("heap share is " + heapShare + "; it must be above 0, at most 1");
            }
        }

        /// Behaviour of a cache that is nobody's own.
        public Behaviour(
                @Nullable Long negativeTtlMillis,
                long refreshAheadMillis,
                long staleMillis,
                @Nullable Double heapShare,
                List<Partition> partitions,
                StoreUse store) {
            this(negativeTtlMillis, refreshAheadMillis, staleMillis, heapShare, partitions, store, "");
        }

        public Behaviour withNegativeTtlMillis(@Nullable Long millis) {
            return new Behaviour(millis, refreshAheadMillis, staleMillis, heapShare, partitions, store, userPrefix);
        }

        public Behaviour withRefreshAheadMillis(long millis) {
            return new Behaviour(negativeTtlMillis, millis, staleMillis, heapShare, partitions, store, userPrefix);
        }

        public Behaviour withStaleMillis(long millis) {
            return new Behaviour(
                    negativeTtlMillis, refreshAheadMillis, millis, heapShare, partitions, store, userPrefix);
        }

        public Behaviour withPartitions(List<Partition> some) {
            return new Behaviour(
                    negativeTtlMillis, refreshAheadMillis, staleMillis, heapShare, some, store, userPrefix);
        }

        public Behaviour withStore(StoreUse use) {
            return new Behaviour(
                    negativeTtlMillis, refreshAheadMillis, staleMillis, heapShare, partitions, use, userPrefix);
        }

        public Behaviour withUserPrefix(String text) {
            return new Behaviour(
                    negativeTtlMillis, refreshAheadMillis, staleMillis, heapShare, partitions, store, text);
        }
    }

    /// A share of a cache for inputs of some kinds, such as 24 h and 1,000 items for texts, 1 h and 100 for images.
    ///
    /// @param mimeTypes the kinds, where `image/*` stands for all images; every part of an input must be
    /// of one of them. Without any, no input fits
    /// @param ttlMillis time to live; 0 means for ever
    /// @param maxItems the most entries, at least 1, or null for no limit
    /// @param maxBytes the most bytes of values, at least 1, or null for no limit
    public record Partition(
            List<String> mimeTypes,
            long ttlMillis,
            @Nullable Long maxItems,
            @Nullable Long maxBytes) {
        public Partition {
            mimeTypes = List.copyOf(mimeTypes);
            checkLimits(ttlMillis, maxItems, maxBytes);
        }

        /// Whether it is for this input; none is for an input without parts.
        boolean fits(List<Part> input) {
            for (Part part : input) {
                if (!CacheConditions.isOneOf(mimeTypes, part.mimeType())) {
                    return false;
                }
            }
            return !input.isEmpty();
        }
    }

    /// How a tier with a store uses it.
    ///
    /// @param file the store; null until somebody has said which
    /// @param maxItems the most entries of the node in a store below memory, or null for no limit; where the store
    /// is the only tier, the limits of the cache hold for it
    /// @param maxBytes likewise
    /// @param writing when a store below memory is written
    public record StoreUse(
            @Nullable Path file,
            @Nullable Long maxItems,
            @Nullable Long maxBytes,
            Writing writing) {
        public static final StoreUse DEFAULT = new StoreUse(null, null, null, Writing.THROUGH);

        public StoreUse {
            checkLimits(0, maxItems, maxBytes);
        }

        public StoreUse withFile(@Nullable Path other) {
            return new StoreUse(other, maxItems, maxBytes, writing);
        }
    }

    /// When a store below memory is written.
    public enum Writing {
        /// Before the put returns.
        THROUGH,
        /// Soon after, through a bounded queue; a put waits only when that is full.
        BEHIND
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
        checkLimits(ttlMillis, maxItems, maxBytes);
    }

    /// Settings with the default behaviour.
    public CacheSettings(
            Scope scope,
            Tier tier,
            long ttlMillis,
            @Nullable Long maxItems,
            @Nullable Long maxBytes,
            Policy policy,
            @Nullable String prefix,
            KeyOptions key,
            Conditions when) {
        this(scope, tier, ttlMillis, maxItems, maxBytes, policy, prefix, key, when, Behaviour.DEFAULT);
    }

    private static void checkLimits(long ttlMillis, @Nullable Long maxItems, @Nullable Long maxBytes) {
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
        return new CacheSettings(scope, tier, millis, maxItems, maxBytes, policy, prefix, key, when, behaviour);
    }

    public CacheSettings withMaxItems(@Nullable Long items) {
        return new CacheSettings(scope, tier, ttlMillis, items, maxBytes, policy, prefix, key, when, behaviour);
    }

    public CacheSettings withMaxBytes(@Nullable Long bytes) {
        return new CacheSettings(scope, tier, ttlMillis, maxItems, bytes, policy, prefix, key, when, behaviour);
    }

    public CacheSettings withPrefix(@Nullable String text) {
        return new CacheSettings(scope, tier, ttlMillis, maxItems, maxBytes, policy, text, key, when, behaviour);
    }

    public CacheSettings withBehaviour(Behaviour other) {
        return new CacheSettings(scope, tier, ttlMillis, maxItems, maxBytes, policy, prefix, key, when, other);
    }

    public CacheSettings withTier(Tier other) {
        return new CacheSettings(scope, other, ttlMillis, maxItems, maxBytes, policy, prefix, key, when, behaviour);
    }

    public CacheSettings withPolicy(Policy other) {
        return new CacheSettings(scope, tier, ttlMillis, maxItems, maxBytes, other, prefix, key, when, behaviour);
    }

    public CacheSettings withScope(Scope other) {
        return new CacheSettings(other, tier, ttlMillis, maxItems, maxBytes, policy, prefix, key, when, behaviour);
    }

    public CacheSettings withKey(KeyOptions other) {
        return new CacheSettings(scope, tier, ttlMillis, maxItems, maxBytes, policy, prefix, other, when, behaviour);
    }

    /// The place of the partition for an input among the partitions, or their number where the cache's
    /// own limits hold.
    int partitionOf(List<Part> input) {
        List<Partition> partitions = behaviour.partitions();
        for (int i = 0; i < partitions.size(); i++) {
            if (partitions.get(i).fits(input)) {
                return i;
            }
        }
        return partitions.size();
    }

    /// When an answer ends that is put now, without the time it may be served beyond its end.
    ///
    /// @return milliseconds since 1970, or [Long#MAX_VALUE] for never
    long freshUntilMillis(long nowMillis, List<Part> input, List<Part> answer) {
        Long negative = behaviour.negativeTtlMillis();
        int partition = partitionOf(input);
        long ofKind = partition == behaviour.partitions().size()
                ? ttlMillis
                : behaviour.partitions().get(partition).ttlMillis();
        long ttl = answer.isEmpty() && negative != null ? negative : ofKind;
        return ttl == 0 || ttl > Long.MAX_VALUE - nowMillis ? Long.MAX_VALUE : nowMillis + ttl;
    }
}

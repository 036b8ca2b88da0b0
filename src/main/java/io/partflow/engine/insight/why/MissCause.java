package io.partflow.engine.insight.why;

import io.partflow.engine.cache.CacheWatcher.Uncacheable;
import org.jspecify.annotations.Nullable;

/// Why a request was computed and not served. Immutable; every such request has exactly one.
public sealed interface MissCause {
    /// The sorts of causes, for counting.
    enum Kind {
        FIRST_TIME,
        CHANGED_CONTENT,
        METADATA_CHANGED,
        REORDERED,
        NAMESPACE_CHANGED,
        EXPIRED,
        EVICTED,
        INVALIDATED,
        NOT_CACHEABLE,
        CACHE_OFF,
        COALESCED
    }

    Kind kind();

    /// Nothing like it was asked before.
    record FirstTime() implements MissCause {
        @Override
        public Kind kind() {
            return Kind.FIRST_TIME;
        }
    }

    /// Something like it was asked before.
    ///
    /// @param similarity 0 to 1, estimated: the share of equal parts, or of equal stretches of text
    record ChangedContent(double similarity) implements MissCause {
        @Override
        public Kind kind() {
            return Kind.CHANGED_CONTENT;
        }
    }

    /// The same was asked before with other metadata.
    record MetadataChanged() implements MissCause {
        @Override
        public Kind kind() {
            return Kind.METADATA_CHANGED;
        }
    }

    /// The same parts were asked before in another order.
    record Reordered() implements MissCause {
        @Override
        public Kind kind() {
            return Kind.REORDERED;
        }
    }

    /// The same content was asked before under another prefix, version or configuration.
    ///
    /// @param earlierPrefix the prefix then
    record NamespaceChanged(String earlierPrefix) implements MissCause {
        @Override
        public Kind kind() {
            return Kind.NAMESPACE_CHANGED;
        }
    }

    /// Its entry had come to its end.
    record Expired(long agoMillis) implements MissCause {
        @Override
        public Kind kind() {
            return Kind.EXPIRED;
        }
    }

    /// Its entry had to go for another one.
    ///
    /// @param limit which limit was reached
    /// @param forKey the text of the key it had to go for, its own if it was refused; null if no longer known
    record Evicted(long agoMillis, Limit limit, @Nullable String forKey) implements MissCause {
        @Override
        public Kind kind() {
            return Kind.EVICTED;
        }
    }

    /// The limits a cache can reach.
    enum Limit {
        ITEMS,
        BYTES
    }

    /// Somebody had removed its entry, or all of them.
    record Invalidated(long agoMillis) implements MissCause {
        @Override
        public Kind kind() {
            return Kind.INVALIDATED;
        }
    }

    /// It could not be cached.
    record NotCacheable(Why why) implements MissCause {
        @Override
        public Kind kind() {
            return Kind.NOT_CACHEABLE;
        }
    }

    /// Why a request has no entry.
    enum Why {
        NO_KEY,
        MIME_TYPE,
        TOO_SHORT,
        METADATA,
        TOO_LARGE,
        /// The same was asked before, and its answer failed or held a failure.
        FAILED_BEFORE,
        /// The same was asked before by a request that was told to store nothing.
        NOT_STORED;

        static Why of(Uncacheable reason) {
            return switch (reason) {
                case NO_KEY -> NO_KEY;
                case MIME_TYPE -> MIME_TYPE;
                case TOO_SHORT -> TOO_SHORT;
                case METADATA -> METADATA;
                case TOO_LARGE -> TOO_LARGE;
            };
        }
    }

    /// The run was told not to read, or to start cold.
    record CacheOff() implements MissCause {
        @Override
        public Kind kind() {
            return Kind.CACHE_OFF;
        }
    }

    /// It shared the computation of an equal request in flight.
    record Coalesced() implements MissCause {
        @Override
        public Kind kind() {
            return Kind.COALESCED;
        }
    }
}

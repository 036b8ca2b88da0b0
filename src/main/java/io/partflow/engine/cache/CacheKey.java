package io.partflow.engine.cache;

import io.partflow.engine.content.ContentHash;
import org.jspecify.annotations.Nullable;

/// The name of a cache entry: a prefix that tells processor and configuration, and the hash of the content.
/// Immutable.
///
/// Two keys are equal when both agree. The text form is built only when somebody wants to read it.
///
/// @param prefix such as `pf1:text.split@1:0123456789abcdef:`; may be empty
/// @param hash of the canonical form of the content
public record CacheKey(String prefix, ContentHash hash) {
    private static final int HASH_DIGITS = 32;

    /// The stored form: prefix, then 32 lower-case hex digits.
    public String text() {
        return prefix + hash.hex();
    }

    /// Reads the stored form.
    ///
    /// @return null when the text does not end in 32 hex digits
    public static @Nullable CacheKey parse(String text) {
        int at = text.length() - HASH_DIGITS;
        if (at < 0) {
            return null;
        }
        for (int i = at; i < text.length(); i++) {
            char digit = text.charAt(i);
            if ((digit < '0' || digit > '9') && (digit < 'a' || digit > 'f')) {
                return null;
            }
        }
        return new CacheKey(text.substring(0, at), ContentHash.parse(text.substring(at)));
    }

    @Override
    public int hashCode() {
        // The content's hash is already well mixed, and a prefix is long: hashing it again on every lookup buys
        // nothing.
        return (int) (hash.low() ^ (hash.low() >>> 32));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CacheKey that
                && hash.low() == that.hash.low()
                && hash.high() == that.hash.high()
                && prefix.equals(that.prefix);
    }

    @Override
    public String toString() {
        return text();
    }
}

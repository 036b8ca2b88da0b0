package io.partflow.engine.cache.sqlite;

import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.StoredValue;
import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.WireForm;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A value as it is going to stand in a store: encoded by whoever puts it, so that the writer only has to write.
/// Immutable; its arrays are not changed by anyone.
///
/// @param text of the key
/// @param form the value in wire form
/// @param hash of the key, 16 bytes
/// @param kinds the MIME types of its parts, each once, sorted, with commas between
/// @param derivedFrom a JSON array of keys, or null when there are none
/// @param namespace what the prefix says if it is one of ours, or null
/// @param hits served so far
/// @param lastHitMillis or 0 when there was none
record NewRow(
        StoredValue value,
        String text,
        byte[] form,
        byte[] hash,
        String kinds,
        @Nullable String derivedFrom,
        @Nullable Namespace namespace,
        long hits,
        long lastHitMillis) {
    private static final int HASH_BYTES = 16;

    /// A value that was never served.
    static NewRow of(StoredValue value) {
        return of(value, WireForm.toBytes(value.parts()));
    }

    /// @param form of the value
    static NewRow of(StoredValue value, byte[] form) {
        CacheKey key = value.key();
        byte[] hash = ByteBuffer.allocate(HASH_BYTES)
                .putLong(key.hash().high())
                .putLong(key.hash().low())
                .array();
        return new NewRow(
                value,
                key.text(),
                form,
                hash,
                kinds(value),
                derivedFrom(value.derivedFrom()),
                Namespace.of(key.prefix()),
                0,
                0);
    }

    /// The same row, served so often and at that time for the last time.
    NewRow served(long times, long atMillis) {
        return new NewRow(value, text, form, hash, kinds, derivedFrom, namespace, times, atMillis);
    }

    String prefix() {
        return value.key().prefix();
    }

    private static String kinds(StoredValue value) {
        return value.parts().size() == 1
                ? value.parts().getFirst().mimeType()
                : value.entry(0, 0).kinds();
    }

    private static @Nullable String derivedFrom(List<CacheKey> keys) {
        return keys.isEmpty()
                ? null
                : new JsonArray(keys.stream()
                                .map(key -> JsonValue.of(key.text()))
                                .toList())
                        .toJson();
    }

    /// What a prefix of our own says: `pf1:` id `@` version `:` configuration `:`.
    record Namespace(int version, String configuration) {
        private static final int MOST_DIGITS = 9;

        static @Nullable Namespace of(String prefix) {
            int at = prefix.lastIndexOf('@');
            int colon = prefix.indexOf(':', at + 1);
            int end = prefix.length() - 1;
            boolean ours = prefix.startsWith("pf1:") && at > 0 && colon > at && end > colon;
            return ours && isNumber(prefix, at + 1, colon)
                    ? new Namespace(Integer.parseInt(prefix, at + 1, colon, 10), prefix.substring(colon + 1, end))
                    : null;
        }

        private static boolean isNumber(String text, int from, int to) {
            for (int i = from; i < to; i++) {
                if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                    return false;
                }
            }
            return to > from && to - from <= MOST_DIGITS;
        }
    }
}

package io.partflow.engine.cache.sqlite;

import io.partflow.engine.cache.CacheEntry;
import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.StoredValue;
import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonValue;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes what this program notes of a row into the table beside it. Confined to the thread of its statement.
final class FactStatement {
    static final String SQL = "INSERT OR REPLACE INTO partflow_entry(key, prefix, hash, node, processor,"
            + " processor_version, namespace, kinds, part_count, size_bytes, created_ms, last_hit_ms, hits,"
            + " compute_nanos, tokens_in, tokens_out, cost_micro_usd, cost_measured, negative, pinned,"
            + " derived_from) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private static final int HASH_BYTES = 16;
    private static final int MOST_DIGITS = 9;

    private FactStatement() {}

    /// @param entry the statement of [#SQL]
    static void write(
            PreparedStatement entry,
            StoredValue value,
            String text,
            long hits,
            long lastHitMillis,
            CacheEntry.Pinning pinning)
            throws SQLException {
        CacheKey key = value.key();
        Namespace namespace = Namespace.of(key.prefix());
        entry.setString(1, text);
        entry.setString(2, key.prefix());
        entry.setBytes(
                3,
                ByteBuffer.allocate(HASH_BYTES)
                        .putLong(key.hash().high())
                        .putLong(key.hash().low())
                        .array());
        entry.setString(4, value.node().isEmpty() ? null : value.node());
        entry.setString(5, value.processor().isEmpty() ? null : value.processor());
        if (namespace == null) {
            entry.setNull(6, Types.INTEGER);
            entry.setString(7, null);
        } else {
            entry.setInt(6, namespace.version());
            entry.setString(7, namespace.configuration());
        }
        entry.setString(8, kinds(value));
        entry.setInt(9, value.parts().size());
        entry.setLong(10, value.sizeBytes());
        entry.setLong(11, value.createdMillis());
        if (lastHitMillis == 0) {
            entry.setNull(12, Types.INTEGER);
        } else {
            entry.setLong(12, lastHitMillis);
        }
        entry.setLong(13, hits);
        boolean measured = value.computeNanos() != StoredValue.UNKNOWN;
        if (measured) {
            entry.setLong(14, value.computeNanos());
        } else {
            entry.setNull(14, Types.INTEGER);
        }
        entry.setLong(15, value.usage().tokensIn());
        entry.setLong(16, value.usage().tokensOut());
        entry.setLong(17, value.usage().costMicroUsd());
        entry.setInt(18, measured ? 1 : 0);
        entry.setInt(19, value.isNegative() ? 1 : 0);
        entry.setInt(20, pinning == CacheEntry.Pinning.PINNED ? 1 : 0);
        entry.setString(21, derivedFrom(value.derivedFrom()));
        entry.executeUpdate();
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
    private record Namespace(int version, String configuration) {
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

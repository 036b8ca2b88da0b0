package io.partflow.engine.cache.sqlite;

import io.partflow.engine.cache.CacheEntry;
import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.StoredValue;
import io.partflow.engine.content.Content;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.WireForm;
import io.partflow.engine.content.WireFormException;
import io.partflow.engine.processor.Usage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One row of a store with its row beside, as read. Immutable; the bytes belong to whoever holds it.
///
/// @param key the text of its key
/// @param value the parts in wire form
/// @param facts what this program has noted of it, or null for a row of another program
public record StoreRow(
        String key,
        byte[] value,
        long expiresMillis,
        @Nullable Facts facts) {
    /// What the table beside says of a row.
    ///
    /// @param node the id of the node that computed it; empty if unknown
    /// @param kinds the MIME types of its parts, sorted, comma-joined
    /// @param lastHitMillis when it was last served, or 0
    /// @param derivedFrom texts of keys
    public record Facts(
            String node,
            String processor,
            String kinds,
            int partCount,
            long sizeBytes,
            long createdMillis,
            long lastHitMillis,
            long hits,
            long computeNanos,
            Usage usage,
            CacheEntry.Pinning pinning,
            List<String> derivedFrom) {}

    static final String VALUE_COLUMNS = "c.key, c.value, c.expires_at";
    static final String FACT_COLUMNS =
            ", e.size_bytes, e.created_ms, e.node, e.processor, e.compute_nanos, e.tokens_in, e.tokens_out,"
                    + " e.cost_micro_usd, e.derived_from, e.kinds, e.part_count, e.last_hit_ms, e.hits, e.pinned";

    /// What [#of(ResultSet, boolean)] reads.
    static String columns(FactLayout layout) {
        return layout.hasFacts() ? VALUE_COLUMNS + FACT_COLUMNS : VALUE_COLUMNS;
    }

    private static final char LIST_END = ']';

    /// Reads the columns of both constants from the present row.
    static StoreRow of(ResultSet rows, boolean withFacts) throws SQLException {
        byte[] value = rows.getBytes(2);
        return new StoreRow(
                text(rows.getString(1)),
                value == null ? new byte[0] : value,
                ExpiryText.millis(rows.getString(3)),
                withFacts ? facts(rows) : null);
    }

    private static @Nullable Facts facts(ResultSet rows) throws SQLException {
        long size = rows.getLong(4);
        if (size == 0 && rows.wasNull()) {
            return null;
        }
        long nanos = rows.getLong(8);
        long computeNanos = nanos == 0 && rows.wasNull() ? StoredValue.UNKNOWN : nanos;
        return new Facts(
                text(rows.getString(6)),
                text(rows.getString(7)),
                text(rows.getString(13)),
                rows.getInt(14),
                size,
                rows.getLong(5),
                rows.getLong(15),
                rows.getLong(16),
                computeNanos,
                new Usage(Math.max(0, rows.getLong(9)), Math.max(0, rows.getLong(10)), Math.max(0, rows.getLong(11))),
                rows.getInt(17) == 0 ? CacheEntry.Pinning.LOOSE : CacheEntry.Pinning.PINNED,
                keys(rows.getString(12)));
    }

    private static String text(@Nullable String text) {
        return Objects.requireNonNullElse(text, "");
    }

    /// A JSON array of texts. Read as a content would be, keys being plain texts.
    static List<String> keys(@Nullable String json) {
        if (json == null || json.length() < 3 || json.charAt(json.length() - 1) != LIST_END) {
            return List.of();
        }
        try (var parser = WireForm.parser(json)) {
            List<String> keys = new ArrayList<>();
            parser.nextToken();
            for (String key = parser.nextTextValue(); key != null; key = parser.nextTextValue()) {
                keys.add(key);
            }
            return keys;
        } catch (java.io.IOException | WireFormException notAList) {
            // Nobody but this program writes it; without it, only the way back to the sources is lost.
            return List.of();
        }
    }

    /// The parts.
    ///
    /// @throws WireFormException when the value is not a content
    public List<Part> parts() {
        Content content = WireForm.readContent(value);
        return content.parts();
    }

    /// The row as a value.
    ///
    /// @throws WireFormException when the value is not a content
    public StoredValue value(CacheKey under) {
        List<Part> parts = parts();
        Facts known = facts;
        if (known == null) {
            long size = parts.stream().mapToLong(Part::sizeBytes).sum();
            return new StoredValue(under, parts, "", "", size, 0, expiresMillis, StoredValue.UNKNOWN, Usage.NONE);
        }
        return new StoredValue(
                under,
                parts,
                known.node(),
                known.processor(),
                known.sizeBytes(),
                known.createdMillis(),
                expiresMillis,
                known.computeNanos(),
                known.usage(),
                known.derivedFrom().stream()
                        .map(CacheKey::parse)
                        .filter(Objects::nonNull)
                        .map(Objects::requireNonNull)
                        .toList());
    }
}

package io.partflow.cli.listing;

import io.partflow.engine.cache.CacheEntry;
import io.partflow.engine.cache.StoredValue;
import io.partflow.engine.cache.sqlite.StoreContents;
import io.partflow.engine.cache.sqlite.StoreRow;
import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonBoolean;
import io.partflow.engine.content.JsonInteger;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonString;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.WireForm;
import io.partflow.engine.content.WireFormException;
import io.partflow.engine.processor.Usage;
import io.partflow.pipeline.report.Amounts;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Entries of a store as a person or a program reads them; what is not known of an entry of another program is `-`,
/// or null. Immutable.
public final class StoreListing {
    private static final String FORM = "%-72s  %-24s %5s %10s  %-20s  %-20s %8s  %-20s";
    public static final String HEADER = String.format(
                    Locale.ROOT, FORM, "KEY", "KINDS", "PARTS", "SIZE", "CREATED", "EXPIRES", "HITS", "LAST HIT")
            .stripTrailing();
    private static final String UNKNOWN = "-";
    private static final String EXPIRES = "expiresAtMs";
    private static final String CREATED = "createdAtMs";
    private static final String LAST_HIT = "lastHitAtMs";
    private static final String SIZE = "sizeBytes";
    private static final String HITS = "hits";
    private static final String NODE = "node";
    private static final String PROCESSOR = "processor";
    private static final String COMPUTE = "computeNanos";
    private static final String TOKENS_IN = "tokensIn";
    private static final String TOKENS_OUT = "tokensOut";
    private static final String COST = "costMicroUsd";
    private static final String PINNED = "pinned";
    private static final String DERIVED = "derivedFrom";
    private static final String PARTS = "parts";

    private final long nowMillis;

    public StoreListing(long nowMillis) {
        this.nowMillis = nowMillis;
    }

    /// One row of the list.
    public String line(StoreRow row) {
        StoreRow.Facts facts = row.facts();
        return String.format(
                        Locale.ROOT,
                        FORM,
                        row.key(),
                        facts == null ? UNKNOWN : facts.kinds().isEmpty() ? "(empty)" : facts.kinds(),
                        facts == null ? UNKNOWN : Integer.toString(facts.partCount()),
                        facts == null ? UNKNOWN : Amounts.bytes(facts.sizeBytes()),
                        facts == null ? UNKNOWN : time(facts.createdMillis()),
                        end(row),
                        facts == null ? UNKNOWN : Long.toString(facts.hits()),
                        facts == null || facts.lastHitMillis() == 0 ? UNKNOWN : time(facts.lastHitMillis()))
                .stripTrailing();
    }

    private String end(StoreRow row) {
        if (isPinned(row)) {
            return "pinned";
        }
        if (row.expiresMillis() == Long.MAX_VALUE) {
            return "never";
        }
        return row.expiresMillis() <= nowMillis ? "expired" : time(row.expiresMillis());
    }

    private static boolean isPinned(StoreRow row) {
        return row.facts() != null && row.facts().pinning() == CacheEntry.Pinning.PINNED;
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /// The row as JSON, without its value.
    public JsonObject json(StoreRow row) {
        return facts(row).put("expired", row.expiresMillis() <= nowMillis).build();
    }

    private static JsonObject.Builder facts(StoreRow row) {
        StoreRow.Facts facts = row.facts();
        List<JsonValue> from = new ArrayList<>();
        if (facts != null) {
            facts.derivedFrom().forEach(key -> from.add(JsonValue.of(key)));
        }
        return JsonObject.builder()
                .put("key", row.key())
                .put(EXPIRES, number(row.expiresMillis() == Long.MAX_VALUE ? null : row.expiresMillis()))
                .put("kinds", text(facts == null ? null : facts.kinds()))
                .put("partCount", number(facts == null ? null : (long) facts.partCount()))
                .put(SIZE, number(facts == null ? null : facts.sizeBytes()))
                .put(CREATED, number(facts == null ? null : facts.createdMillis()))
                .put(LAST_HIT, number(facts == null || facts.lastHitMillis() == 0 ? null : facts.lastHitMillis()))
                .put(HITS, number(facts == null ? null : facts.hits()))
                .put(NODE, text(facts == null ? null : facts.node()))
                .put(PROCESSOR, text(facts == null ? null : facts.processor()))
                .put(
                        COMPUTE,
                        number(
                                facts == null || facts.computeNanos() == StoredValue.UNKNOWN
                                        ? null
                                        : facts.computeNanos()))
                .put(TOKENS_IN, number(facts == null ? null : facts.usage().tokensIn()))
                .put(TOKENS_OUT, number(facts == null ? null : facts.usage().tokensOut()))
                .put(COST, number(facts == null ? null : facts.usage().costMicroUsd()))
                .put(PINNED, isPinned(row))
                .put(DERIVED, new JsonArray(from));
    }

    private static JsonValue number(@Nullable Long value) {
        return value == null ? JsonValue.ofNull() : JsonValue.of(value);
    }

    private static JsonValue text(@Nullable String value) {
        return value == null ? JsonValue.ofNull() : JsonValue.of(value);
    }

    /// The row as JSON with its parts in wire form, from which [#imported(JsonObject)] makes it again.
    public static JsonObject exported(StoreRow row) {
        JsonObject.Builder json = facts(row);
        try {
            List<JsonValue> parts = new ArrayList<>();
            for (Part part : row.parts()) {
                parts.add(JsonObject.parse(WireForm.toJson(part)));
            }
            return json.put(PARTS, new JsonArray(parts)).build();
        } catch (WireFormException notAContent) {
            return json.put(PARTS, JsonValue.ofNull()).build();
        }
    }

    /// Reads an exported row; only key and parts must be there.
    ///
    /// @throws IllegalArgumentException when they are not, or the parts are none
    public static StoreRow imported(JsonObject json) {
        String key = text(json, "key");
        if (key.isEmpty() || !(json.get(PARTS) instanceof JsonArray parts)) {
            throw new IllegalArgumentException("an entry has a \"key\" and an array of \"parts\"");
        }
        byte[] value = parts.toJson().getBytes(StandardCharsets.UTF_8);
        List<Part> content = WireForm.readContent(value).parts();
        Long created = number(json, CREATED);
        Long end = number(json, EXPIRES);
        StoreRow.Facts facts = created == null
                ? null
                : new StoreRow.Facts(
                        text(json, NODE),
                        text(json, PROCESSOR),
                        text(json, "kinds"),
                        content.size(),
                        content.stream().mapToLong(Part::sizeBytes).sum(),
                        created,
                        orZero(json, LAST_HIT),
                        orZero(json, HITS),
                        json.get(COMPUTE) instanceof JsonInteger ? orZero(json, COMPUTE) : StoredValue.UNKNOWN,
                        new Usage(orZero(json, TOKENS_IN), orZero(json, TOKENS_OUT), orZero(json, COST)),
                        json.get(PINNED) instanceof JsonBoolean(boolean pinned) && pinned
                                ? CacheEntry.Pinning.PINNED
                                : CacheEntry.Pinning.LOOSE,
                        texts(json, DERIVED));
        return new StoreRow(key, value, end == null ? Long.MAX_VALUE : end, facts);
    }

    private static String text(JsonObject json, String name) {
        return json.get(name) instanceof JsonString text ? text.value() : "";
    }

    private static @Nullable Long number(JsonObject json, String name) {
        return json.get(name) instanceof JsonInteger number && number.isLong() ? number.longValue() : null;
    }

    private static long orZero(JsonObject json, String name) {
        Long number = number(json, name);
        return number == null ? 0 : Math.max(0, number);
    }

    private static List<String> texts(JsonObject json, String name) {
        List<String> texts = new ArrayList<>();
        if (json.get(name) instanceof JsonArray list) {
            for (JsonValue each : list.values()) {
                if (each instanceof JsonString text) {
                    texts.add(text.value());
                }
            }
        }
        return texts;
    }

    /// Everything about one entry, several lines.
    public String details(StoreRow row) {
        StoreRow.Facts facts = row.facts();
        StringBuilder text = new StringBuilder();
        line(text, "key", row.key());
        line(text, "expires", end(row));
        line(text, "stored", Amounts.bytes(row.value().length));
        if (facts != null) {
            line(text, "created", time(facts.createdMillis()));
            line(text, "node", facts.node().isEmpty() ? UNKNOWN : facts.node() + " (" + facts.processor() + ")");
            line(text, "size", Amounts.bytes(facts.sizeBytes()));
            line(text, "hits", facts.hits() + (facts.hits() == 0 ? "" : ", last " + time(facts.lastHitMillis())));
            line(
                    text,
                    "computed in",
                    facts.computeNanos() == StoredValue.UNKNOWN ? UNKNOWN : Amounts.nanos(facts.computeNanos()));
            facts.derivedFrom().forEach(key -> line(text, "derived from", key));
        }
        try {
            for (Part part : row.parts()) {
                text.append(WireForm.toJson(part)).append('\n');
            }
        } catch (WireFormException notAContent) {
            line(text, "value", "cannot be read: " + notAContent.getMessage());
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(String.format(Locale.ROOT, "%-13s %s%n", name, value));
    }

    /// The totals of a store, several lines.
    public static String text(StoreContents.Totals totals, long fileBytes) {
        StringBuilder text = new StringBuilder();
        line(text, "entries", Amounts.count(totals.entries()));
        line(text, "values", Amounts.bytes(totals.valueBytes()));
        line(text, "file", Amounts.bytes(fileBytes));
        line(text, "expired", Amounts.count(totals.expired()));
        line(text, PINNED, Amounts.count(totals.pinned()));
        line(text, "of others", Amounts.count(totals.ofOthers()));
        line(text, HITS, Amounts.count(totals.hits()));
        line(text, "journal", totals.journalMode());
        totals.byPrefix()
                .forEach((prefix, under) -> line(
                        text,
                        "prefix",
                        (prefix.isEmpty() ? "(none)" : prefix) + "  " + entries(under[0]) + ", "
                                + Amounts.bytes(under[1])));
        return text.toString();
    }

    public static JsonObject json(StoreContents.Totals totals, long fileBytes) {
        JsonObject.Builder prefixes = JsonObject.builder();
        totals.byPrefix()
                .forEach((prefix, under) -> prefixes.put(
                        prefix,
                        JsonObject.builder()
                                .put("entries", under[0])
                                .put("valueBytes", under[1])
                                .build()));
        return JsonObject.builder()
                .put("entries", totals.entries())
                .put("valueBytes", totals.valueBytes())
                .put("fileBytes", fileBytes)
                .put("expired", totals.expired())
                .put(PINNED, totals.pinned())
                .put("ofOthers", totals.ofOthers())
                .put(HITS, totals.hits())
                .put("journalMode", totals.journalMode())
                .put("prefixes", prefixes.build())
                .build();
    }

    /// A number of entries in words.
    public static String entries(long count) {
        return Amounts.count(count) + (count == 1 ? " entry" : " entries");
    }
}

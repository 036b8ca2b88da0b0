package io.partflow.engine.trace;

import io.partflow.engine.cache.Outcome;
import io.partflow.engine.content.JsonInteger;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonReal;
import io.partflow.engine.content.JsonString;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.trace.RecordedLine.RecordedRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads what stands in the lines of a recording. Pure functions.
final class LineFields {
    private LineFields() {}

    /// What the object `cache` of a line says.
    ///
    /// @param at the moment of the line
    /// @throws IllegalArgumentException when it names no outcome
    static RecordedRequest request(JsonObject cache, double at, long line) {
        String outcome = text(cache, "outcome").toUpperCase(Locale.ROOT);
        String evicted = text(cache, "evicted");
        String hash = text(cache, "answer");
        RecordedAnswer answer = new RecordedAnswer(
                whole(cache, "bytes"),
                whole(cache, "costNanos"),
                whole(cache, "overheadNanos"),
                hash.isEmpty() ? null : hash,
                new Usage(amount(cache, "tokensIn"), amount(cache, "tokensOut"), amount(cache, "costMicroUsd")));
        Outcome ended = Outcome.valueOf(outcome);
        return new RecordedRequest(
                at,
                asked(cache, at, ended, answer),
                text(cache, "node"),
                text(cache, "key"),
                ended,
                answer,
                evicted.isEmpty() ? null : evicted,
                line);
    }

    /// Older recordings tell only how long a request took: what it spent in the cache, and computing if it did.
    private static double asked(JsonObject cache, double at, Outcome outcome, RecordedAnswer answer) {
        JsonValue written = cache.get("askedMs");
        if (written instanceof JsonReal number && Double.isFinite(number.value())) {
            return Math.clamp(number.value(), 0, at);
        }
        if (written instanceof JsonInteger number && number.isLong()) {
            return Math.clamp((double) number.longValue(), 0, at);
        }
        Long overhead = answer.overheadNanos();
        Long cost = answer.costNanos();
        if (overhead == null) {
            return at;
        }
        double nanos = overhead + (outcome == Outcome.MISS && cost != null ? cost.doubleValue() : 0);
        return Math.clamp(at - nanos / 1e6, 0, at);
    }

    /// A text; empty where there is none.
    static String text(JsonObject json, String name) {
        return json.get(name) instanceof JsonString text ? text.value() : "";
    }

    /// A whole number; null where there is none.
    static @Nullable Long whole(JsonObject json, String name) {
        JsonValue value = json.get(name);
        return value instanceof JsonInteger number && number.isLong() ? Long.valueOf(number.longValue()) : null;
    }

    private static long amount(JsonObject json, String name) {
        Long value = whole(json, name);
        return value == null ? 0 : Math.max(0, value);
    }
}

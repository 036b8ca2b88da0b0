package io.partflow.engine.insight.history;

import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import java.util.List;

/// What the hit ratio alone says of a cache: a baseline for what is measured. Immutable.
public sealed interface BaselineReport {
    /// The report with the names that its readers know.
    JsonObject toJson();

    /// Nothing was asked yet.
    record NoData() implements BaselineReport {
        @Override
        public JsonObject toJson() {
            return JsonObject.builder().put("status", "no_data").build();
        }
    }

    /// @param currentHitRate over all requests, 0 to 1
    /// @param averageHitRate the mean of its last 1,000 values
    /// @param cacheEfficiency excellent above 0.8, good above 0.6, else needs_improvement
    /// @param recommendations two below 0.3, two others below 0.6, else none
    record Measured(
            double currentHitRate,
            double averageHitRate,
            long totalRequests,
            String cacheEfficiency,
            List<String> recommendations)
            implements BaselineReport {
        public Measured {
            recommendations = List.copyOf(recommendations);
        }

        @Override
        public JsonObject toJson() {
            List<JsonValue> texts = recommendations.stream().map(JsonValue::of).toList();
            return JsonObject.builder()
                    .put("current_hit_rate", currentHitRate)
                    .put("average_hit_rate", averageHitRate)
                    .put("total_requests", totalRequests)
                    .put("cache_efficiency", cacheEfficiency)
                    .put("recommendations", new JsonArray(texts))
                    .build();
        }
    }
}

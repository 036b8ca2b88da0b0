package io.partflow.engine.insight.history;

import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.cache.EvictionCause;
import io.partflow.engine.insight.curve.AccessTrace;
import io.partflow.engine.insight.curve.Policy;
import io.partflow.engine.insight.curve.SimulatedCache;
import io.partflow.engine.insight.why.RequestPrint;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The last requests to a node's cache, in order, with all that is known of them: what advice is made of. Immutable.
///
/// @param requests the last ones, oldest first
/// @param evictions what left meanwhile, oldest first
/// @param prints of the inputs of the last distinct misses, by key number
/// @param sampleRate the share of the keys whose requests are here, above 0 to 1
/// @param overheadNanos what asking the cache costs a request, or below 0 if unknown
public record CacheHistory(
        String node,
        String processor,
        CacheSettings settings,
        List<CacheRequest> requests,
        List<Departure> evictions,
        Map<Long, RequestPrint> prints,
        double sampleRate,
        long overheadNanos) {
    /// An entry that left.
    public record Departure(long key, long atMillis, EvictionCause cause, long bytes) {}

    public CacheHistory {
        requests = List.copyOf(requests);
        evictions = List.copyOf(evictions);
        prints = Map.copyOf(prints);
    }

    /// The share of requests that needed no computation; 0 without requests.
    public double hitRatio() {
        long served = requests.stream().filter(CacheRequest::isServed).count();
        return requests.isEmpty() ? 0 : served / (double) requests.size();
    }

    /// How many different keys were asked for.
    public long distinct() {
        return requests.stream().mapToLong(CacheRequest::key).distinct().count();
    }

    /// The hit ratio that no cache can exceed that begins empty: every key has to be computed once.
    public double ceiling() {
        return requests.isEmpty() ? 0 : 1 - distinct() / (double) requests.size();
    }

    /// The requests as accesses, to be simulated.
    public AccessTrace trace() {
        AccessTrace.Builder trace = new AccessTrace.Builder();
        requests.forEach(
                each -> trace.add(each.key(), each.bytes(), each.atMillis(), each.outcome(), each.computeNanos()));
        return trace.build();
    }

    /// The policy of the cache.
    public Policy policy() {
        return switch (settings.policy()) {
            case LRU -> Policy.LRU;
            case TINYLFU -> Policy.TINYLFU;
        };
    }

    /// The limits of the cache, scaled to the share of keys that is here.
    public SimulatedCache.Limits limits() {
        return limits(settings);
    }

    /// The limits of other settings, likewise.
    public SimulatedCache.Limits limits(CacheSettings other) {
        return new SimulatedCache.Limits(scaled(other.maxItems()), scaled(other.maxBytes()), other.ttlMillis());
    }

    private long scaled(@Nullable Long limit) {
        return limit == null ? Long.MAX_VALUE : Math.max(1, Math.round(limit * sampleRate));
    }

    /// From the first request to the last.
    public long spanMillis() {
        return requests.isEmpty()
                ? 0
                : requests.get(requests.size() - 1).atMillis() - requests.get(0).atMillis();
    }
}

package io.partflow.engine.insight.why;

import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.content.Part;
import java.util.Arrays;
import java.util.List;

/// What is remembered of a request. Immutable.
///
/// @param parts in order
/// @param atMillis when it was asked, milliseconds since 1970
public record RequestPrint(CacheKey key, List<PartPrint> parts, long atMillis) {
    public RequestPrint {
        parts = List.copyOf(parts);
    }

    public static RequestPrint of(CacheKey key, List<Part> input, long atMillis) {
        return new RequestPrint(key, input.stream().map(PartPrint::of).toList(), atMillis);
    }

    /// A number for the parts whatever their order.
    long unordered() {
        long[] wholes = parts.stream().mapToLong(PartPrint::whole).sorted().toArray();
        return Arrays.hashCode(wholes) * 31L + Arrays.stream(wholes).sum();
    }

    /// A number for the parts without their metadata, in order.
    long withoutMetadata() {
        long hash = parts.size();
        for (PartPrint part : parts) {
            hash = PartPrint.mixed(hash, part.withoutMetadata(), 3);
        }
        return hash;
    }

    /// How alike two requests are, 0 to 1: for each part its best likeness among the other's, over the larger number
    /// of parts.
    double similarity(RequestPrint other) {
        if (parts.isEmpty() || other.parts.isEmpty()) {
            return 0;
        }
        double sum = 0;
        for (int i = 0; i < parts.size(); i++) {
            double best = 0;
            // A part is looked for near its own place: prompts grow and shift by a few parts.
            int shift = Math.abs(parts.size() - other.parts.size()) + 2;
            for (int j = Math.max(0, i - shift); j < Math.min(other.parts.size(), i + shift + 1); j++) {
                best = Math.max(best, parts.get(i).similarity(other.parts.get(j)));
            }
            sum += best;
        }
        return Math.min(1, sum / Math.max(parts.size(), other.parts.size()));
    }
}

package io.partflow.engine.cache;

import io.partflow.engine.content.ContentHash;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.Usage;
import java.util.List;

/// Keys and values for tests.
final class CacheSamples {
    /// What the metadata of a part without metadata counts.
    static final int BARE_PART_BYTES = 4;

    private CacheSamples() {}

    static CacheKey key(String name) {
        return new CacheKey("test:", ContentHash.ofText(name));
    }

    static Part part(String text) {
        return Part.text(text);
    }

    static StoredValue value(String name, long sizeBytes, long createdMillis, long expiresMillis) {
        return new StoredValue(
                key(name),
                List.of(part(name)),
                "node",
                "test.step",
                sizeBytes,
                createdMillis,
                expiresMillis,
                1_000,
                new Usage(1, 2, 3));
    }

    static StoredValue value(String name, long sizeBytes) {
        return value(name, sizeBytes, 0, Long.MAX_VALUE);
    }
}

package io.partflow.engine.insight;

import io.partflow.engine.cache.CacheAccess;
import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.cache.ContentCache;
import io.partflow.engine.cache.KeyFunction;
import io.partflow.engine.content.ContentHash;
import io.partflow.engine.content.Part;
import io.partflow.engine.insight.history.CacheHistory;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.stream.ManualClock;
import java.util.List;
import java.util.function.Function;

/// A real cache of one node, watched, on a clock of the test's own: recordings are made and advice is applied here.
public final class WatchedCache implements AutoCloseable {
    public static final String NODE = "answer";

    public final ManualClock clock = new ManualClock();
    private final CacheRoom room = new CacheRoom(clock);
    public final CacheInsight insight = CacheInsight.watching(room, clock);
    private CacheSettings settings;
    // Made once: matching pictures by likeness remembers what it has seen.
    private KeyFunction keys;
    private String prefix = "pf1:test@1:0:";
    private CacheAccess access = CacheAccess.FULL;
    /// What computing takes, in milliseconds of the clock.
    public long computeMillis = 5;
    /// The answer to an input.
    public Function<List<Part>, List<Part>> answering = input -> input;

    public WatchedCache(CacheSettings settings) {
        this.settings = settings;
        this.keys = KeyFunction.of(settings.key());
    }

    public static CacheSettings lru(long items) {
        CacheSettings some = CacheSettings.DEFAULT;
        return new CacheSettings(
                some.scope(),
                some.tier(),
                some.ttlMillis(),
                items,
                some.maxBytes(),
                CacheSettings.Policy.LRU,
                some.prefix(),
                some.key(),
                some.when());
    }

    public WatchedCache under(String otherPrefix) {
        prefix = otherPrefix;
        return this;
    }

    public WatchedCache with(CacheAccess other) {
        access = other;
        return this;
    }

    public void configure(CacheSettings other) {
        settings = other;
        keys = KeyFunction.of(other.key());
    }

    public ContentCache cache() {
        return room.cache(NODE, "test.node", settings);
    }

    public void ask(String text) {
        ask(List.of(Part.text(text)));
    }

    public void ask(Part... parts) {
        ask(List.of(parts));
    }

    public void ask(List<Part> input) {
        ContentCache cache = cache();
        ContentHash hash = keys.hash(input);
        if (hash == null) {
            throw new IllegalArgumentException("no key");
        }
        try {
            cache.request(
                    new ContentCache.Question(new CacheKey(prefix, hash), input, List.of()),
                    part -> {},
                    out -> {
                        clock.advanceMillis(computeMillis);
                        for (Part part : answering.apply(input)) {
                            out.emit(part);
                        }
                        return new Usage(10, 20, 30);
                    },
                    access);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public CacheHistory history() {
        return insight.history(NODE).orElseThrow();
    }

    public NodeInsight now() {
        return insight.snapshot().get(0);
    }

    @Override
    public void close() {
        insight.close();
        room.close();
    }
}

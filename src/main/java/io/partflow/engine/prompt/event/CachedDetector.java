package io.partflow.engine.prompt.event;

import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.cache.ContentCache;
import io.partflow.engine.cache.KeyFunction;
import io.partflow.engine.cache.Outcome;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartEmitter;
import io.partflow.engine.processor.PartException;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.prompt.NestedCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A detector that looks at the same images only once while its cache remembers what it saw. Thread-safe as the
/// detector is.
///
/// That it saw nothing is remembered too; that it failed is not.
public final class CachedDetector implements Detector {
    public static final long DEFAULT_TTL_MILLIS = 300_000;
    public static final long DEFAULT_MAX_ITEMS = 10_000;

    /// The images alone, in order: when they came does not matter.
    public static final KeyFunction IMAGES_ALONE =
            content -> content.stream().filter(Part::isImage).toList();

    private final Detector detector;
    private final CacheRoom.Calls calls;

    /// @param calls are asked for the images alone, in order: when they came does not matter
    public CachedDetector(Detector detector, CacheRoom.Calls calls) {
        this.detector = detector;
        this.calls = calls;
    }

    /// With a cache that nobody counts but itself.
    ///
    /// @param keys which images count as the same, such as [#IMAGES_ALONE]
    /// @param prefix tells this detector and its configuration from others that share the cache
    public CachedDetector(Detector detector, ContentCache cache, KeyFunction keys, String prefix) {
        this(detector, (images, out, computation) -> {
            CacheKey key = keys.key(prefix, images);
            if (key == null) {
                cache.countUncacheable();
                var _ = computation.compute(out);
                return Outcome.UNCACHEABLE;
            }
            return cache.request(key, out, computation).outcome();
        });
    }

    /// How detections are cached unless somebody says otherwise: 300 seconds, 10,000 items, 64 MiB, in memory.
    public static CacheSettings settings() {
        return CacheSettings.DEFAULT.withTtlMillis(DEFAULT_TTL_MILLIS).withMaxItems(DEFAULT_MAX_ITEMS);
    }

    @Override
    public void detect(List<Part> content, PartContext context) throws Exception {
        List<Part> images = content.stream().filter(Part::isImage).toList();
        var unused = calls.request(images, context, out -> {
            Watch watch = new Watch(context, out::emit);
            detector.detect(content, watch);
            return watch.spent();
        });
    }

    /// Adds up what a detection spends, and makes a failure that it only reports one that ends it, so that half an
    /// answer is not kept.
    private static final class Watch extends NestedCall {
        private Usage usage = Usage.NONE;
        private @Nullable Failure failure;

        Watch(PartContext outer, PartEmitter out) {
            super(outer, out);
        }

        @Override
        public void spend(Usage more) {
            usage = usage.plus(more);
            super.spend(more);
        }

        @Override
        public void fail(Failure reported) {
            if (failure == null) {
                failure = reported;
            }
        }

        Usage spent() throws PartException {
            Failure reported = failure;
            if (reported != null) {
                throw new PartException(reported);
            }
            return usage;
        }
    }
}

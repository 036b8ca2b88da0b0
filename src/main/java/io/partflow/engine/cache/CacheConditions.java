package io.partflow.engine.cache;

import io.partflow.engine.content.Part;
import io.partflow.engine.content.TextBody;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Whether a node's conditions admit a part to its cache. Thread-safe.
public final class CacheConditions {
    private CacheConditions() {}

    /// Whether the part meets all conditions.
    public static boolean admits(CacheSettings.Conditions when, Part part) {
        return (when.mimeTypes().isEmpty() || isOneOf(when.mimeTypes(), part.mimeType()))
                && when.neverWithMetadata().stream().noneMatch(part.metadata()::has)
                && isLongEnough(part, when.minTextLength());
    }

    /// Whether a content may be cached: every part of it must be admitted.
    public static boolean admits(CacheSettings.Conditions when, List<Part> parts) {
        return parts.stream().allMatch(part -> admits(when, part));
    }

    /// Whether a MIME type is one of some, where `image/*` stands for all images.
    static boolean isOneOf(List<String> patterns, String mimeType) {
        String type = mimeType.toLowerCase(Locale.ROOT);
        // What follows a semicolon are parameters, such as the rate of audio.
        String bare = type.split(";", 2)[0].strip();
        for (String pattern : patterns) {
            String wanted = pattern.toLowerCase(Locale.ROOT);
            boolean admitted = wanted.endsWith("*")
                    ? type.startsWith(wanted.substring(0, wanted.length() - 1))
                    : wanted.equals(type) || wanted.equals(bare);
            if (admitted) {
                return true;
            }
        }
        return false;
    }

    /// The condition that keeps a content out of the cache, or null when all admit it.
    public static CacheWatcher.@Nullable Uncacheable obstacle(CacheSettings.Conditions when, List<Part> parts) {
        for (Part part : parts) {
            if (!when.mimeTypes().isEmpty() && !isOneOf(when.mimeTypes(), part.mimeType())) {
                return CacheWatcher.Uncacheable.MIME_TYPE;
            }
            if (when.neverWithMetadata().stream().anyMatch(part.metadata()::has)) {
                return CacheWatcher.Uncacheable.METADATA;
            }
            if (!isLongEnough(part, when.minTextLength())) {
                return CacheWatcher.Uncacheable.TOO_SHORT;
            }
        }
        return null;
    }

    private static boolean isLongEnough(Part part, int codePoints) {
        return codePoints <= 0
                || !(part.body() instanceof TextBody(String text))
                || text.codePointCount(0, text.length()) > codePoints;
    }
}

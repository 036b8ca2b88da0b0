package io.partflow.ui.tune.why;

import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.insight.why.MissCause;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Messages;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The causes of misses in words. Pure.
public final class MissWords {
    private static final int ENDS = 4;

    private MissWords() {}

    /// One sentence that names the cause.
    public static String sentence(MissCause cause) {
        return switch (cause) {
            case MissCause.FirstTime() -> Messages.text("tune.why.first");
            case MissCause.ChangedContent(double similarity) ->
                Messages.text("tune.why.content", Formats.wholePercent(similarity));
            case MissCause.MetadataChanged() -> Messages.text("tune.why.metadata");
            case MissCause.Reordered() -> Messages.text("tune.why.reordered");
            case MissCause.NamespaceChanged(String earlier) -> Messages.text("tune.why.namespace", earlier);
            case MissCause.Expired(long agoMillis) -> Messages.text("tune.why.expired", time(agoMillis));
            case MissCause.Evicted(long agoMillis, MissCause.Limit limit, String forKey) ->
                Messages.text(
                        forKey == null ? "tune.why.evicted" : "tune.why.evicted.for",
                        time(agoMillis),
                        Messages.text("tune.why.limit." + limit.name().toLowerCase(Locale.ROOT)),
                        forKey == null ? "" : shortened(forKey));
            case MissCause.Invalidated(long agoMillis) -> Messages.text("tune.why.invalidated", time(agoMillis));
            case MissCause.NotCacheable(MissCause.Why why) ->
                Messages.text("tune.why.uncacheable." + why.name().toLowerCase(Locale.ROOT));
            case MissCause.CacheOff() -> Messages.text("tune.why.off");
            case MissCause.Coalesced() -> Messages.text("tune.why.coalesced");
        };
    }

    /// The sort of cause in one or two words, such as "metadata changed".
    public static String kind(MissCause.Kind kind) {
        return Messages.text("tune.why.kind." + kind.name().toLowerCase(Locale.ROOT));
    }

    /// Processor and both ends of the hash, such as `model.simulated/8e53…d417`; `-` where there is no key.
    public static String key(@Nullable CacheKey key) {
        return key == null ? Formats.UNKNOWN : shortened(key.text());
    }

    private static String shortened(String text) {
        CacheKey key = CacheKey.parse(text);
        if (key == null) {
            return text;
        }
        String hex = key.hash().hex();
        String name = key.prefix();
        if (name.startsWith("pf1:")) {
            int end = name.indexOf('@');
            name = name.substring(4, end < 0 ? name.length() : end) + "/";
        }
        return name + hex.substring(0, ENDS) + "\u2026" + hex.substring(hex.length() - ENDS);
    }

    static String time(long millis) {
        return Formats.durationNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }
}

package io.partflow.ui.inspect.node;

import io.partflow.engine.cache.CacheSnapshot;
import io.partflow.engine.cache.LatencySnapshot;
import io.partflow.engine.processor.PromptSnapshot;
import io.partflow.engine.run.NodeSnapshot;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Messages;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// The live numbers of one node, as texts and ratios ready to be shown. Immutable.
///
/// @param parts parts in and out
/// @param hits how many, or unknown without a cache; likewise misses and coalesced
/// @param hitRatio of all requests so far, or not a number
/// @param ratioText the ratio and what it is of
/// @param busyShare of the node's time since the last sample, 0 to 1; the three shares sum to 1 or are all 0
/// @param hitLatency p50, p95 and p99 in milliseconds, as texts
/// @param missLatency likewise
/// @param prompt of a rolling prompt the parts kept, dropped and summarised, and the tokens before, after and shared
///     with the previous prompt; empty for other nodes
/// @param steps of a rolling prompt the last changes of its policy, newest first
/// @param stepsText how many changes there were
record NodeNumbers(
        String parts,
        String hits,
        String misses,
        String coalesced,
        double hitRatio,
        String ratioText,
        double busyShare,
        double waitingShare,
        double blockedShare,
        String shareText,
        List<String> hitLatency,
        List<String> missLatency,
        List<String> prompt,
        List<PromptSnapshot.Step> steps,
        String stepsText) {
    private static final List<String> NO_LATENCY = List.of(Formats.UNKNOWN, Formats.UNKNOWN, Formats.UNKNOWN);

    static final NodeNumbers NONE = of(null, null);

    /// @param before an earlier sample of the same run, or null
    static NodeNumbers of(@Nullable NodeSnapshot before, @Nullable NodeSnapshot now) {
        CacheSnapshot cache = now == null ? null : now.cache();
        long requests = cache == null ? 0 : cache.requests();
        double busy = 0;
        double waiting = 0;
        double blocked = 0;
        if (now != null) {
            busy = now.busyNanos() - (before == null ? 0 : before.busyNanos());
            waiting = now.waitingNanos() - (before == null ? 0 : before.waitingNanos());
            blocked = now.blockedNanos() - (before == null ? 0 : before.blockedNanos());
        }
        double sum = Math.max(1, Math.max(0, busy) + Math.max(0, waiting) + Math.max(0, blocked));
        busy = Math.max(0, busy) / sum;
        waiting = Math.max(0, waiting) / sum;
        blocked = Math.max(0, blocked) / sum;
        return new NodeNumbers(
                now == null
                        ? ""
                        : Messages.text(
                                "inspect.node.parts", Formats.count(now.partsIn()), Formats.count(now.partsOut())),
                cache == null ? Formats.UNKNOWN : Formats.count(cache.hits()),
                cache == null ? Formats.UNKNOWN : Formats.count(cache.misses()),
                cache == null ? Formats.UNKNOWN : Formats.count(cache.coalesced()),
                cache == null ? Double.NaN : cache.hitRatio().orElse(Double.NaN),
                requests == 0 || cache == null
                        ? Messages.text("inspect.cache.norequests")
                        : Messages.text(
                                "inspect.cache.ratio", Formats.percent(cache.hitRatio()), Formats.count(requests)),
                busy,
                waiting,
                blocked,
                now == null || busy + waiting + blocked == 0
                        ? Messages.text("inspect.time.none")
                        : Messages.text(
                                "inspect.time.shares",
                                Formats.wholePercent(busy),
                                Formats.wholePercent(waiting),
                                Formats.wholePercent(blocked)),
                cache == null ? NO_LATENCY : latency(cache.hitLatency()),
                cache == null ? NO_LATENCY : latency(cache.missLatency()),
                now == null ? List.of() : prompt(now.prompt()),
                now == null ? List.of() : steps(now.prompt()),
                now == null ? "" : stepsText(now.prompt()));
    }

    private static List<PromptSnapshot.Step> steps(@Nullable PromptSnapshot prompt) {
        return prompt == null ? List.of() : prompt.steps().reversed();
    }

    private static String stepsText(@Nullable PromptSnapshot prompt) {
        if (prompt == null) {
            return "";
        }
        int shown = prompt.steps().size();
        return shown == prompt.stepsSeen()
                ? Messages.text("inspect.prompt.steps", Formats.count(shown))
                : Messages.text("inspect.prompt.laststeps", Formats.count(shown), Formats.count(prompt.stepsSeen()));
    }

    private static List<String> prompt(@Nullable PromptSnapshot prompt) {
        return prompt == null
                ? List.of()
                : LongStream.of(
                                prompt.partsKept(),
                                prompt.partsDropped(),
                                prompt.partsSummarised(),
                                prompt.tokensBefore(),
                                prompt.tokensAfter(),
                                prompt.sharedPrefixTokens())
                        .mapToObj(Formats::count)
                        .toList();
    }

    private static List<String> latency(LatencySnapshot latency) {
        return latency.samples() == 0
                ? NO_LATENCY
                : List.of(
                        Formats.millis(latency.p50Ms()),
                        Formats.millis(latency.p95Ms()),
                        Formats.millis(latency.p99Ms()));
    }
}

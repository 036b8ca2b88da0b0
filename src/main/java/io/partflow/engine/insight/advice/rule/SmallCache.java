package io.partflow.engine.insight.advice.rule;

import static io.partflow.engine.insight.advice.rule.Words.evidence;

import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.cache.EvictionCause;
import io.partflow.engine.insight.advice.Advice;
import io.partflow.engine.insight.advice.AdviceRule;
import io.partflow.engine.insight.advice.Examined;
import io.partflow.engine.insight.advice.Prediction;
import io.partflow.engine.insight.advice.ProposedChange;
import io.partflow.engine.insight.history.CacheHistory;
import io.partflow.engine.insight.history.Regrets;
import io.partflow.engine.insight.history.Replay;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Speaks where a larger cache would serve more: entries had to go for room and were asked for again. Proposes the
/// smallest size that brings nearly all that size can bring.
public final class SmallCache implements AdviceRule {
    private static final double[] FACTORS = {1.5, 2, 3, 4, 6, 8, 16};
    private static final double LEAST_GAIN = 0.02;
    private static final double NEARLY_ALL = 0.9;

    @Override
    public Optional<Advice> advise(Examined examined) {
        CacheHistory history = examined.history();
        boolean items = left(history, EvictionCause.SIZE);
        boolean bytes = left(history, EvictionCause.WEIGHT);
        Regrets regrets = Regrets.of(history);
        if ((!items && !bytes) || regrets.all().isEmpty()) {
            return Optional.empty();
        }
        boolean[] before = examined.hits();
        boolean[][] after = new boolean[FACTORS.length][];
        double best = 0;
        for (int i = 0; i < FACTORS.length; i++) {
            CacheSettings larger = settings(history.settings(), items, bytes, FACTORS[i]);
            after[i] = Replay.hits(history, history.policy(), history.limits(larger));
            best = Math.max(best, Replay.ratio(after[i]) - Replay.ratio(before));
        }
        if (best < LEAST_GAIN) {
            return Optional.empty();
        }
        for (int i = 0; i < FACTORS.length; i++) {
            if (Replay.ratio(after[i]) - Replay.ratio(before) >= NEARLY_ALL * best) {
                CacheSettings larger = settings(history.settings(), items, bytes, FACTORS[i]);
                return Optional.of(advice(history, regrets, items, bytes, before, after[i], larger));
            }
        }
        return Optional.empty();
    }

    private static boolean left(CacheHistory history, EvictionCause cause) {
        return history.evictions().stream().anyMatch(each -> each.cause() == cause);
    }

    private static CacheSettings settings(CacheSettings settings, boolean items, boolean bytes, double factor) {
        return settings.withMaxItems(items ? scaled(settings.maxItems(), factor) : settings.maxItems())
                .withMaxBytes(bytes ? scaled(settings.maxBytes(), factor) : settings.maxBytes());
    }

    private static @Nullable Long scaled(@Nullable Long limit, double factor) {
        return limit == null ? null : Long.valueOf(Math.round(limit * factor));
    }

    /// Only the limits that entries left by are named: the other stays.
    private static Advice advice(
            CacheHistory history,
            Regrets regrets,
            boolean byItems,
            boolean byBytes,
            boolean[] before,
            boolean[] after,
            CacheSettings larger) {
        List<String> room = new ArrayList<>();
        List<Advice.Evidence> facts = new ArrayList<>();
        facts.add(evidence(
                "entries that had to go and were asked for again",
                Words.count(regrets.all().size())));
        facts.add(evidence("time spent computing them again", Words.time(regrets.costNanos() / 1e6)));
        Long items = larger.maxItems();
        if (byItems && items != null) {
            room.add(Words.count(items) + " entries");
            facts.add(evidence("entries missing to keep half of them", Words.count(regrets.itemsToSave(0.5))));
        }
        Long bytes = larger.maxBytes();
        if (byBytes && bytes != null) {
            room.add(Words.bytes(bytes));
            facts.add(evidence("bytes missing to keep half of them", Words.bytes(regrets.bytesToSave(0.5))));
        }
        return new Advice(
                "size",
                history.node(),
                "Give the cache room for " + String.join(" and ", room) + ".",
                facts,
                Prediction.ofReplays(history.hitRatio(), before, after),
                new ProposedChange.Limits(items, bytes));
    }
}

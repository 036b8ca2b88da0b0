package io.partflow.engine.insight.advice.rule;

import static io.partflow.engine.insight.advice.rule.Words.evidence;

import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.cache.EvictionCause;
import io.partflow.engine.insight.advice.Advice;
import io.partflow.engine.insight.advice.AdviceRule;
import io.partflow.engine.insight.advice.Examined;
import io.partflow.engine.insight.advice.Prediction;
import io.partflow.engine.insight.advice.ProposedChange;
import io.partflow.engine.insight.curve.AccessTrace;
import io.partflow.engine.insight.curve.MissRatioCurve.Unit;
import io.partflow.engine.insight.curve.TraceCurves;
import io.partflow.engine.insight.history.CacheHistory;
import io.partflow.engine.insight.history.Regrets;
import io.partflow.engine.insight.history.Replay;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Speaks where a larger cache would serve more: entries had to go for room and were asked for again. Proposes the
/// size from which on the curve hardly rises: the smallest that brings nearly all that size can bring.
public final class SmallCache implements AdviceRule {
    private static final double LEAST_GAIN = 0.02;

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
        CacheSettings now = history.settings();
        AccessTrace trace = history.trace();
        CacheSettings larger = now.withMaxItems(
                        items ? raised(now.maxItems(), knee(history, trace, Unit.ITEMS)) : now.maxItems())
                .withMaxBytes(bytes ? raised(now.maxBytes(), knee(history, trace, Unit.BYTES)) : now.maxBytes());
        boolean[] after = Replay.hits(history, history.policy(), history.limits(larger));
        Prediction prediction = Prediction.ofReplays(history.hitRatio(), before, after, history.ceiling());
        return prediction.gain() < LEAST_GAIN || !prediction.isClearlyMore()
                ? Optional.empty()
                : Optional.of(advice(history, regrets, items, bytes, prediction, larger));
    }

    private static long knee(CacheHistory history, AccessTrace trace, Unit unit) {
        return Math.round(TraceCurves.lru(trace, unit).knee() / history.sampleRate());
    }

    private static @Nullable Long raised(@Nullable Long limit, long knee) {
        return limit == null ? null : Long.valueOf(Math.max(limit, knee));
    }

    private static boolean left(CacheHistory history, EvictionCause cause) {
        return history.evictions().stream().anyMatch(each -> each.cause() == cause);
    }

    /// Only the limits that entries left by are named: the other stays.
    private static Advice advice(
            CacheHistory history,
            Regrets regrets,
            boolean byItems,
            boolean byBytes,
            Prediction prediction,
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
                prediction,
                new ProposedChange.Limits(items, bytes));
    }
}

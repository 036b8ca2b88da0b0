package io.partflow.engine.insight;

import io.partflow.engine.insight.advice.Advice;
import io.partflow.engine.insight.advice.Examined;
import io.partflow.engine.insight.advice.rule.AdviceRules;
import io.partflow.engine.insight.curve.AccessTrace;
import io.partflow.engine.insight.curve.MissRatioCurve;
import io.partflow.engine.insight.curve.Policy;
import io.partflow.engine.insight.curve.TraceCurves;
import io.partflow.engine.insight.history.Ablation;
import io.partflow.engine.insight.history.CacheHistory;
import io.partflow.engine.insight.history.Regrets;
import io.partflow.engine.insight.history.ReuseGaps;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What only a look at the whole history of a node's cache can tell. Immutable.
///
/// @param atMillis when it was made, milliseconds since 1970; 0 if never
/// @param requests how many requests it is made of: the last ones
/// @param policies the hit ratio of other policies at up to 60 sizes in entries; OPTIMAL is the most that any could
/// reach
/// @param policiesByBytes likewise at up to 40 sizes in bytes, where the optimum is not known
/// @param gaps how long after its last request the same is asked for again
/// @param lifetimes what times to live would have meant, shortest first, for ever last
/// @param regrets evictions whose key was asked for again
/// @param ablation what keys without one of their fields would have meant, the largest gain first
/// @param advice what to change, with evidence
public record NodeAnalysis(
        long atMillis,
        int requests,
        Map<Policy, MissRatioCurve> policies,
        Map<Policy, MissRatioCurve> policiesByBytes,
        ReuseGaps gaps,
        List<ReuseGaps.Outlook> lifetimes,
        Regrets.Summary regrets,
        List<Ablation.Result> ablation,
        List<Advice> advice) {
    /// Before anything was looked at.
    public static final NodeAnalysis NONE = new NodeAnalysis(
            0, 0, Map.of(), Map.of(), new ReuseGaps(List.of()), List.of(), Regrets.Summary.NONE, List.of(), List.of());

    private static final int MOST_SIZES = 60;
    private static final int SHOWN_REGRETS = 20;
    // Simulating takes as many steps as there are requests, for every size.
    private static final int MOST_SIMULATED = 1 << 16;

    public NodeAnalysis {
        policies = Map.copyOf(policies);
        policiesByBytes = Map.copyOf(policiesByBytes);
        lifetimes = List.copyOf(lifetimes);
        ablation = List.copyOf(ablation);
        advice = List.copyOf(advice);
    }

    /// Looks at a history; takes up to some seconds for a long one.
    public static NodeAnalysis of(CacheHistory history, long atMillis) {
        return of(history, atMillis, Ablation.DEFAULT_ERROR_BUDGET);
    }

    /// As above, with another budget of wrong answers.
    ///
    /// @param errorBudget the share of answers that may be those of another input, 0 to 1
    public static NodeAnalysis of(CacheHistory history, long atMillis, double errorBudget) {
        Examined examined = Examined.of(history, errorBudget);
        return new NodeAnalysis(
                atMillis,
                history.requests().size(),
                curves(history),
                byBytes(history),
                ReuseGaps.of(history),
                ReuseGaps.tune(history, ReuseGaps.candidates(history)),
                Regrets.of(history).summary(SHOWN_REGRETS, history.prints()),
                examined.ablation(),
                AdviceRules.advise(examined));
    }

    private static boolean isWhole(CacheHistory history) {
        return !history.requests().isEmpty()
                && history.sampleRate() >= 1
                && history.requests().size() <= MOST_SIMULATED;
    }

    private static Map<Policy, MissRatioCurve> byBytes(CacheHistory history) {
        Map<Policy, MissRatioCurve> curves = new EnumMap<>(Policy.class);
        AccessTrace trace = history.trace();
        if (isWhole(history) && trace.isSized()) {
            long[] sizes = TraceCurves.byteSizes(trace);
            for (Policy policy : List.of(Policy.LRU, Policy.FIFO, Policy.TINYLFU)) {
                curves.put(policy, TraceCurves.of(trace, policy, MissRatioCurve.Unit.BYTES, sizes, 0));
            }
        }
        return curves;
    }

    private static Map<Policy, MissRatioCurve> curves(CacheHistory history) {
        Map<Policy, MissRatioCurve> curves = new EnumMap<>(Policy.class);
        if (!isWhole(history)) {
            return curves;
        }
        AccessTrace trace = history.trace();
        long[] sizes = TraceCurves.sizes(trace.distinct());
        if (sizes.length > MOST_SIZES) {
            return curves;
        }
        for (Policy policy : Policy.values()) {
            curves.put(policy, TraceCurves.of(trace, policy, MissRatioCurve.Unit.ITEMS, sizes, 0));
        }
        return curves;
    }

    /// The ids of what is proposed, in the order of the advice.
    public List<String> rules() {
        List<String> rules = new ArrayList<>();
        advice.forEach(each -> rules.add(each.rule()));
        return rules;
    }
}

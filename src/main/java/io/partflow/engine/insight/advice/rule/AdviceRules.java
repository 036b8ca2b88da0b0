package io.partflow.engine.insight.advice.rule;

import io.partflow.engine.insight.advice.Advice;
import io.partflow.engine.insight.advice.AdviceRule;
import io.partflow.engine.insight.advice.Examined;
import io.partflow.engine.insight.history.CacheHistory;
import java.util.ArrayList;
import java.util.List;

/// All rules. Immutable.
public final class AdviceRules {
    /// In the order in which their advice is shown.
    public static final List<AdviceRule> ALL = List.of(
            new VolatileField(),
            new WholeStream(),
            new NeverRepeating(),
            new Stampede(),
            new ShortTimeToLive(),
            new SmallCache(),
            new LargeValues(),
            new NearDuplicates(),
            new Unprofitable());

    private AdviceRules() {}

    /// What all rules say about a history; empty where it is too short to say anything.
    public static List<Advice> advise(CacheHistory history) {
        return advise(Examined.of(history));
    }

    /// As [#advise(CacheHistory)], for whoever wants to know more of the history.
    public static List<Advice> advise(Examined examined) {
        CacheHistory history = examined.history();
        List<Advice> all = new ArrayList<>();
        for (AdviceRule rule : ALL) {
            if (rule.canTell(history)) {
                rule.advise(examined).ifPresent(all::add);
            }
        }
        return all;
    }
}

package io.partflow.engine.insight.advice.rule;

import static io.partflow.engine.insight.advice.rule.Words.evidence;

import io.partflow.engine.insight.advice.Advice;
import io.partflow.engine.insight.advice.AdviceRule;
import io.partflow.engine.insight.advice.Examined;
import io.partflow.engine.insight.advice.Prediction;
import io.partflow.engine.insight.advice.ProposedChange;
import io.partflow.engine.insight.history.Ablation;
import io.partflow.engine.insight.history.CacheHistory;
import java.util.List;
import java.util.Optional;

/// Speaks where a metadata entry makes keys differ whose answers do not.
public final class VolatileField implements AdviceRule {
    private static final double LEAST_GAIN = 0.05;
    private static final double MOST_RISK = 0.01;

    @Override
    public Optional<Advice> advise(Examined examined) {
        for (Ablation.Result each : examined.ablation()) {
            if (each.change() instanceof Ablation.Change.WithoutMetadata(String name)
                    && each.gain() >= LEAST_GAIN
                    && each.merged().risk() <= MOST_RISK) {
                return Optional.of(advice(examined, each, name));
            }
        }
        return Optional.empty();
    }

    private static Advice advice(Examined examined, Ablation.Result found, String name) {
        CacheHistory history = examined.history();
        boolean[] before = examined.hits();
        boolean[] after = Ablation.hits(history, found.change());
        return new Advice(
                "volatile-field",
                history.node(),
                "Leave the metadata entry " + name + " out of the key.",
                List.of(
                        evidence(
                                "hit ratio without " + name,
                                Words.percent(found.before()) + " -> " + Words.percent(found.after())),
                        evidence(
                                "keys that would be one with others",
                                Words.count(found.merged().keys())),
                        evidence(
                                "of them with another answer",
                                Words.count(found.merged().conflicting())),
                        evidence(
                                "of them with an unknown answer",
                                Words.count(found.merged().unknown()))),
                Prediction.ofReplays(history.hitRatio(), before, after),
                new ProposedChange.IgnoreMetadata(name));
    }
}

package io.partflow.engine.insight.advice.rule;

import static io.partflow.engine.insight.advice.rule.Words.evidence;

import io.partflow.engine.insight.advice.Advice;
import io.partflow.engine.insight.advice.AdviceRule;
import io.partflow.engine.insight.advice.Examined;
import io.partflow.engine.insight.advice.Prediction;
import io.partflow.engine.insight.history.Ablation;
import io.partflow.engine.insight.history.CacheHistory;
import java.util.List;
import java.util.Optional;

/// Speaks where metadata entries make keys differ whose answers do not: one alone, several together, or some of them
/// together with texts that are not written alike.
public final class VolatileField implements AdviceRule {
    private static final double LEAST_GAIN = 0.05;

    @Override
    public Optional<Advice> advise(Examined examined) {
        return found(examined)
                .map(each -> advice(examined, each))
                .filter(each -> each.prediction().isClearlyMore());
    }

    /// What the rule would propose first: of the changes that leave out metadata, the one with the largest gain.
    static Optional<Ablation.Result> found(Examined examined) {
        return examined.ablation().stream()
                .filter(each ->
                        each.change().singles().stream().anyMatch(Ablation.Change.WithoutMetadata.class::isInstance))
                .filter(each -> each.gain() >= LEAST_GAIN && each.merged().risk() <= examined.errorBudget())
                .findFirst();
    }

    private static Advice advice(Examined examined, Ablation.Result found) {
        CacheHistory history = examined.history();
        Ablation.Replayed after = Ablation.replay(history, found.change());
        List<String> names = Words.metadata(found.change());
        List<String> steps = Words.steps(found.change());
        return new Advice(
                "volatile-field",
                history.node(),
                "Leave the metadata " + (names.size() == 1 ? "entry " : "entries ") + Words.listed(names)
                        + " out of the key"
                        + (steps.isEmpty() ? "." : ", and make texts alike in it: " + Words.listed(steps) + "."),
                List.of(
                        evidence(
                                "hit ratio without " + Words.listed(names)
                                        + (steps.isEmpty() ? "" : ", texts alike by " + Words.listed(steps)),
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
                Prediction.ofReplays(history.hitRatio(), examined.hits(), after.hits(), after.ceiling()),
                Words.proposed(found.change()));
    }
}

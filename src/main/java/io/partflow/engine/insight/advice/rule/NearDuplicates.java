package io.partflow.engine.insight.advice.rule;

import static io.partflow.engine.insight.advice.rule.Words.evidence;

import io.partflow.engine.content.image.ImageSignature;
import io.partflow.engine.insight.advice.Advice;
import io.partflow.engine.insight.advice.AdviceRule;
import io.partflow.engine.insight.advice.Examined;
import io.partflow.engine.insight.advice.Prediction;
import io.partflow.engine.insight.advice.ProposedChange;
import io.partflow.engine.insight.history.Ablation;
import io.partflow.engine.insight.history.CacheHistory;
import io.partflow.engine.insight.history.CacheRequest;
import io.partflow.engine.insight.history.Replay;
import io.partflow.engine.insight.why.RequestPrint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Speaks where inputs that are nearly the same get the same answers: pictures that look alike, texts that differ in
/// spaces, case or the form of their letters. No more answers may be wrong than a budget allows.
public final class NearDuplicates implements AdviceRule {
    private static final int[] DISTANCES = {2, 4, 6, 8, 10};
    private static final double LEAST_GAIN = 0.05;
    private static final double DEFAULT_BUDGET = 0.01;

    private final double errorBudget;

    public NearDuplicates() {
        this(DEFAULT_BUDGET);
    }

    /// @param errorBudget the share of requests that may get the answer to another input, 0 to 1
    public NearDuplicates(double errorBudget) {
        this.errorBudget = errorBudget;
    }

    @Override
    public Optional<Advice> advise(Examined examined) {
        Optional<Advice> pictures = pictures(examined);
        return pictures.isPresent() ? pictures : texts(examined);
    }

    private Optional<Advice> texts(Examined examined) {
        CacheHistory history = examined.history();
        for (Ablation.Result each : examined.ablation()) {
            if (each.change() instanceof Ablation.Change.Normalising change
                    && each.gain() >= LEAST_GAIN
                    && each.merged().risk() <= errorBudget) {
                boolean[] before = examined.hits();
                boolean[] after = Ablation.hits(history, change);
                return Optional.of(new Advice(
                        "near-duplicates",
                        history.node(),
                        "Make texts alike in the key: " + change.step().id() + ".",
                        List.of(
                                evidence(
                                        "keys that would be one with others",
                                        Words.count(each.merged().keys())),
                                evidence(
                                        "of them with another answer",
                                        Words.count(each.merged().conflicting())),
                                evidence("wrong answers allowed", Words.percent(errorBudget))),
                        Prediction.ofReplays(history.hitRatio(), before, after),
                        new ProposedChange.Normalise(change.step().id())));
            }
        }
        return Optional.empty();
    }

    /// A picture and the number that stands for it.
    private record Picture(long key, ImageSignature signature) {}

    private Optional<Advice> pictures(Examined examined) {
        CacheHistory history = examined.history();
        Map<Long, ImageSignature> signatures = new HashMap<>();
        history.prints().forEach((key, print) -> {
            ImageSignature signature = only(print);
            if (signature != null) {
                signatures.put(key, signature);
            }
        });
        if (signatures.size() < 2 || history.settings().key().imageHammingDistance() != null) {
            return Optional.empty();
        }
        boolean[] before = examined.hits();
        Advice best = null;
        double gain = LEAST_GAIN;
        for (int distance : DISTANCES) {
            Map<Long, Long> standsFor = standsFor(history, signatures, distance);
            double wrong = wrong(history, standsFor);
            boolean[] after = Replay.hits(
                    history.requests(),
                    request -> standsFor.getOrDefault(request.key(), request.key()),
                    history.policy(),
                    history.limits());
            double more = Replay.ratio(after) - Replay.ratio(before);
            if (wrong <= errorBudget && more >= gain) {
                gain = more + LEAST_GAIN / 10;
                best = advice(history, distance, wrong, Prediction.ofReplays(history.hitRatio(), before, after));
            }
        }
        return Optional.ofNullable(best);
    }

    private static @Nullable ImageSignature only(RequestPrint print) {
        return print.parts().size() == 1 ? print.parts().get(0).signature() : null;
    }

    /// The first picture that looked like it, for each picture.
    private static Map<Long, Long> standsFor(CacheHistory history, Map<Long, ImageSignature> signatures, int distance) {
        List<Picture> first = new ArrayList<>();
        Map<Long, Long> standsFor = new HashMap<>();
        for (CacheRequest request : history.requests()) {
            ImageSignature signature = signatures.get(request.key());
            if (signature == null || standsFor.containsKey(request.key())) {
                continue;
            }
            long stand = request.key();
            for (Picture picture : first) {
                if (picture.signature().distance(signature) <= distance) {
                    stand = picture.key();
                    break;
                }
            }
            if (stand == request.key()) {
                first.add(new Picture(stand, signature));
            }
            standsFor.put(request.key(), stand);
        }
        return standsFor;
    }

    /// The share of requests that would get an answer that is not their own; an unknown answer counts as wrong.
    private static double wrong(CacheHistory history, Map<Long, Long> standsFor) {
        Map<Long, Long> answers = new HashMap<>();
        for (CacheRequest request : history.requests()) {
            if (request.answer() != 0) {
                answers.putIfAbsent(request.key(), request.answer());
            }
        }
        long wrong = 0;
        for (CacheRequest request : history.requests()) {
            long stand = standsFor.getOrDefault(request.key(), request.key());
            Long own = answers.get(request.key());
            if (stand != request.key() && (own == null || !own.equals(answers.get(stand)))) {
                wrong++;
            }
        }
        return wrong / (double) history.requests().size();
    }

    private Advice advice(CacheHistory history, int distance, double wrong, Prediction prediction) {
        return new Advice(
                "near-duplicates",
                history.node(),
                "Let pictures that differ in at most " + distance + " of 64 bits of their looks share an answer.",
                List.of(
                        evidence("requests that would get another answer", Words.percent(wrong)),
                        evidence("allowed", Words.percent(errorBudget))),
                prediction,
                new ProposedChange.MatchImages(distance));
    }
}

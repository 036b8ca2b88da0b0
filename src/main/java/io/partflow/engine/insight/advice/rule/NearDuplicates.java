package io.partflow.engine.insight.advice.rule;

import static io.partflow.engine.insight.advice.rule.Words.evidence;

import io.partflow.engine.content.image.AlikePictures;
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

    @Override
    public Optional<Advice> advise(Examined examined) {
        Optional<Advice> pictures = pictures(examined);
        return pictures.isPresent() ? pictures : texts(examined);
    }

    private static Optional<Advice> texts(Examined examined) {
        return examined.ablation().stream()
                .filter(each -> Words.metadata(each.change()).isEmpty())
                .filter(each -> each.gain() >= LEAST_GAIN && each.merged().risk() <= examined.errorBudget())
                .filter(each -> !isSaidWithFields(examined, each))
                .findFirst()
                .map(each -> advice(examined, each))
                .filter(each -> each.prediction().isClearlyMore());
    }

    /// Whether the same is proposed already together with fields to be left out.
    private static boolean isSaidWithFields(Examined examined, Ablation.Result found) {
        return VolatileField.found(examined)
                .map(each -> Words.steps(each.change()))
                .filter(said -> said.containsAll(Words.steps(found.change())))
                .isPresent();
    }

    private static Advice advice(Examined examined, Ablation.Result found) {
        CacheHistory history = examined.history();
        Ablation.Replayed after = Ablation.replay(history, found.change());
        return new Advice(
                "near-duplicates",
                history.node(),
                "Make texts alike in the key: " + Words.listed(Words.steps(found.change())) + ".",
                List.of(
                        evidence(
                                "keys that would be one with others",
                                Words.count(found.merged().keys())),
                        evidence(
                                "of them with another answer",
                                Words.count(found.merged().conflicting())),
                        evidence("wrong answers allowed", Words.percent(examined.errorBudget()))),
                Prediction.ofReplays(history.hitRatio(), examined.hits(), after.hits(), after.ceiling()),
                Words.proposed(found.change()));
    }

    private static Optional<Advice> pictures(Examined examined) {
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
            Prediction prediction = Prediction.ofReplays(history.hitRatio(), before, after);
            if (wrong <= examined.errorBudget() && more >= gain && prediction.isClearlyMore()) {
                gain = more + LEAST_GAIN / 10;
                best = advice(examined, distance, wrong, prediction);
            }
        }
        return Optional.ofNullable(best);
    }

    private static @Nullable ImageSignature only(RequestPrint print) {
        return print.parts().size() == 1 ? print.parts().get(0).signature() : null;
    }

    /// The key of the first-seen picture that it looks like, for each picture: as keys would be made.
    private static Map<Long, Long> standsFor(CacheHistory history, Map<Long, ImageSignature> signatures, int distance) {
        AlikePictures pictures = new AlikePictures(distance);
        Map<ImageSignature, Long> keyOf = new HashMap<>();
        Map<Long, Long> standsFor = new HashMap<>();
        for (CacheRequest request : history.requests()) {
            ImageSignature signature = signatures.get(request.key());
            if (signature != null && !standsFor.containsKey(request.key())) {
                ImageSignature first = pictures.firstSeen(signature);
                standsFor.put(request.key(), keyOf.computeIfAbsent(first, each -> request.key()));
            }
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

    private static Advice advice(Examined examined, int distance, double wrong, Prediction prediction) {
        return new Advice(
                "near-duplicates",
                examined.history().node(),
                "Let pictures that differ in at most " + distance + " of 64 bits of their looks share an answer.",
                List.of(
                        evidence("requests that would get another answer", Words.percent(wrong)),
                        evidence("allowed", Words.percent(examined.errorBudget()))),
                prediction,
                new ProposedChange.MatchImages(distance));
    }
}

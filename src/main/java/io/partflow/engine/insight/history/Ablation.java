package io.partflow.engine.insight.history;

import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.cache.KeyFunction.TextNormalisation;
import io.partflow.engine.insight.why.PartPrint;
import io.partflow.engine.insight.why.RequestPrint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/// What keys without one of their fields, or with one more normalisation, would have meant. Pure.
public final class Ablation {
    /// What is left out, or made alike.
    public sealed interface Change {
        /// A metadata entry is not part of the key.
        record WithoutMetadata(String name) implements Change {}

        /// Texts are made alike first.
        record Normalising(TextNormalisation step) implements Change {}
    }

    /// What one change would have meant. Immutable.
    ///
    /// @param before the hit ratio with the keys as they are, replayed
    /// @param after with the change
    /// @param merged what the keys that came to share an entry have in common
    public record Result(Change change, double before, double after, Merged merged) {
        public double gain() {
            return after - before;
        }
    }

    /// Keys that came to share an entry with another one.
    ///
    /// @param keys how many
    /// @param conflicting those of them whose answer is not that of the others: the risk
    /// @param unknown those of them whose answer is not known
    public record Merged(int keys, int conflicting, int unknown) {
        /// The share of keys that would get a wrong answer, 0 to 1, of those that are known; 1 where none is.
        public double risk() {
            return keys == unknown ? 1 : conflicting / (double) (keys - unknown);
        }
    }

    private Ablation() {}

    /// Every metadata name that occurs, and every normalisation, tried alone; the largest gain first.
    public static List<Result> of(CacheHistory history) {
        double before = Replay.ratio(Replay.hits(history, history.policy(), history.limits()));
        Set<String> names = new TreeSet<>();
        boolean texts = false;
        for (RequestPrint print : history.prints().values()) {
            for (PartPrint part : print.parts()) {
                part.metadata().forEach(field -> names.add(field.name()));
                texts |= !part.normalised().isEmpty();
            }
        }
        CacheSettings.KeyOptions options = history.settings().key();
        options.ignoreMetadata().forEach(names::remove);
        List<Change> changes = new ArrayList<>();
        names.forEach(name -> changes.add(new Change.WithoutMetadata(name)));
        for (TextNormalisation step : TextNormalisation.values()) {
            if (texts && !options.normalise().contains(step.id())) {
                changes.add(new Change.Normalising(step));
            }
        }
        Map<Long, Long> answers = answers(history);
        List<Result> results = new ArrayList<>();
        for (Change change : changes) {
            results.add(result(history, answers, before, change));
        }
        results.sort(Comparator.comparingDouble(Result::gain).reversed());
        return results;
    }

    /// Which requests would have been served with a change.
    public static boolean[] hits(CacheHistory history, Change change) {
        return Replay.hits(history.requests(), keys(history, change), history.policy(), history.limits());
    }

    private static ToLongFunction<CacheRequest> keys(CacheHistory history, Change change) {
        Map<Long, Long> keys = reducedKeys(history, change);
        // Requests whose input is not remembered keep their own key.
        return request -> keys.getOrDefault(request.key(), request.key());
    }

    private static Map<Long, Long> reducedKeys(CacheHistory history, Change change) {
        CacheSettings.KeyOptions options = history.settings().key();
        Set<String> without = new HashSet<>(options.ignoreMetadata());
        int step = switch (change) {
            case Change.WithoutMetadata(String name) -> {
                without.add(name);
                // Texts stay as alike as they are; prints hold each step alone, so of several none is followed.
                yield options.normalise().size() == 1
                        ? TextNormalisation.of(options.normalise().get(0)).ordinal()
                        : -1;
            }
            case Change.Normalising(TextNormalisation normalisation) -> normalisation.ordinal();
        };
        Map<Long, Long> keys = new HashMap<>();
        history.prints().forEach((key, print) -> {
            long hash = print.key().prefix().hashCode();
            for (PartPrint part : print.parts()) {
                if (options.skipPartsWithMetadata().stream().anyMatch(name -> part.field(name) != null)) {
                    continue;
                }
                hash = PartPrint.mixed(hash, reduced(part, without, step), 5);
            }
            keys.put(key, hash);
        });
        return keys;
    }

    private static long reduced(PartPrint part, Set<String> without, int step) {
        long body =
                step >= 0 && !part.normalised().isEmpty() ? part.normalised().get(step) : part.body();
        long hash = PartPrint.mixed(
                PartPrint.mixed(body, part.role(), part.substream()),
                part.mimeType().hashCode(),
                2);
        for (PartPrint.Field field : part.metadata()) {
            if (!without.contains(field.name())) {
                hash = PartPrint.mixed(hash, field.name().hashCode(), field.value());
            }
        }
        return hash;
    }

    /// The answer to each key whose input is remembered, 0 if unknown.
    private static Map<Long, Long> answers(CacheHistory history) {
        Map<Long, Long> answers = new HashMap<>();
        for (CacheRequest request : history.requests()) {
            if (history.prints().containsKey(request.key())) {
                answers.merge(request.key(), request.answer(), (one, other) -> one == 0 ? other : one);
            }
        }
        return answers;
    }

    private static Result result(CacheHistory history, Map<Long, Long> answerOf, double before, Change change) {
        Map<Long, Long> reducedOf = reducedKeys(history, change);
        Map<Long, List<Long>> groups = new HashMap<>();
        // A key whose input is not remembered shares its entry with no other.
        reducedOf.forEach((key, reduced) -> {
            Long answer = answerOf.get(key);
            if (answer != null) {
                groups.computeIfAbsent(reduced, each -> new ArrayList<>(2)).add(answer);
            }
        });
        int merged = 0;
        int conflicting = 0;
        int unknown = 0;
        for (List<Long> group : groups.values()) {
            if (group.size() < 2) {
                continue;
            }
            merged += group.size();
            Map<Long, Integer> answers = new HashMap<>();
            for (long answer : group) {
                if (answer == 0) {
                    unknown++;
                } else {
                    answers.merge(answer, 1, Integer::sum);
                }
            }
            int known = answers.values().stream().mapToInt(Integer::intValue).sum();
            int most =
                    answers.values().stream().mapToInt(Integer::intValue).max().orElse(0);
            conflicting += known - most;
        }
        double after = merged == 0
                ? before
                : Replay.ratio(Replay.hits(
                        history.requests(),
                        request -> reducedOf.getOrDefault(request.key(), request.key()),
                        history.policy(),
                        history.limits()));
        return new Result(change, before, after, new Merged(merged, conflicting, unknown));
    }
}

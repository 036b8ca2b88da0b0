package io.partflow.engine.insight.history;

import io.partflow.engine.cache.KeyFunction.TextNormalisation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What keys without one of their fields, with one more normalisation, or with several of these at once would have
/// meant. Pure.
public final class Ablation {
    /// The share of answers that may be those of another input where nobody says otherwise.
    public static final double DEFAULT_ERROR_BUDGET = 0.01;

    // What several changes must bring beyond the best one alone to be worth naming.
    private static final double LEAST_JOINT_GAIN = 0.05;

    /// What is left out, or made alike.
    public sealed interface Change {
        /// A metadata entry is not part of the key.
        record WithoutMetadata(String name) implements Change {}

        /// Texts are made alike first.
        record Normalising(TextNormalisation step) implements Change {}

        /// Two or more of the others at once.
        record Together(List<Change> changes) implements Change {
            public Together {
                changes = List.copyOf(changes);
            }
        }

        /// The single changes it is made of.
        default List<Change> singles() {
            return this instanceof Together(List<Change> changes) ? changes : List.of(this);
        }
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

    /// Requests replayed with a change.
    ///
    /// @param hits which of them would have been served
    /// @param ceiling the hit ratio that no cache could exceed that begins empty
    public record Replayed(boolean[] hits, double ceiling) {}

    private Ablation() {}

    /// As [#of(CacheHistory, double)], with the budget that holds where nobody says otherwise.
    public static List<Result> of(CacheHistory history) {
        return of(history, DEFAULT_ERROR_BUDGET);
    }

    /// Every metadata name that occurs, and every normalisation, tried alone, and those together that bring clearly
    /// more than any alone; the largest gain first.
    ///
    /// @param errorBudget the share of merged keys whose answers may differ where several changes are put together
    public static List<Result> of(CacheHistory history, double errorBudget) {
        double before = Replay.ratio(Replay.hits(history, history.policy(), history.limits()));
        OtherKeys keys = new OtherKeys(history);
        List<Result> results = new ArrayList<>();
        for (Change change : keys.changes()) {
            results.add(result(history, keys, before, change));
        }
        double alone = results.stream()
                .filter(each -> each.merged().risk() <= errorBudget)
                .mapToDouble(Result::after)
                .max()
                .orElse(before);
        Optional<Change> together = JointAblation.search(keys, errorBudget, LEAST_JOINT_GAIN);
        if (together.isPresent()) {
            Result joint = result(history, keys, before, together.get());
            if (joint.after() >= alone + LEAST_JOINT_GAIN) {
                results.add(joint);
            }
        }
        results.sort(Comparator.comparingDouble(Result::gain).reversed());
        return results;
    }

    /// The requests with a change.
    public static Replayed replay(CacheHistory history, Change change) {
        OtherKeys keys = new OtherKeys(history);
        OtherKeys.Changed changed = keys.with(change.singles());
        long distinct =
                history.requests().stream().mapToLong(changed::keyOf).distinct().count();
        int requests = history.requests().size();
        return new Replayed(
                Replay.hits(history.requests(), changed::keyOf, history.policy(), history.limits()),
                requests == 0 ? 0 : 1 - distinct / (double) requests);
    }

    /// The share of requests whose input is remembered that a cache of any size could serve at most if no metadata
    /// counted and all texts were made alike; 0 where no input is remembered.
    public static double mostRepeated(CacheHistory history) {
        OtherKeys keys = new OtherKeys(history);
        return keys.share(keys.with(keys.changes()));
    }

    private static Result result(CacheHistory history, OtherKeys keys, double before, Change change) {
        OtherKeys.Changed changed = keys.with(change.singles());
        double after = changed.merged().keys() == 0
                ? before
                : Replay.ratio(Replay.hits(history.requests(), changed::keyOf, history.policy(), history.limits()));
        return new Result(change, before, after, changed.merged());
    }
}

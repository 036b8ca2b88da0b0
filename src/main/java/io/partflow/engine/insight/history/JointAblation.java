package io.partflow.engine.insight.history;

import io.partflow.engine.insight.history.Ablation.Change;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Looks for changes of the key that bring something together only: two fields that are new each time hide each
/// other.
/// Pure.
final class JointAblation {
    /*
     * From above: all changes at once first. While answers that differ would be mixed up, that change is taken back
     * which leaves the most computations spared after the mixed-up ones are counted off; then every change without
     * which as much is spared. So as few fields as possible are left out, and none that answers depend on. The
     * search counts keys, which is quick; only what it ends with is replayed.
     */
    private static final int MOST_CHANGES = 16;
    private static final double NOTHING_LOST = 0.01;

    private JointAblation() {}

    /// Two or more changes, or empty where one alone, or none, does.
    ///
    /// @param errorBudget the share of merged keys whose answers may differ
    /// @param leastGain the share of requests that must be spared beyond what any change alone would
    static Optional<Change> search(OtherKeys keys, double errorBudget, double leastGain) {
        List<Change> all = keys.changes();
        if (all.size() < 2) {
            return Optional.empty();
        }
        double alone = 0;
        for (Change change : all) {
            OtherKeys.Changed one = keys.with(List.of(change));
            alone = one.merged().risk() <= errorBudget ? Math.max(alone, keys.share(one)) : alone;
        }
        List<Change> chosen = telling(keys, all);
        OtherKeys.Changed now = keys.with(chosen);
        while (now.merged().risk() > errorBudget && chosen.size() > 1) {
            Change back = leastMissed(keys, chosen);
            chosen.remove(back);
            now = keys.with(chosen);
            if (keys.share(now) < alone + leastGain) {
                return Optional.empty();
            }
        }
        if (now.merged().risk() > errorBudget || keys.share(now) < alone + leastGain) {
            return Optional.empty();
        }
        // Texts are left as they are before metadata are.
        for (Change change : List.copyOf(chosen).reversed()) {
            List<Change> fewer = without(chosen, change);
            OtherKeys.Changed then = keys.with(fewer);
            if (then.spared() >= (1 - NOTHING_LOST) * now.spared()
                    && then.merged().risk() <= errorBudget) {
                chosen = fewer;
                now = then;
            }
        }
        return chosen.size() < 2 ? Optional.empty() : Optional.of(new Change.Together(chosen));
    }

    /// Those without which the least would be spared of what all spare together, where there are too many.
    private static List<Change> telling(OtherKeys keys, List<Change> all) {
        if (all.size() <= MOST_CHANGES) {
            return new ArrayList<>(all);
        }
        record Missed(Change change, int spared) {}
        return all.stream()
                .map(change ->
                        new Missed(change, keys.with(without(all, change)).spared()))
                .sorted(Comparator.comparingInt(Missed::spared))
                .limit(MOST_CHANGES)
                .map(Missed::change)
                .sorted(Comparator.comparingInt(all::indexOf))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static Change leastMissed(OtherKeys keys, List<Change> chosen) {
        Change best = chosen.get(0);
        int most = Integer.MIN_VALUE;
        for (Change change : chosen) {
            OtherKeys.Changed then = keys.with(without(chosen, change));
            int rightly = then.spared() - then.merged().conflicting();
            if (rightly > most) {
                most = rightly;
                best = change;
            }
        }
        return best;
    }

    private static List<Change> without(List<Change> changes, Change one) {
        List<Change> fewer = new ArrayList<>(changes);
        fewer.remove(one);
        return fewer;
    }
}

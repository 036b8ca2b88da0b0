package io.partflow.engine.insight.advice;

import io.partflow.engine.insight.history.Ablation;
import io.partflow.engine.insight.history.CacheHistory;
import io.partflow.engine.insight.history.Replay;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A history with what several rules want to know of it, each found once. Confined to one thread.
public final class Examined {
    private final CacheHistory history;
    private final double errorBudget;
    private boolean @Nullable [] hits;
    private @Nullable List<Ablation.Result> ablation;

    private Examined(CacheHistory history, double errorBudget) {
        this.history = history;
        this.errorBudget = errorBudget;
    }

    public static Examined of(CacheHistory history) {
        return of(history, Ablation.DEFAULT_ERROR_BUDGET);
    }

    /// @param errorBudget the share of answers that may be those of another input, 0 to 1
    public static Examined of(CacheHistory history, double errorBudget) {
        if (!(errorBudget >= 0 && errorBudget <= 1)) {
            throw new IllegalArgumentException("error budget is " + errorBudget + "; it must be from 0 to 1");
        }
        return new Examined(history, errorBudget);
    }

    /// The share of answers that may be those of another input: of the requests, or of the keys that come to be one.
    public double errorBudget() {
        return errorBudget;
    }

    public CacheHistory history() {
        return history;
    }

    /// Which requests a cache as it is serves, by simulation: not to be changed.
    public boolean[] hits() {
        boolean[] known = hits;
        if (known == null) {
            known = Replay.hits(history, history.policy(), history.limits());
            hits = known;
        }
        return known;
    }

    /// What keys without one of their fields would have meant, the largest gain first.
    public List<Ablation.Result> ablation() {
        List<Ablation.Result> known = ablation;
        if (known == null) {
            known = Ablation.of(history, errorBudget);
            ablation = known;
        }
        return known;
    }
}

package io.partflow.engine.insight.advice;

import io.partflow.engine.insight.history.Ablation;
import io.partflow.engine.insight.history.CacheHistory;
import io.partflow.engine.insight.history.Replay;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A history with what several rules want to know of it, each found once. Confined to one thread.
public final class Examined {
    private final CacheHistory history;
    private boolean @Nullable [] hits;
    private @Nullable List<Ablation.Result> ablation;

    private Examined(CacheHistory history) {
        this.history = history;
    }

    public static Examined of(CacheHistory history) {
        return new Examined(history);
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
            known = Ablation.of(history);
            ablation = known;
        }
        return known;
    }
}

package io.partflow.engine.insight.advice;

import io.partflow.engine.insight.history.CacheHistory;
import java.util.Optional;

/// Looks for one thing that could be better about a cache. Stateless.
@FunctionalInterface
public interface AdviceRule {
    /// With fewer requests than this, hardly anything is said.
    int LEAST_REQUESTS = 100;

    /// The advice, or empty where there is nothing to say.
    Optional<Advice> advise(Examined examined);

    /// Whether enough was asked to say anything: unless a rule says otherwise, [#LEAST_REQUESTS].
    default boolean canTell(CacheHistory history) {
        return history.requests().size() >= LEAST_REQUESTS;
    }

    /// As [#advise(Examined)], of a history that nobody else looks at.
    default Optional<Advice> advise(CacheHistory history) {
        return advise(Examined.of(history));
    }
}

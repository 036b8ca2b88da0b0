package io.partflow.engine.insight.advice;

import io.partflow.engine.insight.history.CacheHistory;
import java.util.Optional;

/// Looks for one thing that could be better about a cache. Stateless.
@FunctionalInterface
public interface AdviceRule {
    /// The advice, or empty where there is nothing to say.
    Optional<Advice> advise(Examined examined);

    /// As [#advise(Examined)], of a history that nobody else looks at.
    default Optional<Advice> advise(CacheHistory history) {
        return advise(Examined.of(history));
    }
}

package io.partflow.engine.processor.combine;

import io.partflow.engine.content.Part;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartProcessor;
import java.util.function.Predicate;

/// Lets through the parts that fulfil a condition, and those on reserved substreams. As thread-safe as the condition.
public final class PartFilter extends PartProcessor {
    private final Predicate<Part> condition;

    /// @param condition cheap, depending on the part alone
    public PartFilter(Predicate<Part> condition) {
        this.condition = condition;
    }

    @Override
    public boolean matches(Part part) {
        // What passes need not be processed at all.
        return !condition.test(part);
    }

    @Override
    protected void process(Part part, PartContext context) throws InterruptedException {
        // It does not fulfil the condition: nothing is left of it.
        if (context.reserved().holds(part)) {
            context.emit(part);
        }
    }
}

package io.partflow.engine.processor.combine;

import io.partflow.engine.content.Part;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartProcessor;
import java.util.List;
import java.util.function.Function;

/// Gives each part to the first part processor whose case it fulfils; a part of no case is dropped.
///
/// Over a stream the order of the input is kept. A part that the chosen processor does not match passes through.
/// Thread-safe if its members are.
public final class PartSwitch extends PartProcessor {
    private final List<Cases.Case<PartProcessor>> cases;

    private PartSwitch(List<Cases.Case<PartProcessor>> cases) {
        this.cases = cases;
    }

    /// A switch whose conditions look at the part.
    public static Cases<Part, PartProcessor, PartSwitch> cases() {
        return on(part -> part);
    }

    /// A switch whose cases look at what `question` says of a part.
    public static <T> Cases<T, PartProcessor, PartSwitch> on(Function<Part, T> question) {
        return new Cases<>(question, PartSwitch::new);
    }

    @Override
    public int maxInFlight() {
        return Members.inFlight(members());
    }

    private List<PartProcessor> members() {
        return cases.stream().map(Cases.Case::to).distinct().toList();
    }

    @Override
    protected void process(Part part, PartContext context) throws Exception {
        if (context.reserved().holds(part)) {
            context.emit(part);
            return;
        }
        int chosen = Cases.indexOf(cases, part);
        if (chosen >= 0) {
            cases.get(chosen).to().apply(part, context);
        }
    }

    @Override
    public void close() throws Exception {
        Members.close(members());
    }
}

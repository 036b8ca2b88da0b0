package io.partflow.engine.processor.combine;

import io.partflow.engine.content.Part;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartStream;
import io.partflow.engine.processor.Processor;

/// Merges parts that it makes itself into a stream, by arrival; the order within each of the two is kept.
public final class SourceMerge extends Processor {
    /// Makes parts.
    @FunctionalInterface
    public interface Generator {
        /// Emits all parts, in order.
        ///
        /// @throws InterruptedException when nobody wants more of them, or the run is being cancelled
        /// @throws Exception ends the stream
        void generate(PartContext context) throws Exception;
    }

    private final Generator generator;
    private final MergeEnd end;
    private final Bounds bounds;

    /// @param end with [MergeEnd#FIRST] the stream also ends with the generator; nobody reads the rest of the
    ///     input then
    public SourceMerge(Generator generator, MergeEnd end, Bounds bounds) {
        this.generator = generator;
        this.end = end;
        this.bounds = bounds;
    }

    @Override
    public boolean keepsPace() {
        return false;
    }

    @Override
    protected void process(PartStream input, PartContext context) throws Exception {
        try (Crew crew = new Crew("source", context)) {
            SharedContext shared = new SharedContext(context);
            PartLane out = crew.lane(bounds.laneParts(), end == MergeEnd.FIRST ? 1 : 2);
            crew.fork(() -> Crew.feed(to -> generator.generate(shared.to(to)), out));
            crew.fork(() -> Crew.feed(
                    to -> {
                        for (Part part = input.next(); part != null; part = input.next()) {
                            to.emit(part);
                        }
                    },
                    out));
            crew.drain(out, context);
        }
    }
}

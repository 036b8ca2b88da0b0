package io.partflow.engine.builtin.nested;

import io.partflow.engine.content.Part;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartEmitter;
import io.partflow.engine.processor.PartException;
import io.partflow.engine.processor.PartProcessor;
import io.partflow.engine.processor.PartStream;
import io.partflow.engine.processor.Processor;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.processor.StageBody;
import io.partflow.engine.processor.combine.Redirected;

/// Makes a processor behave inside another one as it does between wires.
///
/// There, wires choose among its outputs and the run counts bad parts. Here, what would leave by another output than
/// the first is dropped, as at an output without a wire, and a part that a part processor fails on is told as bad,
/// while the stream goes on.
final class Inside {
    private Inside() {}

    static StageBody of(StageBody body, ProcessorDescriptor descriptor) {
        return switch (body) {
            case PartProcessor parts -> new OfParts(parts, Way.of(descriptor));
            case Processor stream when descriptor.outputs().size() > 1 -> new OfStream(stream, Way.of(descriptor));
            default -> body;
        };
    }

    /// The output whose parts go on.
    private record Way(String first, boolean single) {
        static Way of(ProcessorDescriptor descriptor) {
            return new Way(
                    descriptor.outputs().isEmpty()
                            ? ""
                            : descriptor.outputs().getFirst().name(),
                    descriptor.outputs().size() <= 1);
        }

        boolean admits(StageBody body, Part part) {
            if (single) {
                return true;
            }
            String chosen = body.outputOf(part);
            return chosen == null || chosen.equals(first) || first.equals(body.elseOutputOf(part));
        }

        PartContext of(StageBody body, PartContext context) {
            if (single) {
                return context;
            }
            PartEmitter admitted = part -> {
                if (admits(body, part)) {
                    context.emit(part);
                }
            };
            return new Redirected(context, admitted);
        }
    }

    private static final class OfParts extends PartProcessor {
        private final PartProcessor body;
        private final Way way;

        OfParts(PartProcessor body, Way way) {
            this.body = body;
            this.way = way;
        }

        @Override
        public int maxInFlight() {
            return body.maxInFlight();
        }

        @Override
        public boolean matches(Part part) {
            // To choose a way is work too: a filter answers for every part.
            return !way.single() || body.matches(part);
        }

        @Override
        protected void process(Part part, PartContext context) throws Exception {
            try {
                body.apply(part, way.of(body, context));
            } catch (InterruptedException | PartException e) {
                throw e;
            } catch (Exception e) {
                throw new PartException(Failure.of(e), e);
            }
        }

        @Override
        public void close() throws Exception {
            body.close();
        }
    }

    private static final class OfStream extends Processor {
        private final Processor body;
        private final Way way;

        OfStream(Processor body, Way way) {
            this.body = body;
            this.way = way;
        }

        @Override
        public boolean keepsPace() {
            return body.keepsPace();
        }

        @Override
        protected void process(PartStream input, PartContext context) throws Exception {
            body.run(input, way.of(body, context));
        }

        @Override
        public void close() throws Exception {
            body.close();
        }
    }
}

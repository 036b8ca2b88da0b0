package io.partflow.engine.processor.combine;

import io.partflow.engine.content.Part;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartProcessor;
import io.partflow.engine.processor.PartStream;
import io.partflow.engine.processor.Processor;

/// Turns the failure of a call into its last part: text/x-exception on substream `status`, after what was given
/// before.
///
/// An interrupt is no failure and passes.
public final class ErrorsAsParts {
    private ErrorsAsParts() {}

    /// A part processor whose failure ends the results of that one part.
    public static PartProcessor of(PartProcessor member) {
        return new OfParts(member);
    }

    /// A processor whose failure ends its stream; nobody reads the rest of the input.
    public static Processor of(Processor member) {
        return new OfStream(member);
    }

    private static final class OfParts extends PartProcessor {
        private final PartProcessor member;

        OfParts(PartProcessor member) {
            this.member = member;
        }

        @Override
        public boolean matches(Part part) {
            return member.matches(part);
        }

        @Override
        public int maxInFlight() {
            return member.maxInFlight();
        }

        @Override
        protected void process(Part part, PartContext context) throws Exception {
            try {
                member.apply(part, context);
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                context.emit(Part.exception(e));
            }
        }

        @Override
        public void close() throws Exception {
            member.close();
        }
    }

    private static final class OfStream extends Processor {
        private final Processor member;

        OfStream(Processor member) {
            this.member = member;
        }

        @Override
        protected void process(PartStream input, PartContext context) throws Exception {
            try {
                member.run(input, context);
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                context.emit(Part.exception(e));
            }
        }

        @Override
        public void close() throws Exception {
            member.close();
        }
    }
}

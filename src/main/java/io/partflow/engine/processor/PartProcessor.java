package io.partflow.engine.processor;

import io.partflow.engine.content.Part;
import io.partflow.engine.stream.OwnCode;
import java.lang.invoke.MethodHandles;

/// Turns one part into any number of parts, independently of all other parts.
///
/// An author writes [#process(Part, PartContext)]; everybody else calls [#apply(Part, PartContext)].
/// Instances must be thread-safe: parts are processed side by side, and their results put back into input
/// order by the run.
public abstract non-sealed class PartProcessor implements StageBody {
    /// Whether the part is for this processor; another one passes through unchanged. Must be cheap and
    /// depend on the part alone.
    public boolean matches(Part part) {
        return true;
    }

    /// The work on one part that [#matches(Part)].
    ///
    /// @throws PartException when the part is bad: counted, and the run goes on
    /// @throws InterruptedException when the run is being cancelled
    /// @throws Exception anything else counts as a bad part too
    protected abstract void process(Part part, PartContext context) throws Exception;

    /// Processes one part, or passes it through when it does not match.
    public final void apply(Part part, PartContext context) throws Exception {
        if (matches(part)) {
            process(part, context);
        } else {
            context.emit(part);
        }
    }

    /// Calls a processor as [#apply(Part, PartContext)] does, from code of its own: compiled for the
    /// processor that one place calls, and together with it. Stateless.
    public abstract static class Call {
        Call() {}

        /// As [PartProcessor#apply(Part, PartContext)].
        public abstract void apply(PartProcessor processor, Part part, PartContext context) throws Exception;

        /// One that nobody else has.
        public static Call own() {
            try {
                return (Call) OwnCode.constructor(MethodHandles.lookup(), Template.class)
                        .invoke();
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }

        /// What all are copies of.
        private static final class Template extends Call {
            Template() {}

            @Override
            public void apply(PartProcessor processor, Part part, PartContext context) throws Exception {
                if (processor.matches(part)) {
                    processor.process(part, context);
                } else {
                    context.emit(part);
                }
            }
        }
    }
}

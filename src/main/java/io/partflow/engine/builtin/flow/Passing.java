package io.partflow.engine.builtin.flow;

import io.partflow.engine.content.Part;
import io.partflow.engine.processor.BuildContext;
import io.partflow.engine.processor.Params;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartStream;
import io.partflow.engine.processor.Processor;

/// Passes every part on as it is: for nodes that are all in their ports. Stateless.
final class Passing extends Processor {
    Passing() {}

    Passing(Params params, BuildContext context) {}

    @Override
    protected void process(PartStream input, PartContext context) throws InterruptedException {
        for (Part part = input.next(); part != null; part = input.next()) {
            context.emit(part);
        }
    }
}

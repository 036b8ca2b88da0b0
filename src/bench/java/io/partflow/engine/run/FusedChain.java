package io.partflow.engine.run;

import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.content.Origin;
import io.partflow.engine.content.Part;
import io.partflow.engine.stream.StreamClock;

/// The loop that a run makes of neighbouring cheap stages, without what stands before and behind it.
/// Confined to one
/// thread.
public final class FusedChain implements AutoCloseable {
    private final Topology topology;
    private final InlineWork first;

    /// @param plan of cheap part processors alone, one behind the other
    public FusedChain(RunPlan plan) throws Exception {
        topology = Topology.assemble("bench", plan, new CacheRoom(StreamClock.system()), RunOptions.DEFAULT);
        first = ((PartStage) topology.stages().getFirst()).inline();
    }

    public void take(Part part, Origin origin) throws InterruptedException {
        first.takeCounted(part, origin);
    }

    @Override
    public void close() {
        topology.shared().scope().close();
        topology.shared().pool().close();
    }
}

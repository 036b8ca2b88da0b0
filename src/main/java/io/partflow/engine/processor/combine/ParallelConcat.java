package io.partflow.engine.processor.combine;

import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartStream;
import io.partflow.engine.processor.Processor;
import io.partflow.engine.processor.StageBody;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Several processors for copies of one stream: all run at the same time, their outputs follow each other
/// in the order of the members.
///
/// Parts on reserved substreams are not copied but go past all members. A branch that ends early leaves the
/// input to the others.
public final class ParallelConcat extends Processor {
    /*
     * A tee followed by an ordered join deadlocks on bounded lanes: branch 2 fills its output, which is not read
     * before branch 1 ends; so it stops reading, the tee stalls, and branch 1 starves. Therefore the outputs of all
     * branches but the first are elastic up to a number of bytes. Beyond that waiting could only help if branch 1
     * ended without its whole input, so the call ends with a failure that says so.
     */
    private final List<Processor> members;
    private final Bounds bounds;

    private ParallelConcat(List<Processor> members, Bounds bounds) {
        this.members = members;
        this.bounds = bounds;
    }

    /// @param members processors and part processors, at least one
    public static ParallelConcat of(List<? extends StageBody> members, Bounds bounds) {
        if (members.isEmpty()) {
            throw new IllegalArgumentException("0 branches; there must be at least 1");
        }
        List<Processor> streams = new ArrayList<>();
        members.forEach(member -> streams.add(OrderedParts.stream(member, bounds.inFlight())));
        return new ParallelConcat(List.copyOf(streams), bounds);
    }

    public static ParallelConcat of(StageBody... members) {
        return of(List.of(members), Bounds.DEFAULT);
    }

    @Override
    public boolean keepsPace() {
        return false;
    }

    @Override
    protected void process(PartStream input, PartContext context) throws Exception {
        try (Crew crew = new Crew("branches", context)) {
            SharedContext shared = new SharedContext(context);
            List<PartLane> ins = new ArrayList<>();
            List<PartLane> outs = new ArrayList<>();
            for (int i = 0; i < members.size(); i++) {
                ins.add(crew.lane(bounds.laneParts(), 1));
                outs.add(i == 0 ? crew.lane(bounds.laneParts(), 2) : held(crew, i));
            }
            PartLane first = outs.getFirst();
            AtomicInteger running = new AtomicInteger(members.size());
            crew.fork(() -> {
                Crew.tee(input, ins, part -> {
                    if (context.reserved().holds(part)) {
                        first.emit(part);
                    }
                    return context.reserved().holds(part);
                });
                ins.forEach(PartLane::end);
            });
            for (int i = 0; i < members.size(); i++) {
                Processor member = members.get(i);
                PartLane in = ins.get(i);
                PartLane out = outs.get(i);
                crew.fork(() -> {
                    Crew.serve(member, in, shared.to(out), out, out);
                    in.abandon();
                    out.end();
                    if (running.decrementAndGet() == 0) {
                        // The tee's reserved parts went here as well, and all of them have.
                        first.end();
                    }
                });
            }
            for (PartLane out : outs) {
                crew.drain(out, context);
            }
        }
    }

    private PartLane held(Crew crew, int branch) {
        long share = Math.max(1, bounds.bufferBytes() / (members.size() - 1));
        return crew.elasticLane("branch " + (branch + 1) + " of " + members.size(), share);
    }

    @Override
    public void close() throws Exception {
        Members.close(members);
    }
}

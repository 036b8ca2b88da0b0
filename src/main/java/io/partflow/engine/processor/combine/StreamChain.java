package io.partflow.engine.processor.combine;

import io.partflow.engine.content.Part;
import io.partflow.engine.content.Substream;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartProcessor;
import io.partflow.engine.processor.PartStream;
import io.partflow.engine.processor.Processor;
import io.partflow.engine.processor.StageBody;
import java.util.ArrayList;
import java.util.List;

/// Processors one behind the other: each reads what the one before it gives, all at the same time.
///
/// Neighbouring part processors are fused into one [PartChain]. Parts on reserved substreams go from where
/// they are to the end of the chain, past all later members, and may overtake. Lanes between members are
/// bounded, so a slow member slows down the input. A member that ends early ends those before it; the chain
/// ends with its last member.
public final class StreamChain extends Processor {
    private final List<Processor> members;
    private final Bounds bounds;

    private StreamChain(List<Processor> members, Bounds bounds) {
        this.members = members;
        this.bounds = bounds;
    }

    /// A chain; chains among the members are taken apart, their members stand in their place.
    ///
    /// @param members processors and part processors, at least one
    public static StreamChain of(List<? extends StageBody> members, Bounds bounds) {
        if (members.isEmpty()) {
            throw new IllegalArgumentException("a chain of 0 members; it must have at least 1");
        }
        List<StageBody> flat = new ArrayList<>();
        members.forEach(member -> flatten(member, flat));
        List<Processor> fused = new ArrayList<>();
        List<PartProcessor> neighbours = new ArrayList<>();
        for (StageBody member : flat) {
            if (member instanceof PartProcessor parts) {
                neighbours.add(parts);
            } else {
                fuse(neighbours, fused, bounds);
                fused.add(OrderedParts.stream(member, bounds.inFlight()));
            }
        }
        fuse(neighbours, fused, bounds);
        return new StreamChain(List.copyOf(fused), bounds);
    }

    public static StreamChain of(StageBody... members) {
        return of(List.of(members), Bounds.DEFAULT);
    }

    private static void flatten(StageBody member, List<StageBody> flat) {
        switch (member) {
            case StreamChain chain -> chain.members.forEach(inner -> flatten(inner, flat));
            case OrderedParts ordered when ordered.inFlight() > 1 -> flat.add(ordered.member());
            default -> flat.add(member);
        }
    }

    private static void fuse(List<PartProcessor> neighbours, List<Processor> fused, Bounds bounds) {
        if (!neighbours.isEmpty()) {
            PartProcessor one = neighbours.size() == 1 ? neighbours.getFirst() : PartChain.of(neighbours);
            fused.add(OrderedParts.of(one, bounds.inFlight()));
            neighbours.clear();
        }
    }

    /// This chain with one more member at its end.
    public StreamChain then(StageBody next) {
        return of(List.of(this, next), bounds);
    }

    /// The members after fusion, in order.
    public List<Processor> members() {
        return members;
    }

    @Override
    public boolean keepsPace() {
        return false;
    }

    @Override
    protected void process(PartStream input, PartContext context) throws Exception {
        try (Crew crew = new Crew("chain", context)) {
            SharedContext shared = new SharedContext(context);
            PartLane out = crew.lane(bounds.laneParts(), 1);
            PartLane from = null;
            for (int i = 0; i < members.size(); i++) {
                PartLane to = i == members.size() - 1 ? out : crew.lane(bounds.laneParts(), 1);
                Processor member = members.get(i);
                PartLane before = from;
                PartStream in = withoutReserved(before == null ? input : before, out, context.reserved());
                PartContext results = shared.to(part -> (context.reserved().holds(part) ? out : to).emit(part));
                crew.fork(() -> {
                    Crew.serve(member, in, results, to, out);
                    if (before != null) {
                        before.abandon();
                    }
                    to.end();
                });
                from = to;
            }
            crew.drain(out, context);
        }
    }

    /// The ordinary parts of a stream; the reserved ones go to `aside`.
    private static PartStream withoutReserved(PartStream stream, PartLane aside, Substream.Reserved reserved) {
        return () -> {
            Part part = stream.next();
            while (part != null && reserved.holds(part)) {
                aside.emit(part);
                part = stream.next();
            }
            return part;
        };
    }

    @Override
    public void close() throws Exception {
        Members.close(members);
    }
}

package io.partflow.engine.processor.combine;

import io.partflow.engine.content.Part;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartStream;
import io.partflow.engine.processor.Processor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Gives each part to the first processor whose case it fulfils; a part of no case is dropped.
///
/// The processors run at the same time; order is kept among the results of one of them only. Parts on reserved
/// substreams go past all of them. Each case needs a processor of its own; parts for one that has ended are dropped.
public final class StreamSwitch extends Processor {
    private final List<Cases.Case<Processor>> cases;
    private final Bounds bounds;

    private StreamSwitch(List<Cases.Case<Processor>> cases, Bounds bounds) {
        this.cases = cases;
        this.bounds = bounds;
        if (cases.stream().map(Cases.Case::to).distinct().count() < cases.size()) {
            throw new IllegalArgumentException("two cases share a processor; each needs its own");
        }
    }

    /// A switch whose conditions look at the part.
    public static Cases<Part, Processor, StreamSwitch> cases(Bounds bounds) {
        return on(part -> part, bounds);
    }

    /// A switch whose cases look at what `question` says of a part.
    public static <T> Cases<T, Processor, StreamSwitch> on(Function<Part, T> question, Bounds bounds) {
        return new Cases<>(question, cases -> new StreamSwitch(cases, bounds));
    }

    @Override
    public boolean keepsPace() {
        return false;
    }

    @Override
    protected void process(PartStream input, PartContext context) throws Exception {
        try (Crew crew = new Crew("switch", context)) {
            SharedContext shared = new SharedContext(context);
            PartLane out = crew.lane(bounds.laneParts(), Math.max(1, cases.size()));
            List<PartLane> ins = new ArrayList<>();
            for (Cases.Case<Processor> each : cases) {
                PartLane in = crew.lane(bounds.laneParts(), 1);
                ins.add(in);
                crew.fork(() -> {
                    Crew.serve(each.to(), in, shared.to(out), out, out);
                    in.abandon();
                    out.end();
                });
            }
            crew.fork(() -> {
                triage(input, ins, out, shared);
                ins.forEach(PartLane::end);
                if (ins.isEmpty()) {
                    out.end();
                }
            });
            crew.drain(out, context);
        }
    }

    private void triage(PartStream input, List<PartLane> ins, PartLane past, PartContext context)
            throws InterruptedException {
        boolean wanted = true;
        for (Part part = input.next(); part != null && wanted; part = wanted ? input.next() : null) {
            if (context.reserved().holds(part)) {
                wanted = past.put(part);
            } else {
                int chosen = choose(part, context);
                wanted = chosen < 0 || ins.get(chosen).put(part) || !past.hasEnded();
            }
        }
    }

    /// The case that gets a part; none, which is told, when the part cannot be looked at.
    private int choose(Part part, PartContext context) throws InterruptedException {
        try {
            return Cases.indexOf(cases, part);
        } catch (RuntimeException e) {
            context.fail(Failure.of(e));
            return -1;
        }
    }

    @Override
    public void close() throws Exception {
        Members.close(cases.stream().map(Cases.Case::to).toList());
    }
}

package io.partflow.engine.processor.combine;

import io.partflow.engine.content.Part;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartProcessor;
import java.util.ArrayList;
import java.util.List;

/// Several part processors for the same part: the results of those that match it, in the order of the members.
///
/// Results on reserved substreams do not count as given. Thread-safe if its members are.
public final class PartParallel extends PartProcessor {
    /// Where the members work on one part.
    public enum Work {
        /// One after the other in the thread of the call: for cheap members.
        INLINE,
        /// Side by side, each on a thread of its own: for members that wait.
        SIDE_BY_SIDE
    }

    // Enough that a member rarely waits for those before it; the bound is per part in work.
    private static final int LANE_PARTS = 16;

    private final List<PartProcessor> members;
    private final Passthrough passthrough;
    private final Work work;

    private PartParallel(List<PartProcessor> members, Passthrough passthrough, Work work) {
        this.members = members;
        this.passthrough = passthrough;
        this.work = work;
    }

    /// Members side by side; parallels among them are taken apart, and the most generous passthrough counts.
    ///
    /// @param members may be empty
    public static PartParallel of(List<? extends PartProcessor> members, Passthrough passthrough, Work work) {
        List<PartProcessor> flat = new ArrayList<>();
        Passthrough most = passthrough;
        for (PartProcessor member : members) {
            if (member instanceof PartParallel inner) {
                flat.addAll(inner.members);
                most = inner.passthrough.compareTo(most) > 0 ? inner.passthrough : most;
            } else {
                flat.add(member);
            }
        }
        return new PartParallel(List.copyOf(flat), most, work);
    }

    /// Members that work side by side, without passthrough.
    public static PartParallel of(PartProcessor... members) {
        return of(List.of(members), Passthrough.NEVER, Work.SIDE_BY_SIDE);
    }

    public List<PartProcessor> members() {
        return members;
    }

    @Override
    public boolean matches(Part part) {
        // What no member matches bypasses when there is a passthrough, and is dropped in `process` when there is
        // none.
        return passthrough == Passthrough.NEVER || !matching(part).isEmpty();
    }

    @Override
    public int maxInFlight() {
        return Members.inFlight(members);
    }

    private List<PartProcessor> matching(Part part) {
        List<PartProcessor> found = new ArrayList<>(members.size());
        for (PartProcessor member : members) {
            if (member.matches(part)) {
                found.add(member);
            }
        }
        return found;
    }

    @Override
    protected void process(Part part, PartContext context) throws Exception {
        if (context.reserved().holds(part)) {
            context.emit(part);
            return;
        }
        boolean[] given = new boolean[1];
        PartContext counting = new Redirected(context, result -> {
            given[0] |= !context.reserved().holds(result);
            context.emit(result);
        });
        List<PartProcessor> matching = matching(part);
        if (work == Work.INLINE || matching.size() < 2) {
            for (PartProcessor member : matching) {
                member.apply(part, counting);
            }
        } else {
            sideBySide(matching, part, counting);
        }
        if (passthrough == Passthrough.ALWAYS || passthrough == Passthrough.FALLBACK && !given[0]) {
            context.emit(part);
        }
    }

    private static void sideBySide(List<PartProcessor> matching, Part part, PartContext context) throws Exception {
        try (Crew crew = new Crew("parallel", context)) {
            SharedContext shared = new SharedContext(context);
            List<PartLane> lanes = new ArrayList<>();
            for (PartProcessor member : matching) {
                PartLane lane = crew.lane(LANE_PARTS, 1);
                lanes.add(lane);
                crew.fork(() -> {
                    member.apply(part, shared.to(lane));
                    lane.end();
                });
            }
            for (PartLane lane : lanes) {
                crew.drain(lane, context);
            }
        }
    }

    @Override
    public void close() throws Exception {
        Members.close(members);
    }
}

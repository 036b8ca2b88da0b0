package io.partflow.engine.run;

import io.partflow.engine.content.Delivery;
import io.partflow.engine.content.Origin;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.PortSpec;
import io.partflow.engine.processor.PortType;
import io.partflow.engine.processor.StageBody;
import io.partflow.engine.stream.Charge;
import io.partflow.engine.stream.MemoryBudget;
import io.partflow.engine.stream.PartQueue;
import io.partflow.engine.stream.PartQueue.Fate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The wires that leave one stage. Confined to the thread that emits for the stage.
///
/// A part goes on every wire of the output it leaves by whose two ports admit it; it is charged once, held
/// by each wire that carries it.
final class Outlets {
    /// One wire's beginning: the queue behind it and the ports at its two ends.
    record Outlet(PartQueue queue, PortSpec from, PortSpec to) {
        boolean carries(Part part) {
            return PortType.anyAdmits(from.types(), part) && PortType.anyAdmits(to.types(), part);
        }

        boolean carriesAll() {
            return from.types().contains(PortType.ANY) && to.types().contains(PortType.ANY);
        }
    }

    /// Where parts go that a stage has counted already.
    @FunctionalInterface
    interface Way {
        /// Takes a part.
        ///
        /// @throws InterruptedException when nobody wants it, too
        void take(Part part, Origin from) throws InterruptedException;
    }

    /// How a part is charged once it is known that some wire carries it.
    @FunctionalInterface
    interface Charging {
        Charge charge(long bytes) throws InterruptedException;
    }

    private final List<Outlet> outlets;
    private final @Nullable Outlet only;
    private final StageStats stats;
    // Written by the stage's thread before it emits, read by the one that emits for it.
    private volatile @Nullable StageBody routing;
    private final boolean carriesAll;
    // The stage at the other end of the only wire, if the two are fused: the wire is a call then.
    private volatile @Nullable Fused fused;

    /// A stage that takes parts in the thread that emits them.
    record Fused(InlineWork work, Outlets outlets) {}

    Outlets(List<Outlet> outlets, StageStats stats) {
        this.outlets = List.copyOf(outlets);
        this.only = outlets.size() == 1 ? outlets.getFirst() : null;
        this.carriesAll = only != null && only.carriesAll();
        this.stats = stats;
    }

    /// Makes the only wire a call.
    void fuse(Fused with) {
        fused = with;
    }

    /// Lets this processor tell which output a part leaves by, where it has several; without one it leaves
    /// by all.
    void routeBy(StageBody body, List<PortSpec> outputs) {
        routing = outputs.size() > 1 ? body : null;
    }

    /// The output that the processor chooses for a part, its second choice where the first has no wire; null for all
    /// of them.
    @Nullable
    String chosenFor(Part part) {
        StageBody by = routing;
        if (by == null) {
            return null;
        }
        String chosen = by.outputOf(part);
        if (leadsSomewhere(chosen)) {
            return chosen;
        }
        String second = by.elseOutputOf(part);
        return second == null ? chosen : second;
    }

    /// Passes a part on as a stage does: charged without waiting, by the wire where it is the only one.
    ///
    /// @return UNWANTED when nobody reads any of the wires any more
    Fate emit(Delivery delivery, MemoryBudget budget) throws InterruptedException {
        if (only == null) {
            return emit(delivery, budget::charge);
        }
        Part part = delivery.part();
        return leadsSomewhere(chosenFor(part)) && isCarried(part) ? only.queue().put(delivery) : fate();
    }

    /// Passes a part on in the thread that works on it; to a fused stage by a call.
    ///
    /// @return UNWANTED when nobody reads any of the wires any more
    Fate emit(Part part, Origin origin, MemoryBudget budget) throws InterruptedException {
        Fused next = fused;
        if (next == null) {
            return emit(new Delivery(part, origin), budget);
        }
        if (leadsSomewhere(chosenFor(part)) && isCarried(part)) {
            next.work().takeCounted(part, origin);
        }
        return Fate.TAKEN;
    }

    /// Whether there is one wire, and every part goes on it.
    boolean carriesAll() {
        return carriesAll && routing == null;
    }

    /// The way that every part takes which leaves the stage; null where it depends on the part.
    ///
    /// @param node the stage's id, for messages
    @Nullable
    Way wayOut(String node) {
        if (outlets.isEmpty()) {
            return (part, from) -> {};
        }
        Outlet wire = only;
        if (wire == null || !carriesAll()) {
            return null;
        }
        PartQueue queue = wire.queue();
        return (part, from) -> {
            if (queue.put(new Delivery(part, from)) == Fate.UNWANTED) {
                throw new InterruptedException("nobody reads what " + node + " emits any more");
            }
        };
    }

    /// Counts a part and says whether the only wire carries it.
    private boolean isCarried(Part part) {
        count(part);
        if (carriesAll || (only != null && only.carries(part))) {
            return true;
        }
        stats.unrouted.increment();
        return false;
    }

    /// Passes a part on as a source does.
    ///
    /// @return UNWANTED when nobody reads any of the wires any more
    Fate emit(Delivery delivery, Charging charging) throws InterruptedException {
        Part part = delivery.part();
        if (only == null) {
            return emit(delivery, chosenFor(part), charging);
        }
        return leadsSomewhere(chosenFor(part)) && isCarried(part)
                ? only.queue().put(delivery, charging.charge(part.sizeBytes()))
                : fate();
    }

    /// Whether there is a wire at that output; one without is how a user drops what is sorted out.
    private boolean leadsSomewhere(@Nullable String port) {
        if (port == null) {
            return true;
        }
        for (Outlet outlet : outlets) {
            if (outlet.from().name().equals(port)) {
                return true;
            }
        }
        return false;
    }

    private Fate emit(Delivery delivery, @Nullable String port, Charging charging) throws InterruptedException {
        if (!leadsSomewhere(port)) {
            return fate();
        }
        count(delivery.part());
        List<Outlet> carriers = new ArrayList<>(outlets.size());
        for (Outlet outlet : outlets) {
            if ((port == null || outlet.from().name().equals(port)) && outlet.carries(delivery.part())) {
                carriers.add(outlet);
            }
        }
        if (carriers.isEmpty()) {
            if (!outlets.isEmpty()) {
                stats.unrouted.increment();
            }
            return fate();
        }
        return emit(delivery, carriers, charging.charge(delivery.part().sizeBytes()));
    }

    private Fate emit(Delivery delivery, List<Outlet> carriers, Charge charge) throws InterruptedException {
        charge.shared(carriers.size());
        int put = 0;
        int taken = 0;
        try {
            for (Outlet outlet : carriers) {
                put++;
                if (outlet.queue().put(delivery, charge) == Fate.TAKEN) {
                    taken++;
                }
            }
            return taken > 0 ? Fate.TAKEN : fate();
        } finally {
            for (int i = put; i < carriers.size(); i++) {
                charge.release();
            }
        }
    }

    private void count(Part part) {
        stats.passed(part);
    }

    /// Hands over what waits for a full batch. By the thread that emits.
    void flush() {
        Fused next = fused;
        if (next != null) {
            next.outlets().flush();
            return;
        }
        for (Outlet outlet : outlets) {
            outlet.queue().flush();
        }
    }

    private Fate fate() {
        return isUnwanted() ? Fate.UNWANTED : Fate.TAKEN;
    }

    /// Whether there are wires and nobody reads any of them any more. A stage without wires works for its
    /// own sake.
    boolean isUnwanted() {
        Fused next = fused;
        if (next != null) {
            return next.outlets().isUnwanted();
        }
        if (only != null) {
            return only.queue().isUnwanted();
        }
        for (Outlet outlet : outlets) {
            if (!outlet.queue().isUnwanted()) {
                return false;
            }
        }
        return !outlets.isEmpty();
    }

    /// Whether every wire takes a part without waiting. By the thread that emits; not where the wire is a
    /// call.
    boolean hasRoom() {
        if (only != null) {
            return only.queue().isRoomy();
        }
        for (Outlet outlet : outlets) {
            if (!outlet.queue().isRoomy()) {
                return false;
            }
        }
        return true;
    }

    void end() {
        Fused next = fused;
        if (next != null) {
            next.outlets().end();
        }
        outlets.forEach(outlet -> outlet.queue().end());
    }

    /// How long emitting has waited for room so far.
    long blockedNanos() {
        long sum = 0;
        for (Outlet outlet : outlets) {
            sum += outlet.queue().load().blockedNanos();
        }
        return sum;
    }

    boolean isBlocked() {
        return outlets.stream().anyMatch(outlet -> outlet.queue().load().blocked());
    }
}

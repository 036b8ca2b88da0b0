package io.partflow.engine.run;

import io.partflow.engine.content.Delivery;
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
/// A part goes on every wire of the output it leaves by whose two ports admit it; it is charged once, held by each
/// wire that carries it.
final class Outlets {
    /// One wire's beginning: the queue behind it and the ports at its two ends.
    record Outlet(PartQueue queue, PortSpec from, PortSpec to) {
        boolean carries(Delivery delivery) {
            return PortType.anyAdmits(from.types(), delivery.part()) && PortType.anyAdmits(to.types(), delivery.part());
        }
    }

    /// How a part is charged once it is known that some wire carries it.
    @FunctionalInterface
    interface Charging {
        Charge charge(long bytes) throws InterruptedException;
    }

    private final List<Outlet> outlets;
    private final StageStats stats;
    // Written by the stage's thread before it emits, read by the one that emits for it.
    private volatile @Nullable StageBody routing;

    Outlets(List<Outlet> outlets, StageStats stats) {
        this.outlets = List.copyOf(outlets);
        this.stats = stats;
    }

    /// Lets this processor tell which output a part leaves by; without one it leaves by all.
    void routeBy(StageBody body) {
        routing = body;
    }

    /// The output that the processor chooses for a part; null for all of them.
    @Nullable
    String chosenFor(Part part) {
        StageBody by = routing;
        return by == null ? null : by.outputOf(part);
    }

    /// Passes a part on as a stage does: charged without waiting.
    ///
    /// @return UNWANTED when nobody reads any of the wires any more
    Fate emit(Delivery delivery, MemoryBudget budget) throws InterruptedException {
        return emit(delivery, budget::charge);
    }

    Fate emit(Delivery delivery, Charging charging) throws InterruptedException {
        String port = chosenFor(delivery.part());
        if (port != null
                && outlets.stream().noneMatch(outlet -> outlet.from().name().equals(port))) {
            // Its output leads nowhere, which is how a user drops what is sorted out.
            return fate();
        }
        stats.partsOut.increment();
        stats.lastPart = delivery.part();
        List<Outlet> carriers = new ArrayList<>(outlets.size());
        for (Outlet outlet : outlets) {
            if ((port == null || outlet.from().name().equals(port)) && outlet.carries(delivery)) {
                carriers.add(outlet);
            }
        }
        if (carriers.isEmpty()) {
            if (!outlets.isEmpty()) {
                stats.unrouted.increment();
            }
            return fate();
        }
        Charge charge = charging.charge(delivery.part().sizeBytes()).shared(carriers.size());
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

    private Fate fate() {
        return isUnwanted() ? Fate.UNWANTED : Fate.TAKEN;
    }

    /// Whether there are wires and nobody reads any of them any more. A stage without wires works for its own sake.
    boolean isUnwanted() {
        return !outlets.isEmpty()
                && outlets.stream().allMatch(outlet -> outlet.queue().isUnwanted());
    }

    void end() {
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

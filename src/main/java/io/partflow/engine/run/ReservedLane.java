package io.partflow.engine.run;

import io.partflow.engine.content.Delivery;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.Substream;
import io.partflow.engine.processor.ProcessorDescriptor.Feed;
import io.partflow.engine.stream.PartQueue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// The way of parts on reserved substreams from all stages to the nodes that take such parts. Thread-safe.
///
/// They arrive as ordinary parts, because those on a reserved substream would bypass what comes next; the metadata
/// `reserved_substream` and `reserved_node` tell where they were. Stages behind a node that takes such parts send it
/// none: they would wait for themselves. The lane is as bounded as any wire: whoever puts waits while it is full.
final class ReservedLane {
    static final String SUBSTREAM = "reserved_substream";
    static final String NODE = "reserved_node";

    private final List<PartQueue> queues = new ArrayList<>();
    // Makes the many threads that put one producer of the queues.
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<String> feeding;

    private ReservedLane(Set<String> feeding) {
        this.feeding = feeding;
    }

    /// The lane of a plan, without queues yet.
    static ReservedLane of(RunPlan plan) {
        Set<String> behind = new HashSet<>(ends(plan));
        boolean found = true;
        while (found) {
            found = false;
            for (WirePlan wire : plan.wires()) {
                found |= behind.contains(wire.fromNode()) && behind.add(wire.toNode());
            }
        }
        Set<String> feeding = new HashSet<>();
        plan.stages().forEach(stage -> feeding.add(stage.id()));
        feeding.removeAll(behind);
        return new ReservedLane(feeding);
    }

    /// Whether the stage takes its parts from the lane.
    static boolean feeds(StagePlan stage) {
        return stage.entry().descriptor().feed() == Feed.RESERVED;
    }

    /// The stages of a plan that take their parts from the lane.
    static Set<String> ends(RunPlan plan) {
        Set<String> ends = new HashSet<>();
        for (StagePlan stage : plan.stages()) {
            if (feeds(stage)) {
                ends.add(stage.id());
            }
        }
        return ends;
    }

    /// Lets a queue be one of its ends; before any part comes.
    void lead(PartQueue queue) {
        queues.add(queue);
    }

    /// Hands a part to every node that takes such parts.
    ///
    /// @param node the stage it comes from
    void put(String node, Delivery delivery) throws InterruptedException {
        if (queues.isEmpty()) {
            return;
        }
        lock.lockInterruptibly();
        try {
            if (feeding.contains(node)) {
                Delivery ordinary = new Delivery(ordinary(node, delivery.part()), delivery.origin());
                for (PartQueue queue : queues) {
                    var _ = queue.put(ordinary);
                    queue.flush();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private static Part ordinary(String node, Part part) {
        return part.withSubstream(Substream.DEFAULT)
                .withMetadata(SUBSTREAM, JsonValue.of(part.substream()))
                .withMetadata(NODE, JsonValue.of(node));
    }

    /// Notes that a stage puts no more; the lane ends with the last one.
    void ended(String node) {
        if (queues.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            if (feeding.remove(node) && feeding.isEmpty()) {
                queues.forEach(PartQueue::end);
            }
        } finally {
            lock.unlock();
        }
    }
}

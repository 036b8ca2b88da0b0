package io.partflow.engine.processor.combine;

import io.partflow.engine.content.Part;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartException;
import io.partflow.engine.processor.PartProcessor;
import io.partflow.engine.processor.PartSink;
import io.partflow.engine.processor.PartSource;
import io.partflow.engine.processor.PartStream;
import io.partflow.engine.processor.Processor;
import io.partflow.engine.processor.StageBody;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/// A part processor over a whole stream: parts are worked on side by side, results leave in input order.
///
/// A [PartException] is reported and the next part follows; any other failure ends the stream, behind the results of
/// all earlier parts, as if the parts had been worked on one after the other. Reserved parts keep their place.
public final class OrderedParts extends Processor {
    /*
     * Order is structure: each part gets a lane of its own, and the lanes stand in a queue in input order. One thread
     * reads the input, one per part works, the calling thread empties the lanes. A semaphore, taken before a part is
     * read, bounds lanes and threads, so the queue never blocks. The lane at the head is always being emptied, so
     * bounded lanes cannot deadlock.
     */
    private static final int LANE_PARTS = 16;

    private final PartProcessor member;
    private final int inFlight;

    private OrderedParts(PartProcessor member, int inFlight) {
        this.member = member;
        this.inFlight = inFlight;
    }

    /// @param inFlight how many parts may be in work at once, at least 1; the member's own bound applies besides. 1
    ///     means in the calling thread
    public static OrderedParts of(PartProcessor member, int inFlight) {
        if (inFlight < 1) {
            throw new IllegalArgumentException("parts in flight are " + inFlight + "; it must be at least 1");
        }
        return new OrderedParts(member, Math.min(inFlight, member.maxInFlight()));
    }

    /// The processor itself, or the part processor over a whole stream.
    static Processor stream(StageBody body, int inFlight) {
        return switch (body) {
            case Processor processor -> processor;
            case PartProcessor parts -> of(parts, inFlight);
            case PartSource source ->
                throw new IllegalArgumentException("a source cannot be a member: it has no input");
            case PartSink sink -> throw new IllegalArgumentException("a sink cannot be a member: it has no output");
        };
    }

    public PartProcessor member() {
        return member;
    }

    int inFlight() {
        return inFlight;
    }

    @Override
    public boolean keepsPace() {
        return inFlight == 1;
    }

    @Override
    protected void process(PartStream input, PartContext context) throws Exception {
        if (inFlight == 1) {
            for (Part part = input.next(); part != null; part = input.next()) {
                work(part, context);
            }
        } else {
            sideBySide(input, context);
        }
    }

    private void work(Part part, PartContext context) throws Exception {
        if (context.reserved().holds(part)) {
            context.emit(part);
            return;
        }
        try {
            member.apply(part, context);
        } catch (PartException e) {
            context.fail(e.failure());
        }
    }

    private void sideBySide(PartStream input, PartContext context) throws Exception {
        // One more for the end.
        BlockingQueue<InWork> order = new ArrayBlockingQueue<>(inFlight + 1);
        try (Crew crew = new Crew("ordered", context)) {
            Calls calls = new Calls(crew, new SharedContext(context), order);
            crew.fork(() -> calls.read(input));
            for (InWork next = calls.take(); next.lane() != calls.end; next = calls.take()) {
                try {
                    crew.drain(next.lane(), context);
                } finally {
                    next.held().release();
                }
                crew.retire(next.lane());
                calls.room.release();
            }
        } finally {
            order.forEach(each -> each.held().release());
        }
    }

    /// A part in work: where its results go, and its own bytes.
    private record InWork(PartLane lane, PartContext.Held held) {}

    /// The parts in work of one call.
    private final class Calls {
        private final Crew crew;
        private final SharedContext shared;
        private final Semaphore room = new Semaphore(inFlight);
        private final BlockingQueue<InWork> order;
        private final PartLane end;
        private final AtomicBoolean failed = new AtomicBoolean();

        Calls(Crew crew, SharedContext shared, BlockingQueue<InWork> order) {
            this.crew = crew;
            this.shared = shared;
            this.order = order;
            this.end = crew.lane(1, 1);
        }

        InWork take() throws InterruptedException {
            return order.take();
        }

        void read(PartStream input) throws Exception {
            PartLane last = end;
            try {
                while (!failed.get()) {
                    room.acquire();
                    Part part = input.next();
                    if (part == null) {
                        break;
                    }
                    // Asked before the lane stands in the queue, so that a failing answer cannot leave it open.
                    boolean passes = shared.reserved().holds(part) || !member.matches(part);
                    PartLane lane = crew.lane(LANE_PARTS, 1);
                    order.add(new InWork(lane, shared.hold(part.sizeBytes(), PartContext.Holding.CHARGED)));
                    start(part, passes, lane);
                }
            } catch (InterruptedException e) {
                last = failedLane(e);
                throw e;
            } catch (Exception e) {
                last = failedLane(e);
            } finally {
                order.add(new InWork(last, PartContext.Held.NOTHING));
            }
        }

        private PartLane failedLane(Exception e) {
            PartLane lane = crew.lane(1, 1);
            lane.fail(e);
            return lane;
        }

        private void start(Part part, boolean passes, PartLane lane) throws InterruptedException {
            if (passes) {
                lane.emit(part);
                lane.end();
                return;
            }
            crew.fork(() -> {
                try {
                    work(part, shared.to(lane));
                    lane.end();
                } catch (InterruptedException e) {
                    throw e;
                } catch (Exception e) {
                    failed.set(true);
                    lane.fail(e);
                }
            });
        }
    }

    @Override
    public void close() throws Exception {
        Members.close(List.of(member));
    }
}

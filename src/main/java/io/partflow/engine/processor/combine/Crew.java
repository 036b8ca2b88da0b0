package io.partflow.engine.processor.combine;

import io.partflow.engine.content.Part;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartContext.Holding;
import io.partflow.engine.processor.PartEmitter;
import io.partflow.engine.processor.PartException;
import io.partflow.engine.processor.PartStream;
import io.partflow.engine.processor.Processor;
import io.partflow.engine.stream.RunScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The virtual threads and lanes of one call of a combinator: the first failure ends them all, and closing leaves
/// none.
///
/// The thread that made it reads results with [#drain(PartStream, PartEmitter)] and closes it. Other methods are
/// thread-safe.
public final class Crew implements AutoCloseable {
    private final RunScope scope;
    private final PartContext context;
    private final Set<PartLane> lanes = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /// @param name stands in every thread's name
    /// @param context counts what waits in lanes
    public Crew(String name, PartContext context) {
        this.context = context;
        scope = new RunScope(name);
    }

    /// A lane that holds at most `capacityParts`, for that many producers.
    public PartLane lane(int capacityParts, int producers) {
        return add(new PartLane(
                capacityParts, Long.MAX_VALUE, producers, () -> {}, bytes -> context.hold(bytes, Holding.CHARGED)));
    }

    /// A lane whose one producer never waits; more than `limitBytes` waiting ends the crew with a failure.
    PartLane elasticLane(String title, long limitBytes) {
        return add(new PartLane(
                Integer.MAX_VALUE,
                limitBytes,
                1,
                () -> fail(new PartException(Failure.of(
                        "BRANCH_BUFFER_FULL",
                        title + " holds back more than " + limitBytes + " bytes until the branches before it end",
                        "Give the branches a larger buffer, put the longest output first, or merge by arrival."))),
                // The branches before it need what a source has yet to give.
                bytes -> context.hold(bytes, Holding.ASIDE)));
    }

    private PartLane add(PartLane lane) {
        lanes.add(lane);
        if (failure.get() != null) {
            lane.abandon();
        }
        return lane;
    }

    /// Forgets a lane that has been read to its end.
    void retire(PartLane lane) {
        lanes.remove(lane);
    }

    /// Runs a task on a thread of its own, unless the crew has failed. What it throws ends the crew.
    public void fork(RunScope.Task task) {
        boolean accepted = scope.fork(() -> {
            try {
                task.run();
            } catch (Throwable e) {
                fail(e);
                throw e;
            }
        });
        if (!accepted) {
            fail(new InterruptedException("the crew is closed"));
        }
    }

    /// Ends everything: all lanes are given up, all threads interrupted. The first failure counts.
    void fail(Throwable cause) {
        failure.compareAndSet(null, cause);
        lanes.forEach(PartLane::abandon);
        scope.fail(cause);
    }

    /// Passes on a stream until its end.
    ///
    /// @throws Exception the crew's first failure, or the lane's own
    public void drain(PartStream stream, PartEmitter to) throws Exception {
        for (Part part = stream.next(); part != null; part = stream.next()) {
            to.emit(part);
        }
        check(failure.get());
        check(stream instanceof PartLane lane ? lane.failure().orElse(null) : null);
    }

    private static void check(@Nullable Throwable thrown) throws Exception {
        switch (thrown) {
            case null -> {}
            case Exception cause -> throw cause;
            case Error cause -> throw cause;
            default -> throw new IllegalStateException(thrown);
        }
    }

    /// Copies a stream to several lanes, each of which must be read, or the others come to stand.
    ///
    /// @param copies at least 1; of one, the result is the stream itself
    public List<PartStream> split(PartStream input, int copies, int capacityParts) {
        if (copies < 1) {
            throw new IllegalArgumentException("a split into " + copies + "; it must be at least 1");
        }
        if (copies == 1) {
            return List.of(input);
        }
        List<PartLane> outs = new ArrayList<>();
        for (int i = 0; i < copies; i++) {
            outs.add(lane(capacityParts, 1));
        }
        fork(() -> {
            tee(input, outs, part -> false);
            outs.forEach(PartLane::end);
        });
        return List.copyOf(outs);
    }

    /// Gives every part to all lanes that are still read, until there is none left; those that `aside` takes, to
    /// none.
    static void tee(PartStream input, List<PartLane> outs, Aside aside) throws InterruptedException {
        boolean wanted = true;
        for (Part part = input.next(); part != null && wanted; part = wanted ? input.next() : null) {
            if (!aside.takes(part)) {
                wanted = false;
                for (PartLane out : outs) {
                    wanted |= out.put(part);
                }
            }
        }
    }

    /// Takes some parts out of a stream.
    @FunctionalInterface
    interface Aside {
        boolean takes(Part part) throws InterruptedException;
    }

    /// Runs a processor between lanes. When it ends before its input, nobody reads that any more; when nobody reads
    /// its results any more, it ends without failure.
    static void serve(Processor member, PartStream in, PartContext context, PartLane to, PartLane last)
            throws Exception {
        try {
            member.run(in, context);
        } catch (InterruptedException e) {
            if (!to.isUnwanted() && !last.hasEnded()) {
                throw e;
            }
        }
    }

    /// Puts streams together by arrival; each keeps its own order.
    public PartStream merge(List<? extends PartStream> inputs, int capacityParts, MergeEnd end) {
        PartLane out = lane(capacityParts, end == MergeEnd.FIRST ? 1 : Math.max(1, inputs.size()));
        if (inputs.isEmpty()) {
            out.end();
        }
        for (PartStream input : inputs) {
            fork(() -> feed(to -> pump(input, to), out));
        }
        return out;
    }

    private static void pump(PartStream input, PartEmitter to) throws InterruptedException {
        for (Part part = input.next(); part != null; part = input.next()) {
            to.emit(part);
        }
    }

    /// Work that emits parts.
    @FunctionalInterface
    interface Feed {
        void run(PartEmitter to) throws Exception;
    }

    /// Runs one of the producers of a lane; that the lane has ended meanwhile, by another one's end, is no failure.
    static void feed(Feed work, PartLane out) throws Exception {
        try {
            work.run(out);
            out.end();
        } catch (InterruptedException e) {
            if (!out.hasEnded()) {
                throw e;
            }
        }
    }

    /// Puts streams one behind the other; all are read from now on, each until that many of its parts wait. Copies of
    /// one stream do not go together again this way: see [ParallelConcat].
    public PartStream concat(List<? extends PartStream> inputs, int capacityParts) {
        List<PartLane> ahead = new ArrayList<>();
        for (PartStream input : inputs) {
            PartLane lane = lane(capacityParts, 1);
            ahead.add(lane);
            fork(() -> feed(to -> pump(input, to), lane));
        }
        return new PartStream() {
            private int at;

            @Override
            public @Nullable Part next() throws InterruptedException {
                while (at < ahead.size()) {
                    Part part = ahead.get(at).next();
                    if (part != null) {
                        return part;
                    }
                    at++;
                }
                return null;
            }
        };
    }

    /// Interrupts what still runs and waits until every thread is gone.
    @Override
    public void close() {
        scope.close();
        lanes.forEach(PartLane::abandon);
        lanes.clear();
    }
}

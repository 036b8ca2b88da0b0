package io.partflow.bench;

import io.partflow.engine.content.Part;
import io.partflow.engine.processor.ProcessorDescriptor.Work;
import io.partflow.engine.run.RunSnapshot;
import io.partflow.engine.stream.StreamMode;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// Parts worked on side by side with results in input order, in nanoseconds per part: ours as a whole run
/// with source and sink, the peer `Gatherers.mapConcurrent` of the JDK; work of nothing, and work that
/// waits 1 ms with 1,000 in flight, where the ideal is 1,000 ns per part.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
public class OrderedBench {
    private static final int PARTS = 100_000;
    private static final int IN_FLIGHT = 1_000;

    private final Part part = Part.text("a part of usual size");

    @Benchmark
    @OperationsPerInvocation(PARTS)
    public RunSnapshot nothing() throws InterruptedException {
        return ours((each, context) -> context.emit(each));
    }

    @Benchmark
    @OperationsPerInvocation(PARTS)
    public RunSnapshot waits1ms() throws InterruptedException {
        return ours((each, context) -> {
            context.clock().sleep(1_000_000);
            context.emit(each);
        });
    }

    private RunSnapshot ours(RunPlans.PartWork work) throws InterruptedException {
        return RunPlans.run(
                StreamMode.BALANCED,
                List.of(RunPlans.source(PARTS, part), RunPlans.parts("work", Work.BLOCKING, work), RunPlans.sink()));
    }

    @Benchmark
    @OperationsPerInvocation(PARTS)
    public long nothingMapConcurrent() {
        return IntStream.range(0, PARTS)
                .mapToObj(i -> part)
                .gather(Gatherers.mapConcurrent(IN_FLIGHT, each -> each))
                .count();
    }

    @Benchmark
    @OperationsPerInvocation(PARTS)
    public long waits1msMapConcurrent() {
        return IntStream.range(0, PARTS)
                .mapToObj(i -> part)
                .gather(Gatherers.mapConcurrent(IN_FLIGHT, each -> {
                    try {
                        Thread.sleep(1);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return each;
                }))
                .count();
    }
}

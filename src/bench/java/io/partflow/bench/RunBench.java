package io.partflow.bench;

import io.partflow.engine.content.Part;
import io.partflow.engine.processor.ProcessorDescriptor.Work;
import io.partflow.engine.run.RunSnapshot;
import io.partflow.engine.stream.StreamMode;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// A whole run of source, three cheap processors and sink, for streams of different lengths in a small
/// heap, start and end of the run included: the time for each of the `parts` must not grow with the stream,
/// nor the peak of the heap, told at the end. Told there as well is how long each part took within the
/// last run, from one power of ten to the next, which start and end of a run do not blur.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(jvmArgsAppend = "-Xmx256m")
@State(Scope.Benchmark)
public class RunBench {
    @Param({"10000", "100000", "1000000", "10000000"})
    public long parts;

    // when the tenth, the hundredth and so on of the parts of a run had come through, and when the run began
    private final long[] marks = new long[8];
    private long beginNanos;
    private long nextMark;
    private int marked;

    private void note(long number) {
        if (number == nextMark) {
            marks[marked++] = System.nanoTime() - beginNanos;
            nextMark *= 10;
        }
    }

    /// What JMH reports beside the time of a whole run: the time for each part.
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Each {
        public long parts;
    }

    /// Says at the end how much of the heap was used at most.
    @TearDown
    public void tellPeakHeap() {
        long bytes = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
        System.out.println("peak heap " + (bytes >> 20) + " MiB");
        long from = 0;
        long fromNanos = 0;
        long to = 10;
        for (int i = 0; i < marked; i++) {
            System.out.printf(
                    "parts %d to %d of the last run: %.1f ns each%n",
                    from, to, (double) (marks[i] - fromNanos) / (to - from));
            from = to;
            fromNanos = marks[i];
            to *= 10;
        }
    }

    @Benchmark
    public RunSnapshot chainOfThree(Each each) throws InterruptedException {
        beginNanos = System.nanoTime();
        nextMark = 10;
        marked = 0;
        RunSnapshot end = RunPlans.run(
                StreamMode.HIGH_THROUGHPUT,
                List.of(
                        RunPlans.source(parts, Part.text("a part of usual size")),
                        RunPlans.parts("one", Work.INLINE, (part, context) -> context.emit(part)),
                        RunPlans.parts("two", Work.INLINE, (part, context) -> context.emit(part)),
                        RunPlans.parts("three", Work.INLINE, (part, context) -> context.emit(part)),
                        RunPlans.sink(this::note)));
        each.parts += parts;
        return end;
    }
}

package io.partflow.bench;

import io.partflow.engine.content.Part;
import io.partflow.engine.processor.ProcessorDescriptor.Work;
import io.partflow.engine.run.RunSnapshot;
import io.partflow.engine.stream.StreamMode;
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

/// A whole run of source, three cheap processors and sink, for streams of different lengths in a small
/// heap:
/// `nanosPerPart` must not grow with the stream.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(jvmArgsAppend = "-Xmx256m")
@State(Scope.Benchmark)
public class RunBench {
    @Param({"10000", "100000", "1000000", "10000000"})
    public long parts;

    /// What JMH reports beside the time of a whole run.
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class PerPart {
        public double nanosPerPart;
    }

    @Benchmark
    public RunSnapshot chainOfThree(PerPart per) throws InterruptedException {
        long start = System.nanoTime();
        RunSnapshot end = RunPlans.run(
                StreamMode.HIGH_THROUGHPUT,
                List.of(
                        RunPlans.source(parts, Part.text("a part of usual size")),
                        RunPlans.parts("one", Work.INLINE, (part, context) -> context.emit(part)),
                        RunPlans.parts("two", Work.INLINE, (part, context) -> context.emit(part)),
                        RunPlans.parts("three", Work.INLINE, (part, context) -> context.emit(part)),
                        RunPlans.sink()));
        per.nanosPerPart = (double) (System.nanoTime() - start) / parts;
        return end;
    }
}

package io.partflow.bench;

import io.partflow.engine.stream.Charge;
import io.partflow.engine.stream.MemoryBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// How long a part of 90 % of the budget waits for admission while 200 sources are admitted parts of 1 %, hold each
/// for 0.1 ms and come back at once: the budget is always full, and small parts would fit at any moment.
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
public class LargePartBench {
    private static final int BUDGET_BYTES = 100 << 20;
    private static final int LARGE_BYTES = BUDGET_BYTES / 10 * 9;
    private static final int SMALL_BYTES = BUDGET_BYTES / 100;
    private static final int SOURCES = 200;
    private static final long HOLD_NANOS = 100_000;

    private final MemoryBudget budget = new MemoryBudget(BUDGET_BYTES);
    private final List<Thread> sources = new ArrayList<>();
    private volatile boolean over;

    @Setup
    public void begin() {
        for (int i = 0; i < SOURCES; i++) {
            sources.add(Thread.ofVirtual().start(this::admitSmallOnes));
        }
    }

    private void admitSmallOnes() {
        while (!over) {
            try {
                Charge charge = budget.admit(SMALL_BYTES);
                LockSupport.parkNanos(HOLD_NANOS);
                charge.release();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @TearDown
    public void end() throws InterruptedException {
        over = true;
        for (Thread source : sources) {
            source.join();
        }
    }

    @Benchmark
    public void largePart() throws InterruptedException {
        Charge charge = budget.admit(LARGE_BYTES);
        charge.release();
    }
}

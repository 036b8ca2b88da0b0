package io.partflow.bench;

import io.partflow.engine.stream.Charge;
import io.partflow.engine.stream.MemoryBudget;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;

/// One admission and its release, without contention for bytes: ours, the peer (a fair semaphore) and the limit (an
/// atomic sum), on one thread and on two.
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
public class BudgetBench {
    private static final int PART_BYTES = 1_000;
    private static final int BUDGET_BYTES = 100 << 20;

    private final MemoryBudget budget = new MemoryBudget(BUDGET_BYTES);
    private final Semaphore semaphore = new Semaphore(BUDGET_BYTES, true);
    private final AtomicLong sum = new AtomicLong();

    @Benchmark
    @Threads(1)
    public void budget1() throws InterruptedException {
        Charge charge = budget.admit(PART_BYTES);
        charge.release();
    }

    @Benchmark
    @Threads(1)
    public void fairSemaphore1() throws InterruptedException {
        semaphore.acquire(PART_BYTES);
        semaphore.release(PART_BYTES);
    }

    @Benchmark
    @Threads(1)
    public long atomicSum1() {
        sum.getAndAdd(PART_BYTES);
        return sum.getAndAdd(-PART_BYTES);
    }

    @Benchmark
    @Threads(2)
    public void budget2() throws InterruptedException {
        budget1();
    }

    @Benchmark
    @Threads(2)
    public void fairSemaphore2() throws InterruptedException {
        fairSemaphore1();
    }

    @Benchmark
    @Threads(2)
    public long atomicSum2() {
        return atomicSum1();
    }
}

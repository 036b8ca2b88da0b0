package io.partflow.bench;

import io.partflow.engine.insight.curve.LiveCurve;
import io.partflow.engine.insight.curve.Policy;
import io.partflow.engine.insight.curve.ShardsCurve;
import io.partflow.engine.insight.curve.SimulatedCache;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// One access of a miss-ratio curve: exact, from a sample, and of one simulated size. A million accesses to a million
/// keys, a few of them frequent (Zipf 0.8), are taken over and over.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
public class CurveBench {
    private static final int ACCESSES = 1 << 20;
    private static final int KEYS = 1_000_000;
    private static final int FEW_KEYS = 8_000;
    private static final double EXPONENT = 0.8;

    private final long[] many = new long[ACCESSES];
    private final long[] few = new long[ACCESSES];
    private LiveCurve live = new LiveCurve();
    private ShardsCurve shards = new ShardsCurve(LiveCurve.EXACT_ENTRIES, 1);
    private SimulatedCache tinyLfu = simulated();

    private static SimulatedCache simulated() {
        return SimulatedCache.of(Policy.TINYLFU, SimulatedCache.Limits.ofItems(1_000));
    }

    @Setup
    public void draw() {
        Random random = new Random(1);
        double[] sums = new double[KEYS];
        double sum = 0;
        for (int i = 0; i < KEYS; i++) {
            sum += Math.pow(i + 1.0, -EXPONENT);
            sums[i] = sum;
        }
        for (int i = 0; i < ACCESSES; i++) {
            int at = Arrays.binarySearch(sums, random.nextDouble() * sum);
            many[i] = at < 0 ? -at - 1 : at;
            few[i] = (long) (random.nextDouble() * random.nextDouble() * FEW_KEYS);
        }
        live = new LiveCurve();
        shards = new ShardsCurve(LiveCurve.EXACT_ENTRIES, 1);
        tinyLfu = simulated();
    }

    @Benchmark
    @OperationsPerInvocation(ACCESSES)
    public void exactUpTo8k() {
        for (long key : few) {
            live.access(key, 100);
        }
    }

    @Benchmark
    @OperationsPerInvocation(ACCESSES)
    public void sampleOfAMillionKeys() {
        for (long key : many) {
            shards.access(key, 100);
        }
    }

    @Benchmark
    @OperationsPerInvocation(ACCESSES)
    public int simulatedSize() {
        int hits = 0;
        // A miniature looks at a tenth of the keys.
        for (long key : many) {
            if (ShardsCurve.samples(key, 0.1)) {
                hits += tinyLfu.access(key, 100, 0) ? 1 : 0;
            }
        }
        return hits;
    }
}

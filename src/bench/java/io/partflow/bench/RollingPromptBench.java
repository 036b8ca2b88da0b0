package io.partflow.bench;

import io.partflow.engine.content.Part;
import io.partflow.engine.prompt.BudgetHistory;
import io.partflow.engine.prompt.CompressingHistory;
import io.partflow.engine.prompt.HistoryPolicy;
import io.partflow.engine.prompt.RollingPrompt;
import io.partflow.engine.prompt.TokenCounter;
import java.util.ArrayDeque;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Adding a part to a rolling prompt that has long been full, its tokens counted before: each policy, and
/// the limit, a deque of as many parts that drops its oldest and counts nothing.
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(java.util.concurrent.TimeUnit.MICROSECONDS)
@State(Scope.Thread)
public class RollingPromptBench {
    private static final int PARTS = 4_096;
    private static final int WINDOW_PARTS = 10_000;

    private final Part[] parts = new Part[PARTS];
    private final long[] tokens = new long[PARTS];
    private RollingPrompt compressing;
    private RollingPrompt keeping;
    private RollingPrompt byTokens;
    private final ArrayDeque<Part> deque = new ArrayDeque<>();

    @Setup
    public void fill() {
        TokenCounter counter = new TokenCounter();
        for (int i = 0; i < PARTS; i++) {
            parts[i] = Part.text(
                    "Turn " + i + ": the ship left Lisbon with salt and came back with spices, said the captain.",
                    i % 2 == 0 ? "user" : "model");
            tokens[i] = counter.count(parts[i]);
        }
        compressing = new RollingPrompt(new CompressingHistory(), counter);
        keeping = new RollingPrompt(HistoryPolicy.KEEP_ALL, counter);
        byTokens = new RollingPrompt(
                new BudgetHistory(BudgetHistory.Unit.TOKENS, 8_000, BudgetHistory.DEFAULT_SHARE), counter);
        for (int i = 0; i < 100; i++) {
            addAll(compressing);
            addAll(keeping);
            addAll(byTokens);
        }
    }

    private void addAll(RollingPrompt prompt) {
        for (int i = 0; i < PARTS; i++) {
            prompt.add(parts[i], tokens[i]);
        }
    }

    @Benchmark
    @OperationsPerInvocation(PARTS)
    public void compressing() {
        addAll(compressing);
    }

    @Benchmark
    @OperationsPerInvocation(PARTS)
    public void keepingAll() {
        addAll(keeping);
    }

    @Benchmark
    @OperationsPerInvocation(PARTS)
    public void tokenBudget() {
        addAll(byTokens);
    }

    @Benchmark
    @OperationsPerInvocation(PARTS)
    public void limitDeque() {
        for (Part part : parts) {
            deque.addLast(part);
            if (deque.size() > WINDOW_PARTS) {
                deque.removeFirst();
            }
        }
    }
}

package io.partflow.bench;

import io.partflow.engine.content.Origin;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartProcessor;
import io.partflow.engine.run.FusedChain;
import io.partflow.engine.stream.StreamMode;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import reactor.core.publisher.Flux;

/// A chain of three processors that look at a part and pass it on, in parts per microsecond: ours as the
/// loop that a run makes of fused stages, with all counters of every stage; the limit is a bare loop over
/// three functions, the peer three fused operators of Reactor, which count nothing, and the same with
/// counters.
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@OperationsPerInvocation(FusedBench.PARTS)
@State(Scope.Thread)
public class FusedBench {
    static final int PARTS = 10_000;

    private final Part[] parts = new Part[PARTS];
    private final Origin origin = Origin.ofNode("from");
    private final FusedChain chain;
    private long seen;

    private final List<UnaryOperator<Part>> functions = List.of(
            part -> {
                seen += part.sizeBytes();
                return part;
            },
            part -> {
                seen += part.substream().length();
                return part;
            },
            part -> {
                seen += part.mimeType().length();
                return part;
            });

    public FusedBench() {
        try {
            chain = new FusedChain(RunPlans.plan(
                    StreamMode.HIGH_THROUGHPUT,
                    List.of(
                            RunPlans.cheap("one", () -> new PartProcessor() {
                                @Override
                                protected void process(Part part, PartContext context) throws Exception {
                                    seen += part.sizeBytes();
                                    context.emit(part);
                                }
                            }),
                            RunPlans.cheap("two", () -> new PartProcessor() {
                                @Override
                                protected void process(Part part, PartContext context) throws Exception {
                                    seen += part.substream().length();
                                    context.emit(part);
                                }
                            }),
                            RunPlans.cheap("three", () -> new PartProcessor() {
                                @Override
                                protected void process(Part part, PartContext context) throws Exception {
                                    seen += part.mimeType().length();
                                    context.emit(part);
                                }
                            }))));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Setup
    public void makeParts() {
        for (int i = 0; i < PARTS; i++) {
            parts[i] = Part.text("part " + i);
        }
    }

    @TearDown
    public void close() {
        chain.close();
    }

    @Benchmark
    public long fused() throws InterruptedException {
        for (Part part : parts) {
            chain.take(part, origin);
        }
        return seen;
    }

    @Benchmark
    public long bareLoop() {
        for (Part each : parts) {
            Part part = each;
            for (UnaryOperator<Part> function : functions) {
                part = function.apply(part);
            }
        }
        return seen;
    }

    @Benchmark
    public long reactorMaps() {
        Flux<Part> flux = Flux.fromArray(parts);
        for (UnaryOperator<Part> function : functions) {
            flux = flux.map(function);
        }
        flux.blockLast();
        return seen;
    }

    /// The same with what every stage of ours counts for the user: parts in, parts out, and the last of them.
    @Benchmark
    public long reactorCountingMaps() {
        Flux<Part> flux = Flux.fromArray(parts);
        for (UnaryOperator<Part> function : functions) {
            AtomicLong in = new AtomicLong();
            AtomicLong out = new AtomicLong();
            AtomicReference<Part> last = new AtomicReference<>();
            flux = flux.map(part -> {
                in.setOpaque(in.getPlain() + 1);
                Part made = function.apply(part);
                out.setOpaque(out.getPlain() + 1);
                last.setRelease(made);
                return made;
            });
        }
        flux.blockLast();
        return seen;
    }
}

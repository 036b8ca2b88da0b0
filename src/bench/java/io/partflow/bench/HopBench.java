package io.partflow.bench;

import io.partflow.engine.content.Delivery;
import io.partflow.engine.content.Origin;
import io.partflow.engine.content.Part;
import io.partflow.engine.stream.MemoryBudget;
import io.partflow.engine.stream.PartBatch;
import io.partflow.engine.stream.PartInput;
import io.partflow.engine.stream.PartQueue;
import io.partflow.engine.stream.StreamClock;
import io.partflow.engine.stream.StreamMode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/// One hand-over between two threads, in parts per microsecond: ours with every part by itself and in
/// batches of 100,
/// charged to a budget and released as in a run; the peers are a bounded queue of the JDK and Reactor's
/// `publishOn`.
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@OperationsPerInvocation(HopBench.PARTS)
@State(Scope.Benchmark)
public class HopBench {
    static final int PARTS = 1_000_000;
    private static final int PEER_CAPACITY = 1_000;
    private static final StreamMode UNBATCHED = StreamMode.of("1000/1");

    private final Delivery delivery = new Delivery(Part.text("a part of usual size"), Origin.ofNode("from"));
    private final Scheduler from = Schedulers.newSingle("from", true);
    private final Scheduler to = Schedulers.newSingle("to", true);

    @Benchmark
    public long unbatched() throws InterruptedException {
        return ours(UNBATCHED, 1);
    }

    @Benchmark
    public long batchesOf100() throws InterruptedException {
        return ours(StreamMode.HIGH_THROUGHPUT, 1);
    }

    @Benchmark
    public long threeHopsUnbatched() throws InterruptedException {
        return ours(UNBATCHED, 3);
    }

    @Benchmark
    public long threeHopsOf100() throws InterruptedException {
        return ours(StreamMode.HIGH_THROUGHPUT, 3);
    }

    /// Through that many queues with a thread at each end.
    private long ours(StreamMode mode, int hops) throws InterruptedException {
        MemoryBudget budget = new MemoryBudget(100 << 20);
        PartInput first = new PartInput(StreamClock.system(), budget);
        PartQueue begin = first.addQueue(mode.queueParts(), mode.batchParts());
        PartInput last = first;
        List<Thread> relays = new ArrayList<>();
        for (int i = 1; i < hops; i++) {
            PartInput from = last;
            PartInput to = new PartInput(StreamClock.system(), budget);
            PartQueue queue = to.addQueue(mode.queueParts(), mode.batchParts());
            from.beforeWaiting(queue::flush);
            relays.add(Thread.ofVirtual().start(() -> relay(from, queue, mode)));
            last = to;
        }
        PartInput input = last;
        PartQueue queue = begin;
        long[] bytes = new long[1];
        Thread consumer = Thread.ofVirtual().start(() -> {
            PartBatch batch = PartBatch.of(mode);
            try {
                while (input.takeBatch(batch)) {
                    for (int i = 0; i < batch.size(); i++) {
                        bytes[0] += batch.get(i).part().sizeBytes();
                        batch.done(i);
                    }
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        Thread producer = Thread.ofVirtual().start(() -> {
            try {
                for (int i = 0; i < PARTS; i++) {
                    queue.put(delivery);
                }
                queue.end();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        producer.join();
        for (Thread relay : relays) {
            relay.join();
        }
        consumer.join();
        return bytes[0];
    }

    private static void relay(PartInput from, PartQueue to, StreamMode mode) {
        PartBatch batch = PartBatch.of(mode);
        try {
            while (from.takeBatch(batch)) {
                for (int i = 0; i < batch.size(); i++) {
                    to.put(batch.get(i));
                    batch.done(i);
                }
            }
            to.end();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Benchmark
    public long arrayBlockingQueue() throws InterruptedException {
        ArrayBlockingQueue<Delivery> queue = new ArrayBlockingQueue<>(PEER_CAPACITY);
        long[] bytes = new long[1];
        Thread consumer = Thread.ofVirtual().start(() -> {
            try {
                for (int i = 0; i < PARTS; i++) {
                    bytes[0] += queue.take().part().sizeBytes();
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        Thread producer = Thread.ofVirtual().start(() -> {
            try {
                for (int i = 0; i < PARTS; i++) {
                    queue.put(delivery);
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        producer.join();
        consumer.join();
        return bytes[0];
    }

    @Benchmark
    public long reactorPublishOn() {
        long[] bytes = new long[1];
        Flux.range(0, PARTS)
                .map(i -> delivery)
                .subscribeOn(from)
                .publishOn(to, PEER_CAPACITY)
                .doOnNext(each -> bytes[0] += each.part().sizeBytes())
                .blockLast();
        return bytes[0];
    }
}

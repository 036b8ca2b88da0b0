package io.partflow.engine.run;

import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.PartSource;
import io.partflow.engine.processor.ProcessorDescriptor.Kind;
import io.partflow.engine.processor.ProcessorDescriptor.Work;
import io.partflow.engine.processor.SourceContext;
import io.partflow.engine.stream.StreamClock;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.List;
import java.util.Locale;

/// Sends gigabytes of parts through a chain in a small heap, and says what it took: `mvn -Psoak verify
/// -DskipTests`.
///
/// Each part is a fresh array of its own, copied once on the way, so nothing but the queues and the budget
/// keeps the heap from growing.
public final class LongRun {
    private static final int PART_BYTES = 64 << 10;

    private LongRun() {}

    /// @param args how many gigabytes, 10 if none is given
    public static void main(String[] args) throws InterruptedException {
        long gigabytes = args.length == 0 ? 10 : Long.parseLong(args[0]);
        long parts = gigabytes * 1_000_000_000 / PART_BYTES + 1;
        StagePlan source = Plans.stage(
                "from",
                Kind.SOURCE,
                Work.BLOCKING,
                () -> new PartSource() {
                    @Override
                    protected void produce(SourceContext context) throws Exception {
                        for (long i = 0; i < parts; i++) {
                            byte[] data = new byte[PART_BYTES];
                            data[(int) (i % PART_BYTES)] = 1;
                            context.emit(Part.blob(data, "application/octet-stream"));
                        }
                    }
                },
                null);
        StagePlan copy = Plans.stage(
                "copy",
                Kind.PART,
                Work.INLINE,
                () -> Plans.processor((part, context) -> context.emit(part.withMetadata("seen", JsonValue.of("yes")))),
                null);
        StagePlan wait = Plans.stage(
                "side-by-side",
                Kind.PART,
                Work.BLOCKING,
                () -> Plans.processor((part, context) -> context.emit(part)),
                null);
        long start = System.nanoTime();
        RunPlan plan = Plans.plan(List.of(source, copy, wait, Plans.sink()));
        try (Run run = Run.start(plan, new CacheRoom(StreamClock.system()), RunOptions.DEFAULT)) {
            RunSnapshot end = run.await();
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "%s: %d parts, %.1f GB in %.1f s (%.2f GB/s); largest heap %d MiB, peak used %d MiB, "
                            + "budget %d KiB, high water %d KiB, left in flight %d bytes%n",
                    end.status().id(),
                    end.partsOut(),
                    end.partsOut() * (double) PART_BYTES / 1e9,
                    seconds,
                    end.partsOut() * (double) PART_BYTES / 1e9 / seconds,
                    Runtime.getRuntime().maxMemory() >> 20,
                    peakHeapBytes() >> 20,
                    end.memory().budgetBytes() >> 10,
                    end.memory().highWaterBytes() >> 10,
                    end.memory().inFlightBytes());
            if (end.status() != RunStatus.COMPLETED || end.partsOut() != parts) {
                System.exit(1);
            }
        }
    }

    private static long peakHeapBytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == java.lang.management.MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }
}

package io.partflow.engine.prompt;

import io.partflow.engine.content.Part;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/// Adds a hundred million parts to a rolling prompt that compresses, and says what it keeps of the heap after each
/// tenth of them: `mvn -Psoak verify -DskipTests`.
public final class LongPrompt {
    private static final int TENTHS = 10;
    private static final int DIFFERENT = 4_096;
    private static final long MARGIN_BYTES = 4 << 20;

    private LongPrompt() {}

    /// @param args how many million parts, 100 if none is given
    public static void main(String[] args) {
        long adds = (args.length == 0 ? 100 : Long.parseLong(args[0])) * 1_000_000;
        TokenCounter counter = new TokenCounter();
        Part[] parts = new Part[DIFFERENT];
        long[] tokens = new long[DIFFERENT];
        for (int i = 0; i < DIFFERENT; i++) {
            parts[i] = Part.text("Turn " + i + ": the ship left Lisbon with salt.", i % 2 == 0 ? "user" : "model");
            tokens[i] = counter.count(parts[i]);
        }
        RollingPrompt prompt = new RollingPrompt(new CompressingHistory(), counter);
        long nanos = 0;
        long first = 0;
        long last = 0;
        for (int tenth = 1; tenth <= TENTHS; tenth++) {
            long start = System.nanoTime();
            for (long i = 0; i < adds / TENTHS; i++) {
                int at = (int) (i % DIFFERENT);
                prompt.add(parts[at], tokens[at]);
            }
            nanos += System.nanoTime() - start;
            last = keptBytes();
            first = tenth == 1 ? last : first;
            System.out.printf(
                    Locale.ROOT,
                    "%d adds: %d KiB kept, %d parts in the prompt%n",
                    adds / TENTHS * tenth,
                    last >> 10,
                    prompt.parts().size());
        }
        System.out.printf(Locale.ROOT, "%.1f million adds/s%n", adds * 1e3 / nanos);
        if (last > first + MARGIN_BYTES) {
            System.exit(1);
        }
    }

    private static long keptBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}

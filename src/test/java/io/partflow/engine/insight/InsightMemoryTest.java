package io.partflow.engine.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.cache.CacheAccess;
import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.cache.ContentCache;
import io.partflow.engine.content.ContentHash;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.stream.StreamClock;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What insight holds after a million different keys: the heap with it less the heap without, in a process of its
/// own.
@Timeout(120)
class InsightMemoryTest {
    private static final double MOST_MIB = 96;

    @Test
    void insight_ofAMillionKeysOfFourNodes_holdsAtMost96Mebibytes() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx640m",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Filled.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(process.waitFor()).as(told).isZero();
        assertThat(Double.parseDouble(told.strip())).isBetween(10.0, MOST_MIB);
    }

    /// Fills an insight in every respect and prints the mebibytes it holds.
    static final class Filled {
        private static final int NODES = 4;
        private static final int KEYS = 1_000_000;
        // The last ones fill what is remembered of inputs.
        private static final int WITHOUT_INPUT = KEYS - 30_000;

        private Filled() {}

        public static void main(String[] args) throws Exception {
            try (CacheRoom room = new CacheRoom(StreamClock.system())) {
                List<ContentCache> caches = new ArrayList<>();
                for (int i = 0; i < NODES; i++) {
                    caches.add(room.cache("n" + i, "p", CacheSettings.DEFAULT));
                }
                LiveInsight live = LiveInsight.of(room, StreamClock.system());
                for (int i = 0; i < KEYS; i++) {
                    ask(caches.get(i % NODES), i);
                    if (i % 8 == 0) {
                        ask(caches.get(i % NODES), Math.max(0, i - 8 * NODES));
                    }
                }
                InsightSnapshot last = live.refresh();
                caches.forEach(ContentCache::invalidateAll);
                last = live.refresh();
                if (last.nodes().size() != NODES
                        || last.nodes().get(0).analysis().requests() < 4_096) {
                    throw new IllegalStateException("insight has seen too little");
                }
                long with = usedBytes();
                // else what is to be measured may be collected before it is: nothing asks for it any more
                Reference.reachabilityFence(live);
                Reference.reachabilityFence(last);
                Reference.reachabilityFence(caches);
                live.close();
                live = null;
                last = null;
                long without = usedBytes();
                Reference.reachabilityFence(caches);
                System.out.printf(Locale.ROOT, "%.1f%n", (with - without) / 1048576.0);
            }
        }

        private static void ask(ContentCache cache, int i) throws Exception {
            List<Part> input = i < WITHOUT_INPUT
                    ? List.of()
                    : List.of(Part.text("question number " + i + " with some more words, as questions have them")
                            .withMetadata("prober", JsonValue.of(i))
                            .withMetadata("lang", JsonValue.of("en")));
            CacheKey key = new CacheKey("pf1:test@1:0:", ContentHash.ofText("key " + i));
            var unused = cache.request(
                    new ContentCache.Question(key, input, List.of()),
                    part -> {},
                    out -> {
                        out.emit(Part.text("answer " + i));
                        return new Usage(10, 20, 30);
                    },
                    CacheAccess.FULL);
        }

        private static long usedBytes() {
            for (int i = 0; i < 4; i++) {
                System.gc();
            }
            Runtime runtime = Runtime.getRuntime();
            return runtime.totalMemory() - runtime.freeMemory();
        }
    }
}

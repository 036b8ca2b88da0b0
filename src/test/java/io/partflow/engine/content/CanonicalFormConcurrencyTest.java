package io.partflow.engine.content;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CanonicalFormConcurrencyTest {
    /// More threads than pooled buffers, of texts of very different lengths, must not write into each other's buffer.
    @Test
    void keys_madeByManyThreadsAtOnce_areThoseOfOneThread() throws Exception {
        List<List<Part>> contents = new ArrayList<>();
        for (long seed = 0; seed < 50; seed++) {
            contents.add(new RandomParts(seed).parts());
        }
        List<@Nullable ContentHash> alone =
                contents.stream().map(CanonicalForm::hash).toList();
        int threads = 64;
        CountDownLatch together = new CountDownLatch(threads);
        Callable<List<@Nullable ContentHash>> work = () -> {
            together.countDown();
            together.await();
            return contents.stream().map(CanonicalForm::hash).toList();
        };

        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<@Nullable ContentHash>>> results = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                results.add(executor.submit(work));
            }
            for (Future<List<@Nullable ContentHash>> result : results) {
                assertEquals(alone, result.get());
            }
        }
    }
}

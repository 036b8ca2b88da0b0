package io.partflow.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.cache.sqlite.SqliteStore;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.run.RunOptions;
import io.partflow.engine.run.RunSnapshot;
import io.partflow.engine.run.RunStatus;
import io.partflow.engine.stream.RunScope;
import io.partflow.engine.stream.StreamClock;
import io.partflow.pipeline.GraphCompiler;
import io.partflow.pipeline.Layout;
import io.partflow.pipeline.PipelineGraph;
import io.partflow.pipeline.PipelineNode;
import io.partflow.pipeline.PipelineSettings;
import io.partflow.pipeline.Wire;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A store on a disk that takes its time: the thread of the test is that of the window, and must never wait for it.
@Timeout(60)
class StoreOpeningConcurrencyTest {
    @TempDir
    Path home;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch slow = new CountDownLatch(1);
    private final AtomicReference<Thread> opener = new AtomicReference<>();
    private final AtomicInteger opened = new AtomicInteger();
    private final BlockingQueue<Runnable> window = new LinkedBlockingQueue<>();
    private int mostScopes;
    private final List<RunSnapshot> ends = new ArrayList<>();
    private final CacheRoom caches = new CacheRoom(StreamClock.system(), this::open);
    private final RunControl control = new RunControl(
            caches, RunOptions.DEFAULT, task -> Thread.ofVirtual().start(task), window::add);

    private SqliteStore open(Path file) {
        opener.set(Thread.currentThread());
        asked.countDown();
        boolean interrupted = false;
        while (slow.getCount() > 0) {
            try {
                slow.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        opened.incrementAndGet();
        return SqliteStore.open(file, StreamClock.system());
    }

    @AfterEach
    void end() {
        slow.countDown();
        control.close();
        control.awaitEnd();
        assertThat(caches.stores()).as("closed at the end").isEmpty();
    }

    private static PipelineNode node(String id, String processor, double x) {
        return PipelineNode.of(id, ModelBench.CATALOG.descriptor(processor).orElseThrow(), Layout.at(x, 80));
    }

    private GraphCompiler.Compiled compiled(String lines) {
        PipelineGraph graph = PipelineGraph.empty("Sizes")
                .withSettings(PipelineSettings.DEFAULT.withStore("kept.db"))
                .withNode(node("ask", "source.text", 80)
                        .withParam("text", JsonValue.of(lines))
                        .withParam("emit", JsonValue.of("line")))
                .withNode(node("split", "text.split", 300)
                        .withCache(CacheSettings.DEFAULT.withTier(CacheSettings.Tier.TIERED)))
                .withNode(node("show", "sink.viewer", 520))
                .withWire(Wire.of("ask", "out", "split", "in"))
                .withWire(Wire.of("split", "out", "show", "in"));
        return GraphCompiler.compile(graph, ModelBench.CATALOG, home);
    }

    private void start(String lines) {
        control.onEnd(ends::add);
        control.start(new RunControl.Order(() -> compiled(lines), RunControl.CacheUse.ALL, null, result -> {}));
    }

    /// Does what the thread of the window does, until there is a reason to stop.
    private void serveUntil(BooleanSupplier enough) throws InterruptedException {
        while (!enough.getAsBoolean()) {
            window.take().run();
            mostScopes = Math.max(mostScopes, RunScope.openScopes());
        }
    }

    @Test
    void store_isOpenedAndClosedByOtherThreads() throws InterruptedException {
        start("one");
        asked.await();

        assertThat(control.phase()).isEqualTo(RunControl.Phase.STARTING);
        assertThat(opener.get()).isNotSameAs(Thread.currentThread());
        assertThat(window).as("nothing to be done here meanwhile").isEmpty();
        slow.countDown();
        serveUntil(() -> !ends.isEmpty());

        assertThat(ends).extracting(RunSnapshot::status).containsExactly(RunStatus.COMPLETED);
        assertThat(caches.stores()).as("%s", ends.getFirst().recentFailures()).hasSize(1);
        List<String> cleared = new ArrayList<>();
        control.forget(() -> cleared.add("cleared"));
        serveUntil(() -> !cleared.isEmpty());
        assertThat(caches.stores()).isEmpty();
    }

    @Test
    void runCancelledWhileItsStoreOpens_neverBegins_andTheNextOneIsAlone() throws InterruptedException {
        start("one\ntwo");
        asked.await();

        control.cancel();
        assertThat(control.phase()).as("at once").isEqualTo(RunControl.Phase.IDLE);
        start("three");
        assertThat(control.phase()).isEqualTo(RunControl.Phase.STARTING);
        assertThat(RunScope.openScopes()).isLessThanOrEqualTo(1);
        slow.countDown();
        serveUntil(() -> !ends.isEmpty());

        assertThat(ends).extracting(RunSnapshot::status).containsExactly(RunStatus.COMPLETED);
        assertThat(ends.getFirst().partsOut()).as("of the second run").isEqualTo(1);
        assertThat(mostScopes).isLessThanOrEqualTo(1);
        assertThat(opened).as("the store is opened once").hasValue(1);
    }

    @Test
    void pipelineForgottenWhileItsStoreOpens_leavesNoStoreOpen() throws InterruptedException {
        start("one");
        asked.await();
        List<String> cleared = new ArrayList<>();

        control.forget(() -> cleared.add("cleared"));
        assertThat(control.phase()).isEqualTo(RunControl.Phase.IDLE);
        slow.countDown();
        serveUntil(() -> !cleared.isEmpty());

        assertThat(caches.stores()).isEmpty();
        assertThat(control.snapshot()).isEmpty();
        assertThat(ends).isEmpty();
        assertThat(RunScope.openScopes()).isZero();
    }

    @Test
    void endOfTheApplication_whileAStoreOpens_doesNotWaitHere() throws InterruptedException {
        start("one");
        asked.await();

        control.close();
        assertThat(control.phase()).isEqualTo(RunControl.Phase.IDLE);
        slow.countDown();
        control.awaitEnd();

        assertThat(caches.stores()).isEmpty();
        assertThat(RunScope.openScopes()).isZero();
    }
}

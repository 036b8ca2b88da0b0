package io.partflow.ui.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.partflow.engine.cache.CacheSnapshot;
import io.partflow.engine.run.RunSnapshot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.util.Subscription;
import org.junit.jupiter.api.Test;

class SnapshotPumpTest {

    private record Sample(RunSnapshot previous, RunSnapshot current, long elapsedNanos) {}

    /// A ticker driven by the test.
    private static final class HandTicker implements SnapshotPump.Ticker {
        long periodNanos;
        Runnable tick;

        @Override
        public void start(long period, Runnable action) {
            periodNanos = period;
            tick = action;
        }

        @Override
        public void stop() {
            periodNanos = 0;
            tick = null;
        }
    }

    private final HandTicker ticker = new HandTicker();
    private final List<Sample> samples = new ArrayList<>();
    private long nowNanos;
    private int pulls;
    private RunSnapshot present;
    private Executor background = Runnable::run;
    private final SnapshotPump pump = new SnapshotPump(
            () -> {
                pulls++;
                return present;
            },
            ticker,
            () -> nowNanos,
            task -> background.execute(task),
            Runnable::run);

    private void listen() {
        pump.listen((previous, current, elapsed) -> samples.add(new Sample(previous, current, elapsed)));
    }

    private void tickAt(long millis) {
        nowNanos = millis * 1_000_000;
        ticker.tick.run();
    }

    private static RunSnapshot run(String id, double seconds) {
        return RunSnapshots.run(id, seconds, CacheSnapshot.EMPTY);
    }

    @Test
    void ticks_whileSomebodyListens_fourPerSecond() {
        assertNull(ticker.tick);
        listen();
        assertEquals(250_000_000, ticker.periodNanos);
    }

    @Test
    void elapsed_lateTick_isMeasuredNotAssumed() {
        listen();
        present = run("r1", 0.1);
        tickAt(1_000);
        RunSnapshot first = present;
        present = run("r1", 0.8);
        tickAt(1_730);
        assertNull(samples.getFirst().previous());
        assertEquals(0, samples.getFirst().elapsedNanos());
        assertSame(first, samples.get(1).previous());
        assertEquals(730_000_000, samples.get(1).elapsedNanos());
    }

    @Test
    void source_nothingRunsYet_nobodyIsTold() {
        listen();
        tickAt(250);
        assertTrue(samples.isEmpty());
    }

    @Test
    void previous_anotherRunBegins_isAbsent() {
        listen();
        present = run("r1", 5);
        tickAt(250);
        present = run("r2", 0.1);
        tickAt(500);
        assertNull(samples.get(1).previous());
    }

    @Test
    void hiddenView_costsNothing_andGetsTheWholeSpanAfterwards() {
        AtomicBoolean visible = new AtomicBoolean(true);
        pump.listen((previous, current, elapsed) -> samples.add(new Sample(previous, current, elapsed)), visible::get);
        present = run("r1", 0);
        tickAt(0);
        visible.set(false);
        tickAt(250);
        tickAt(500);
        assertEquals(1, pulls);
        visible.set(true);
        tickAt(750);
        assertEquals(2, samples.size());
        assertEquals(750_000_000, samples.get(1).elapsedNanos());
    }

    @Test
    void pace_scrubbingAndHidden_changesTheTicker() {
        listen();
        pump.pace(SnapshotPump.Pace.SCRUBBING);
        assertEquals(100_000_000, ticker.periodNanos);
        pump.pace(SnapshotPump.Pace.HIDDEN);
        assertNull(ticker.tick);
        pump.pace(SnapshotPump.Pace.LIVE);
        assertEquals(250_000_000, ticker.periodNanos);
    }

    @Test
    void lastListener_leaves_tickerStops() {
        Subscription subscription = pump.listen((previous, current, elapsed) -> {});
        subscription.unsubscribe();
        assertNull(ticker.tick);
    }

    @Test
    void source_takesLong_isAskedOnceAtATime_andOnceMoreForAPullMeanwhile() {
        Deque<Runnable> asked = new ArrayDeque<>();
        background = asked::add;
        listen();
        present = run("r1", 1);
        tickAt(250);
        tickAt(500);
        tickAt(750);
        assertEquals(1, asked.size());
        assertTrue(samples.isEmpty(), "nobody waits for it");
        pump.pull();
        asked.remove().run();
        assertEquals(1, samples.size());
        assertEquals(1, asked.size(), "what it said may be older than the pull");

        nowNanos = 1_000_000_000L;
        asked.remove().run();
        assertEquals(250_000_000, samples.get(1).elapsedNanos());
        assertTrue(asked.isEmpty());
    }

    @Test
    void drop_whatIsOnItsWay_reachesNobody() {
        Deque<Runnable> asked = new ArrayDeque<>();
        background = asked::add;
        listen();
        present = run("r1", 1);
        tickAt(250);
        pump.drop();
        asked.remove().run();
        assertTrue(samples.isEmpty());
        tickAt(500);
        asked.remove().run();
        assertEquals(1, samples.size());
    }
}

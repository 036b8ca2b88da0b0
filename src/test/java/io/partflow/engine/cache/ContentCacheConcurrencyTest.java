package io.partflow.engine.cache;

import static io.partflow.engine.cache.CacheSamples.key;
import static io.partflow.engine.cache.CacheSamples.part;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partflow.engine.content.Part;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.stream.StreamClock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ContentCacheConcurrencyTest {
    private final ContentCache cache =
            new ContentCache("answer", "test.step", CacheSettings.DEFAULT, StreamClock.system());

    private static Future<ContentCache.Result> in(ExecutorService threads, ContentCache cache, List<Part> out) {
        return threads.submit(() -> cache.request(key("a"), out::add, emitter -> {
            throw new AssertionError("a follower computed");
        }));
    }

    @Test
    void equalRequests_inFlight_shareOneComputationAndItsParts() throws Exception {
        CountDownLatch leading = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        List<List<Part>> outs = new ArrayList<>();
        List<Future<ContentCache.Result>> followers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Part> leaderOut = Collections.synchronizedList(new ArrayList<>());
            Future<ContentCache.Result> leader =
                    threads.submit(() -> cache.request(key("a"), leaderOut::add, emitter -> {
                        emitter.emit(part("1"));
                        leading.countDown();
                        finish.await();
                        emitter.emit(part("2"));
                        return new Usage(1, 1, 1);
                    }));
            leading.await();
            CountDownLatch streamed = new CountDownLatch(20);
            for (int i = 0; i < 20; i++) {
                List<Part> out = Collections.synchronizedList(new ArrayList<>());
                outs.add(out);
                followers.add(threads.submit(() -> cache.request(
                        key("a"),
                        part -> {
                            out.add(part);
                            streamed.countDown();
                        },
                        emitter -> {
                            throw new AssertionError("a follower computed");
                        })));
            }
            // All have the first part while the computation is still under way.
            streamed.await();
            finish.countDown();
            assertThat(leader.get().outcome()).isEqualTo(Outcome.MISS);
            for (Future<ContentCache.Result> follower : followers) {
                assertThat(follower.get().outcome()).isEqualTo(Outcome.COALESCED);
                assertThat(follower.get().usage()).isEqualTo(new Usage(1, 1, 1));
            }
            outs.add(leaderOut);
        }

        assertThat(outs).allSatisfy(out -> assertThat(out).containsExactly(part("1"), part("2")));
        assertThat(cache.snapshot().coalesced()).isEqualTo(20);
        assertThat(cache.snapshot().misses()).isEqualTo(1);
        assertThat(cache.snapshot().puts()).isEqualTo(1);
    }

    /// Results are put in order: an output may have no room until an earlier, equal request has got the very same
    /// parts.
    @Test
    void leaderWhoseOutputHasNoRoom_doesNotHoldUpItsFollowers() throws Exception {
        SynchronousQueue<Part> noRoom = new SynchronousQueue<>();
        CountDownLatch leading = new CountDownLatch(1);
        List<Part> followerOut = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<ContentCache.Result> leader = threads.submit(() -> cache.request(key("a"), noRoom::put, emitter -> {
                leading.countDown();
                for (int i = 0; i < 10; i++) {
                    emitter.emit(part("p" + i));
                }
                return Usage.NONE;
            }));
            leading.await();
            ContentCache.Result follower = in(threads, cache, followerOut).get();
            assertThat(follower.outcome()).isIn(Outcome.COALESCED, Outcome.HIT);
            assertThat(followerOut).hasSize(10);
            for (int i = 0; i < 10; i++) {
                assertThat(noRoom.take()).isEqualTo(part("p" + i));
            }
            assertThat(leader.get().outcome()).isEqualTo(Outcome.MISS);
        }
    }

    @Test
    void followerWhoseOutputHasNoRoom_doesNotHoldUpTheLeader() throws Exception {
        SynchronousQueue<Part> noRoom = new SynchronousQueue<>();
        CountDownLatch leading = new CountDownLatch(1);
        CountDownLatch joined = new CountDownLatch(1);
        List<Part> leaderOut = Collections.synchronizedList(new ArrayList<>());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<ContentCache.Result> leader =
                    threads.submit(() -> cache.request(key("a"), leaderOut::add, emitter -> {
                        emitter.emit(part("1"));
                        leading.countDown();
                        joined.await();
                        emitter.emit(part("2"));
                        return Usage.NONE;
                    }));
            leading.await();
            Future<ContentCache.Result> follower = threads.submit(() -> cache.request(
                    key("a"),
                    part -> {
                        joined.countDown();
                        noRoom.put(part);
                    },
                    emitter -> Usage.NONE));
            assertThat(leader.get().outcome()).isEqualTo(Outcome.MISS);
            assertThat(leaderOut).hasSize(2);
            assertThat(noRoom.take()).isEqualTo(part("1"));
            assertThat(noRoom.take()).isEqualTo(part("2"));
            assertThat(follower.get().outcome()).isEqualTo(Outcome.COALESCED);
        }
    }

    @Test
    void failureOfTheLeader_isSharedAndKeepsNothing() throws Exception {
        CountDownLatch leading = new CountDownLatch(1);
        CountDownLatch joined = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<ContentCache.Result> leader = threads.submit(() -> cache.request(key("a"), part -> {}, emitter -> {
                emitter.emit(part("1"));
                leading.countDown();
                joined.await();
                throw new IllegalStateException("broken");
            }));
            leading.await();
            Future<ContentCache.Result> follower =
                    threads.submit(() -> cache.request(key("a"), part -> joined.countDown(), emitter -> {
                        throw new AssertionError("a follower computed");
                    }));
            assertThatThrownBy(leader::get).hasRootCauseMessage("broken");
            assertThatThrownBy(follower::get).hasRootCauseMessage("broken");
        }

        // As if they had come one after the other.
        assertThat(cache.snapshot().misses()).isEqualTo(2);
        assertThat(cache.snapshot().coalesced()).isZero();
        assertThat(cache.entries()).isEmpty();
    }

    @Test
    void leaderThatIsCancelled_leavesTheComputationToAFollower() throws Exception {
        CountDownLatch leading = new CountDownLatch(1);
        CountDownLatch joined = new CountDownLatch(1);
        List<Part> out = Collections.synchronizedList(new ArrayList<>());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<ContentCache.Result> leader = threads.submit(() -> cache.request(key("a"), part -> {}, emitter -> {
                emitter.emit(part("1"));
                emitter.emit(part("2"));
                leading.countDown();
                new CountDownLatch(1).await();
                return Usage.NONE;
            }));
            leading.await();
            Future<ContentCache.Result> follower = threads.submit(() -> cache.request(
                    key("a"),
                    part -> {
                        out.add(part);
                        joined.countDown();
                    },
                    emitter -> {
                        for (int i = 1; i <= 4; i++) {
                            emitter.emit(part("" + i));
                        }
                        return new Usage(9, 9, 9);
                    }));
            joined.await();
            leader.cancel(true);
            assertThat(follower.get().outcome()).isEqualTo(Outcome.MISS);
            assertThat(follower.get().usage()).isEqualTo(new Usage(9, 9, 9));
        }

        assertThat(out).containsExactly(part("1"), part("2"), part("3"), part("4"));
        assertThat(cache.snapshot().requests()).isEqualTo(1);
        assertThat(cache.peek(key("a")).orElseThrow().parts()).hasSize(4);
    }

    @Test
    void followerThatIsCancelled_leavesTheLeaderAlone() throws Exception {
        CountDownLatch leading = new CountDownLatch(1);
        CountDownLatch joined = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<ContentCache.Result> leader = threads.submit(() -> cache.request(key("a"), part -> {}, emitter -> {
                emitter.emit(part("1"));
                leading.countDown();
                finish.await();
                return Usage.NONE;
            }));
            leading.await();
            Future<ContentCache.Result> follower =
                    threads.submit(() -> cache.request(key("a"), part -> joined.countDown(), emitter -> Usage.NONE));
            joined.await();
            follower.cancel(true);
            finish.countDown();
            assertThat(leader.get().outcome()).isEqualTo(Outcome.MISS);
        }
        assertThat(cache.snapshot().requests()).isEqualTo(1);
        assertThat(cache.snapshot().puts()).isEqualTo(1);
    }

    @Test
    void leaderCancelledWhileItsOutputHasNoRoom_endsAtOnce() throws Exception {
        SynchronousQueue<Part> noRoom = new SynchronousQueue<>();
        CountDownLatch computed = new CountDownLatch(1);
        BlockingQueue<Thread> leaders = new LinkedBlockingQueue<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<ContentCache.Result> leader = threads.submit(() -> {
                leaders.add(Thread.currentThread());
                return cache.request(key("a"), noRoom::put, emitter -> {
                    emitter.emit(part("1"));
                    computed.countDown();
                    return Usage.NONE;
                });
            });
            computed.await();
            leaders.take().interrupt();
            assertThatThrownBy(leader::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void burstsOfEqualRequests_countTheSameOnEveryRun() throws Exception {
        for (int run = 0; run < 5; run++) {
            ContentCache fresh = new ContentCache("n", "p", CacheSettings.DEFAULT, StreamClock.system());
            AtomicInteger computed = new AtomicInteger();
            List<Future<ContentCache.Result>> all = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 4_000; i++) {
                    String name = "k" + (i * i) % 50;
                    all.add(threads.submit(() -> fresh.request(key(name), part -> {}, emitter -> {
                        computed.incrementAndGet();
                        Thread.yield();
                        emitter.emit(part(name));
                        return Usage.NONE;
                    })));
                }
                for (Future<ContentCache.Result> each : all) {
                    each.get();
                }
            }
            CacheSnapshot snapshot = fresh.snapshot();
            assertThat(snapshot.misses()).isEqualTo(computed.get()).isEqualTo(snapshot.puts());
            // The squares modulo 50 take this many values.
            assertThat(snapshot.misses()).isEqualTo(22);
            assertThat(snapshot.hits() + snapshot.coalesced()).isEqualTo(4_000 - 22);
        }
    }
}

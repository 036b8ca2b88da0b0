package io.partflow.engine.cache.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.content.ContentHash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KeyedTableTest {
    private record Key(String prefix, ContentHash hash) {}

    private static final class Numbered extends Keyed {
        final int number;

        Numbered(Key key, int number) {
            super(key.prefix(), key.hash(), 0, Long.MAX_VALUE);
            this.number = number;
        }
    }

    private static final List<IntFunction<ContentHash>> HASHES = List.of(
            i -> ContentHash.ofText("k" + i),
            i -> new ContentHash(0, i),
            i -> new ContentHash(i, 0),
            // All begin at the same place.
            i -> new ContentHash(i, -i),
            i -> new ContentHash(0, 0));

    private static Key key(IntFunction<ContentHash> hashes, int i) {
        return new Key("p" + i % 7 + ":", hashes.apply(i / 7));
    }

    @Test
    void get_anySequence_equalsAMap() {
        for (IntFunction<ContentHash> hashes : HASHES) {
            Random random = new Random(7);
            KeyedTable<Numbered> table = new KeyedTable<>();
            Map<Key, Numbered> model = new HashMap<>();
            for (int step = 0; step < 20_000; step++) {
                // At times there are many, at times few.
                int keys = step / 4_000 % 2 == 0 ? 700 : 70;
                Key key = key(hashes, random.nextInt(keys));
                switch (random.nextInt(3)) {
                    case 0 -> {
                        Numbered put = new Numbered(key, step);
                        table.put(put);
                        model.put(key, put);
                    }
                    case 1 -> {
                        Numbered there = model.remove(key);
                        if (there != null) {
                            table.remove(there);
                        }
                    }
                    default -> assertThat(table.get(key.prefix(), key.hash())).isSameAs(model.get(key));
                }
            }
            assertThat(table.size()).isEqualTo(model.size());
            model.forEach((key, held) ->
                    assertThat(table.get(key.prefix(), key.hash())).isSameAs(held));
        }
    }

    @Test
    void remove_ofOneThatWasReplaced_leavesTheOther() {
        KeyedTable<Numbered> table = new KeyedTable<>();
        Key key = key(HASHES.getFirst(), 1);
        Numbered first = new Numbered(key, 1);
        Numbered second = new Numbered(key, 2);
        table.put(first);
        table.put(second);

        table.remove(first);
        table.remove(new Numbered(key, 3));

        assertThat(table.get(key.prefix(), key.hash())).isSameAs(second);
        assertThat(table.size()).isEqualTo(1);
    }

    @Test
    void get_whileOthersComeAndGo_neverMissesWhatStays() throws Exception {
        KeyedTable<Numbered> table = new KeyedTable<>();
        List<Numbered> staying = new ArrayList<>();
        List<Key> keys = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Key key = key(HASHES.getFirst(), i);
            keys.add(key);
            staying.add(new Numbered(key, 0));
            table.put(staying.getLast());
        }
        AtomicInteger done = new AtomicInteger();
        CountDownLatch reading = new CountDownLatch(2);
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<Integer>> readers = new ArrayList<>();
            for (int reader = 0; reader < 2; reader++) {
                readers.add(threads.submit(() -> {
                    int missed = 0;
                    int last = 0;
                    boolean more = true;
                    while (more) {
                        more = done.get() == 0;
                        for (Key key : keys) {
                            Numbered found = table.get(key.prefix(), key.hash());
                            missed += found == null ? 1 : 0;
                        }
                        // What takes over a key is never seen before what it replaced.
                        Numbered first = table.get(
                                keys.getFirst().prefix(), keys.getFirst().hash());
                        missed += first == null || first.number < last ? 1 : 0;
                        last = first == null ? last : first.number;
                        reading.countDown();
                    }
                    return missed;
                }));
            }
            reading.await();
            Random random = new Random(3);
            List<Numbered> passing = new ArrayList<>();
            for (int step = 1; step < 200_000; step++) {
                if (random.nextInt(2) == 0 || passing.isEmpty()) {
                    Numbered next = new Numbered(key(HASHES.getFirst(), 100 + random.nextInt(5_000)), step);
                    table.put(next);
                    passing.add(next);
                } else {
                    table.remove(passing.remove(random.nextInt(passing.size())));
                }
                if (step % 50 == 0) {
                    table.put(new Numbered(keys.getFirst(), step));
                }
            }
            done.set(1);
            for (Future<Integer> reader : readers) {
                assertThat(reader.get()).isZero();
            }
        }
    }
}

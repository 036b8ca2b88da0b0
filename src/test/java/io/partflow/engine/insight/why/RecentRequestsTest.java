package io.partflow.engine.insight.why;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.content.ContentHash;
import io.partflow.engine.content.Part;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentRequestsTest {
    private static void ask(RecentRequests recent, int number, int characters) {
        List<Part> input = List.of(Part.text(number + " " + "x".repeat(characters)));
        CacheKey key = new CacheKey("", ContentHash.ofText("question " + number));
        recent.add(number, 1, RequestPrint.of(key, input, number), input);
    }

    private static long held(RecentRequests recent, int from, int to) {
        long held = 0;
        for (int number = from; number < to; number++) {
            held += recent.input(number) == null ? 0 : 1;
        }
        return held;
    }

    @Test
    void inputs_ofMoreRequestsThanAreRemembered_areHeldAllTheSame() {
        RecentRequests recent = new RecentRequests();
        int asked = 0;
        for (int until : new int[] {RecentRequests.MOST, RecentRequests.MOST + 1, 20_001, 40_000}) {
            while (asked < until) {
                ask(recent, asked++, 20);
            }
            assertThat(held(recent, until - 1_000, until)).isEqualTo(1_000);
            assertThat(held(recent, 0, until)).isEqualTo(RecentRequests.MOST);
        }
    }

    @Test
    void inputs_tooManyBytes_areHeldTheLatestFirst_roundAfterRound() {
        RecentRequests recent = new RecentRequests();
        int asked = 0;
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < RecentRequests.MOST; i++) {
                // Some are too large to be held at all, and must not count for others.
                ask(recent, asked++, i % 100 == 7 ? 300 << 10 : i % 2 == 0 ? 4_000 : 10);
            }
            assertThat(held(recent, asked - 1_000, asked)).isEqualTo(990);
            assertThat(held(recent, asked - RecentRequests.MOST, asked)).isBetween(3_500L, 4_500L);
        }
    }
}

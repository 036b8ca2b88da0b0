package io.partflow.engine.builtin.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NaturalOrderTest {
    @Test
    void names_areSortedAsPeopleDo() {
        List<String> sorted = List.of(
                "a/z.txt", "a-1", "A2", "a02", "a10", "b", "B1", "frame-9.jpg", "frame-10.jpg", "frame-100.jpg");
        List<String> names = new ArrayList<>(sorted);
        Collections.shuffle(names, new Random(5));

        names.sort(NaturalOrder.INSTANCE);

        assertThat(names).containsSubsequence("frame-9.jpg", "frame-10.jpg", "frame-100.jpg");
        assertThat(names).containsSubsequence("a/z.txt", "A2", "a10", "b", "B1");
    }

    @Test
    void order_isTotal() {
        List<String> names = List.of("a", "A", "a1", "a01", "a001b", "a1b", "10", "9", "", "a/1", "a/10", "ä", "Z");
        for (String a : names) {
            for (String b : names) {
                int order = NaturalOrder.INSTANCE.compare(a, b);
                assertThat(Integer.signum(order)).isEqualTo(-Integer.signum(NaturalOrder.INSTANCE.compare(b, a)));
                assertThat(order == 0).isEqualTo(a.equals(b));
                for (String c : names) {
                    if (order < 0 && NaturalOrder.INSTANCE.compare(b, c) < 0) {
                        assertThat(NaturalOrder.INSTANCE.compare(a, c)).isNegative();
                    }
                }
            }
        }
    }
}

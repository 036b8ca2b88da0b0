package io.partflow.engine.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.cache.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AskedOrderTest {
    private final List<Long> counted = new ArrayList<>();
    private final AskedOrder order = new AskedOrder(request -> counted.add(request.key()));

    private static AskedOrder.Request of(long key, Outcome outcome) {
        return new AskedOrder.Request(key, 0, outcome, null, 0);
    }

    @Test
    void requests_thatEndInAnotherOrder_countInTheOrderTheyBeganIn() {
        order.asked(1, 0);
        order.asked(2, 0);
        order.asked(3, 0);
        order.at(of(40, Outcome.HIT));
        order.ended(1, of(10, Outcome.MISS));
        assertThat(counted).containsExactly(10L);
        order.ended(3, of(10, Outcome.COALESCED));
        order.ended(2, of(20, Outcome.MISS));

        assertThat(counted).containsExactly(10L, 20L, 10L, 40L);
    }

    @Test
    void request_thatIsGivenUp_holdsUpNobodyAndDoesNotCount() {
        order.asked(1, 0);
        order.at(of(5, Outcome.HIT));
        order.abandoned(1);
        order.abandoned(1);

        assertThat(counted).containsExactly(5L);
    }

    @Test
    void request_thatNeverEnds_losesItsPlaceAndCountsWhenItDoesEnd() {
        order.asked(1, 0);
        for (int i = 0; i < AskedOrder.MOST_WAITING; i++) {
            order.at(of(5, Outcome.HIT));
        }
        assertThat(counted).hasSize(AskedOrder.MOST_WAITING);
        order.ended(1, of(7, Outcome.MISS));

        assertThat(counted).hasSize(AskedOrder.MOST_WAITING + 1).endsWith(7L);
    }

    @Test
    void request_whoseBeginningNobodySaw_countsAtItsEnd() {
        order.ended(9, of(3, Outcome.COALESCED));

        assertThat(counted).containsExactly(3L);
    }
}

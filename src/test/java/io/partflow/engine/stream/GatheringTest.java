package io.partflow.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.content.Delivery;
import io.partflow.engine.content.Origin;
import io.partflow.engine.content.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class GatheringTest {
    private final MemoryBudget budget = new MemoryBudget(1 << 20);
    private final AtomicInteger overfull = new AtomicInteger();

    private PartInput input(Gathering gathering, long heldBytes) {
        return new PartInput(new ManualClock(), budget, gathering, heldBytes, overfull::incrementAndGet);
    }

    private void put(PartQueue queue, String text) throws InterruptedException {
        Part part = Part.text(text);
        queue.put(new Delivery(part, Origin.ofNode("from")), budget.charge(part.sizeBytes()));
    }

    private static List<String> all(PartInput input) throws InterruptedException {
        List<String> texts = new ArrayList<>();
        for (QueuedPart queued = input.take(); queued != null; queued = input.take()) {
            texts.add(queued.delivery().part().text());
            queued.release();
        }
        return texts;
    }

    @Test
    void inOrder_holdsLaterQueuesBack_countedWhileNoSourceWaitsForThem() throws Exception {
        PartInput input = input(Gathering.IN_ORDER, 1 << 20);
        PartQueue first = input.addQueue(2);
        PartQueue second = input.addQueue(2);
        for (int i = 0; i < 5; i++) {
            put(second, "b" + i);
        }

        assertThat(budget.inFlightBytes()).as("five parts").isEqualTo(30);
        Charge whole = budget.tryAdmit(budget.budgetBytes() / 2);
        assertThat(whole).as("the door is open").isNotNull();
        Objects.requireNonNull(whole).release();
        put(first, "a0");
        put(first, "a1");
        first.end();
        second.end();

        assertThat(all(input)).containsExactly("a0", "a1", "b0", "b1", "b2", "b3", "b4");
        assertThat(budget.inFlightBytes()).isZero();
        assertThat(overfull).hasValue(0);
    }

    @Test
    void inOrder_ofMoreThanMayBeHeldBack_saysSo() throws Exception {
        PartInput input = input(Gathering.IN_ORDER, 10);
        input.addQueue(2);
        PartQueue second = input.addQueue(2);

        put(second, "123");
        assertThat(overfull).hasValue(0);
        put(second, "456");

        assertThat(overfull).hasValue(1);
        input.close();
        assertThat(budget.inFlightBytes()).isZero();
    }

    @Test
    void firstEnd_givesWhatArrivedBeforeAndGivesUpTheRest() throws Exception {
        PartInput input = input(Gathering.FIRST_END, 1);
        PartQueue first = input.addQueue(5);
        PartQueue second = input.addQueue(5);
        put(second, "b0");
        put(first, "a0");
        put(second, "b1");
        first.end();

        assertThat(all(input)).containsExactly("b0", "a0");
        input.close();
        assertThat(budget.inFlightBytes()).isZero();
        assertThat(second.isUnwanted()).isTrue();
    }

    @Test
    void arrival_takesTheOldestOfAnyQueue() throws Exception {
        PartInput input = input(Gathering.ARRIVAL, 1);
        PartQueue first = input.addQueue(5);
        PartQueue second = input.addQueue(5);
        put(second, "b0");
        put(first, "a0");
        put(second, "b1");
        first.end();
        second.end();

        assertThat(all(input)).containsExactly("b0", "a0", "b1");
    }
}

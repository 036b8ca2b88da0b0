package io.partflow.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class MemoryBudgetTest {
    private final MemoryBudget budget = new MemoryBudget(100);

    @Test
    void largePart_waitingFirst_isNotOvertakenBySmallOnes() throws Exception {
        List<String> admitted = Collections.synchronizedList(new ArrayList<>());
        Charge here = budget.admit(60);
        Admission large = new Admission(90, () -> admitted.add("large"));
        Admission small = new Admission(20, () -> admitted.add("small"));
        Admission smaller = new Admission(1, () -> admitted.add("smaller"));

        assertThat(budget.inFlightBytes()).isEqualTo(60);
        assertThat(admitted).isEmpty();
        here.release();
        large.join();

        assertThat(admitted).containsExactly("large");
        large.release();
        small.join();
        smaller.join();
        small.release();
        smaller.release();
        assertThat(budget.inFlightBytes()).isZero();
    }

    @Test
    void partLargerThanTheBudget_isAdmittedAlone_whenNothingElseIsCharged() throws Exception {
        Charge here = budget.admit(1);
        Admission oversize = new Admission(1_000, () -> {});

        assertThat(oversize.isOver()).isFalse();
        here.release();
        oversize.join();

        assertThat(budget.inFlightBytes()).isEqualTo(1_000);
        assertThat(budget.highWaterBytes()).isEqualTo(1_000);
        oversize.release();
    }

    @Test
    void interrupt_whileWaiting_chargesNothing_andLetsTheNextPass() throws Exception {
        Charge here = budget.admit(60);
        Admission first = new Admission(90, () -> {});
        Admission second = new Admission(40, () -> {});

        first.thread.interrupt();
        first.join();
        second.join();

        assertThat(first.thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(budget.inFlightBytes()).isEqualTo(100);
        here.release();
        second.release();
    }

    @Test
    void interrupt_beforeAdmission_chargesNothing() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> budget.admit(1)).isInstanceOf(InterruptedException.class);

        assertThat(budget.inFlightBytes()).isZero();
    }

    @Test
    void stage_chargesWithoutWaiting_beyondTheBudget() {
        Charge one = budget.charge(80);
        Charge other = budget.charge(80);

        assertThat(budget.inFlightBytes()).isEqualTo(160);
        assertThat(budget.highWaterBytes()).isEqualTo(160);
        one.release();
        other.release();
    }

    @Test
    void sharedCharge_isGivenBackByItsLastHolder_andOnce() {
        Charge charge = budget.charge(30).shared(2);

        charge.release();
        assertThat(budget.inFlightBytes()).isEqualTo(30);
        charge.release();
        charge.release();

        assertThat(budget.inFlightBytes()).isZero();
    }

    @Test
    void shrink_givesBackAtMostWhatIsHeld() {
        Charge charge = budget.charge(30);

        charge.shrink(10);
        assertThat(budget.inFlightBytes()).isEqualTo(20);
        charge.shrink(500);

        assertThat(charge.bytes()).isZero();
        assertThat(budget.inFlightBytes()).isZero();
        charge.release();
        assertThat(budget.inFlightBytes()).isZero();
    }

    @Test
    void manySources_onASmallBudget_allGetThrough() throws Exception {
        List<Admission> sources = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            int bytes = 1 + i % 140;
            sources.add(new Admission(bytes, Admission.Start.ANY_TIME));
        }
        for (Admission source : sources) {
            source.join();
        }

        assertThat(budget.inFlightBytes()).isZero();
        // Admission never passes the budget but for one part that is larger, alone.
        assertThat(budget.highWaterBytes()).isBetween(100L, 140L);
    }

    /// A source that waits for admission on a thread of its own.
    private final class Admission {
        private enum Start {
            ANY_TIME
        }

        private final AtomicReference<@Nullable Charge> charge = new AtomicReference<>();
        private final AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
        private final Thread thread;

        /// Returns once it waits, behind those made before.
        Admission(long bytes, Runnable admitted) {
            long before = budget.waitingCount();
            thread = Thread.ofVirtual().start(() -> {
                try {
                    charge.set(budget.admit(bytes));
                    admitted.run();
                } catch (InterruptedException e) {
                    thrown.set(e);
                }
            });
            // A thread that waits might do so for the lock, and not be in the queue yet.
            Waiting.until(thread + " is in the queue", () -> budget.waitingCount() > before);
            Waiting.untilWaits(thread);
        }

        /// Gives back at once what it is admitted.
        Admission(long bytes, Start start) {
            thread = Thread.ofVirtual().name(start.name()).start(() -> {
                try {
                    budget.admit(bytes).release();
                } catch (InterruptedException e) {
                    thrown.set(e);
                }
            });
        }

        boolean isOver() {
            return !thread.isAlive();
        }

        void join() throws InterruptedException {
            thread.join();
        }

        void release() {
            Charge held = charge.get();
            if (held != null) {
                held.release();
            }
        }
    }
}

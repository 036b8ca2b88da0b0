package io.partflow.engine.insight;

import io.partflow.engine.cache.StoredValue;
import io.partflow.engine.cache.recency.Lanes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Hits on their way from the threads that were served to the one that looks at them: bounded, without locks.
/// Thread-safe for many writers; readers take turns.
final class HitBuffer {
    /*
     * Each lane has a stripe of its own, so that most threads are alone in theirs and take no atomic step: such a
     * step
     * makes the processor wait for all that is under way, the hit itself among it. A stripe is a ring: a writer
     * that is
     * alone publishes the value and then advances the tail; in the shared lane a writer claims a place by advancing
     * the tail, then publishes the value in it. The reader takes values up to the first place that is not published
     * yet and frees it. Order is kept within a stripe, hence within a thread.
     *
     * A full stripe refuses, which costs a writer two reads. Nobody waits.
     */
    static final int SLOTS = 1 << 15;

    private static final int MASK = SLOTS - 1;
    private static final long MOST_STEPS = 1 << 10;

    /// One ring. The two ends lie apart, so that writers and the reader do not pull at one cache line.
    @SuppressWarnings("unused") // The padding is there to be there.
    private static final class Stripe {
        static final VarHandle TAIL;

        static {
            try {
                TAIL = MethodHandles.lookup().findVarHandle(Stripe.class, "tail", long.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        final AtomicReferenceArray<@Nullable StoredValue> slots = new AtomicReferenceArray<>(SLOTS);
        long p1, p2, p3, p4, p5, p6, p7, p8;
        volatile long tail;
        long q1, q2, q3, q4, q5, q6, q7, q8;
        volatile long head;
    }

    private final @Nullable Stripe[] stripes = new @Nullable Stripe[Lanes.COUNT];

    private Stripe stripe(int index) {
        Stripe stripe = stripes[index];
        return stripe == null ? made(index) : stripe;
    }

    private synchronized Stripe made(int index) {
        Stripe stripe = stripes[index];
        if (stripe == null) {
            stripe = new Stripe();
            stripes[index] = stripe;
        }
        return stripe;
    }

    /// Adds a value to the calling thread's stripe. Returns its place there, counted from 0, or -1 if there is no
    /// room.
    long offer(StoredValue value) {
        int lane = Lanes.current();
        Stripe stripe = stripe(lane);
        if (lane == Lanes.SHARED) {
            return offerAmongOthers(stripe, value);
        }
        long tail = (long) Stripe.TAIL.getOpaque(stripe);
        if (tail - stripe.head >= SLOTS) {
            return -1;
        }
        stripe.slots.setRelease((int) tail & MASK, value);
        Stripe.TAIL.setRelease(stripe, tail + 1);
        return tail;
    }

    private static long offerAmongOthers(Stripe stripe, StoredValue value) {
        while (true) {
            long tail = (long) Stripe.TAIL.getOpaque(stripe);
            if (tail - stripe.head >= SLOTS) {
                return -1;
            }
            if (Stripe.TAIL.weakCompareAndSet(stripe, tail, tail + 1)) {
                stripe.slots.setRelease((int) tail & MASK, value);
                return tail;
            }
        }
    }

    /// The place after the last value of a stripe.
    long tail(int index) {
        Stripe stripe = stripes[index];
        return stripe == null ? 0 : stripe.tail;
    }

    /// The places after the last values of all stripes.
    long[] tails() {
        long[] tails = new long[stripes.length];
        for (int i = 0; i < tails.length; i++) {
            tails[i] = tail(i);
        }
        return tails;
    }

    /// Takes values out of all stripes, up to their places; one reader at a time. Threads that are served side by
    /// side fill their stripes at about the same pace, and so they are emptied.
    void drain(long[] upTo, Consumer<StoredValue> taker) {
        long most = 0;
        long[] count = new long[upTo.length];
        for (int i = 0; i < upTo.length; i++) {
            Stripe stripe = stripes[i];
            count[i] = stripe == null ? 0 : Math.max(0, upTo[i] - stripe.head);
            most = Math.max(most, count[i]);
        }
        long steps = Math.min(most, MOST_STEPS);
        for (long step = 1; step <= steps; step++) {
            for (int i = 0; i < upTo.length; i++) {
                if (count[i] > 0) {
                    int unused = drain(i, upTo[i] - count[i] + step * count[i] / steps, taker);
                }
            }
        }
    }

    /// Takes values out of a stripe, up to a place; one reader at a time. Returns how many.
    int drain(int index, long upTo, Consumer<StoredValue> taker) {
        Stripe stripe = stripes[index];
        if (stripe == null) {
            return 0;
        }
        long head = stripe.head;
        long end = Math.min(upTo, stripe.tail);
        int taken = 0;
        for (; head < end; head++, taken++) {
            StoredValue value = stripe.slots.getAcquire((int) head & MASK);
            if (value == null) {
                break;
            }
            stripe.slots.setRelease((int) head & MASK, null);
            taker.accept(value);
        }
        stripe.head = head;
        return taken;
    }
}

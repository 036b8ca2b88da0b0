package io.partflow.engine.stream;

import io.partflow.engine.content.Delivery;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The parts between the two ends of one queue: a ring with one producer and one consumer that never wait for each
/// other here.
final class PartRing {
    /*
     * Idea: `tail` counts the parts that are put, `head` those that are taken, `freed` those whose slots may be used
     * again. Each is written by one side alone and stands on cache lines of its own. The producer keeps what it has
     * seen of `freed` last and looks again only when the ring seems full, so that the two sides touch each other's
     * lines once per batch and not once per part.
     * Lending: a batch of a long queue is not copied. The consumer reads the slots in place, empties each when it is
     * done with the part, and frees them together. Whoever closes the input empties what is behind `head` alone.
     */
    // Of a shorter one, a batch would hold back a share of the room that its producer misses.
    private static final int LEAST_LENDING = 256;

    private final int capacity;
    private final int mask;
    private final PaddedLong tail = new PaddedLong();
    private final PaddedLong head = new PaddedLong();
    private final PaddedLong freed = new PaddedLong();
    private final PaddedLong bytesIn = new PaddedLong();
    private final PaddedLong bytesOut = new PaddedLong();

    // made by the producer with the first part, and seen by the consumer with it
    private @Nullable Delivery @Nullable [] parts;
    private @Nullable Charge @Nullable [] charges;
    private long @Nullable [] stamps;

    // the producer's own
    private final PaddedLong seenFreed = new PaddedLong();
    private long seenBytesOut;
    private volatile int highWaterParts;
    private volatile long highWaterBytes;

    PartRing(int capacity) {
        this.capacity = capacity;
        this.mask = capacity == 1 ? 0 : Integer.highestOneBit(capacity - 1) * 2 - 1;
    }

    int capacity() {
        return capacity;
    }

    // ---- the producer's side

    boolean isUnused() {
        return parts == null;
    }

    /// Makes the slots.
    ///
    /// @param stamped whether parts bear the moment of their arrival
    void begin(boolean stamped) {
        parts = new Delivery[mask + 1];
        stamps = stamped ? new long[mask + 1] : null;
    }

    boolean hasRoom() {
        return tail.getPlain() - seenFreed.getPlain() < capacity || looksRoomy();
    }

    private boolean looksRoomy() {
        long now = freed.getAcquire();
        seenFreed.setPlain(now);
        return tail.getPlain() - now < capacity;
    }

    /// Numbers the next part.
    void stamp(long number) {
        Objects.requireNonNull(stamps)[(int) tail.getPlain() & mask] = number;
    }

    /// Appends a part; only where there is room.
    void put(Delivery delivery, @Nullable Charge charge, long size) {
        @Nullable Delivery[] ring = Objects.requireNonNull(parts);
        long at = tail.getPlain();
        int slot = (int) at & mask;
        ring[slot] = delivery;
        if (charge != null) {
            if (charges == null) {
                charges = new Charge[mask + 1];
            }
            charges[slot] = charge;
        }
        countIn(size);
        tail.setRelease(at + 1);
    }

    /// How many were put. By the producer.
    long put() {
        return tail.getPlain();
    }

    void countIn(long size) {
        bytesIn.setOpaque(bytesIn.getPlain() + size);
    }

    /// Takes note if the ring has never been so full.
    void noteHighWater() {
        long put = tail.getPlain();
        if (put - seenFreed.getPlain() > highWaterParts || bytesIn.getPlain() - seenBytesOut > highWaterBytes) {
            looksRoomy();
            seenBytesOut = bytesOut.getOpaque();
            noteHighWater((int) (put - seenFreed.getPlain()));
        }
    }

    void noteHighWater(int parts) {
        highWaterParts = Math.max(highWaterParts, parts);
        highWaterBytes = Math.max(highWaterBytes, bytesIn.getPlain() - bytesOut.getOpaque());
    }

    // ---- the consumer's side, under the input's lock but for what asks

    long tail() {
        return tail.getAcquire();
    }

    long head() {
        return head.getPlain();
    }

    boolean isEmpty() {
        return tail.getAcquire() == head.getPlain();
    }

    long firstStamp() {
        return Objects.requireNonNull(stamps)[(int) head.getPlain() & mask];
    }

    /// Whether batches are read in place.
    boolean lends() {
        return capacity >= LEAST_LENDING;
    }

    /// Takes one part with its charge.
    Taken take() {
        long at = head.getPlain();
        int slot = (int) at & mask;
        @Nullable Delivery[] ring = Objects.requireNonNull(parts);
        Delivery delivery = Objects.requireNonNull(ring[slot]);
        ring[slot] = null;
        @Nullable Charge[] held = charges;
        Charge charge = null;
        if (held != null) {
            charge = held[slot];
            held[slot] = null;
        }
        long size = delivery.part().sizeBytes();
        countOut(size);
        head.setRelease(at + 1);
        return new Taken(delivery, charge, size);
    }

    record Taken(Delivery delivery, @Nullable Charge charge, long size) {}

    void countOut(long size) {
        bytesOut.setOpaque(bytesOut.getPlain() + size);
    }

    /// Lets a batch have the parts up to one, in place.
    ///
    /// @return the bytes of those that have no charge of their own
    long lend(PartBatch to, PartQueue queue, long limit) {
        @Nullable Delivery[] ring = Objects.requireNonNull(parts);
        @Nullable Charge[] held = charges;
        long first = head.getPlain();
        long bytes = 0;
        long charged = 0;
        for (long at = first; at < limit; at++) {
            int slot = (int) at & mask;
            long size = Objects.requireNonNull(ring[slot]).part().sizeBytes();
            bytes += size;
            if (held != null && held[slot] != null) {
                charged += size;
            }
        }
        to.borrow(queue, ring, held, (int) first & mask, mask, (int) (limit - first));
        countOut(bytes);
        head.setRelease(limit);
        return bytes - charged;
    }

    /// Lets the producer use the slots of all parts that were taken. By the consumer, with none of them lent.
    void free() {
        freed.setRelease(head.getPlain());
    }

    /// How many slots are not free. By the consumer.
    long inUse() {
        return tail.getAcquire() - freed.getPlain();
    }

    // ---- for any thread

    long partsPut() {
        return tail.getAcquire();
    }

    long partsTaken() {
        return head.getAcquire();
    }

    long bytes() {
        return Math.max(0, bytesIn.getOpaque() - bytesOut.getOpaque());
    }

    int highWaterParts() {
        return highWaterParts;
    }

    long highWaterBytes() {
        return highWaterBytes;
    }
}

package io.partflow.engine.stream;

import org.jspecify.annotations.Nullable;

/// Which of several queues a consumer takes from next, as their [Gathering] says. Guarded by the input's
/// lock, but for [#isOver(PartQueue[])], which any of its ends may ask.
final class Turns {
    /*
     * By arrival: several queues number their parts from one counter, and the consumer looks for the smallest number
     * twice: a part that was put before the one it has found is visible by then.
     *
     * In order: a queue whose turn has not come never lets its producer wait, because what it waits for may need
     * that very producer (a tee before both would stand still). What it holds back is counted aside in the budget
     * and not charged, for the same reason: the source of the queue whose turn it is waits there. It has a bound of
     * its own instead, and beyond it the run fails with a sentence, where waiting would be for ever. Whose turn it
     * is, is asked and moved under the input's lock.
     */
    private final Gathering gathering;
    private final long mostHeldBytes;
    private long heldBytes;
    private int turn;

    /// @param mostHeldBytes how much queues whose turn has not come may hold back together, at least 1
    Turns(Gathering gathering, long mostHeldBytes) {
        this.gathering = gathering;
        this.mostHeldBytes = mostHeldBytes;
    }

    Gathering gathering() {
        return gathering;
    }

    /// Notes what a queue holds back, or with less than 0 no longer does.
    ///
    /// @return whether that is too much
    boolean hold(long bytes) {
        heldBytes += bytes;
        return heldBytes > mostHeldBytes;
    }

    /// Of queues in order, the one whose turn it is; null when all have had theirs.
    @Nullable
    PartQueue current(PartQueue[] all) {
        while (turn < all.length && all[turn].isOver()) {
            turn++;
        }
        return turn < all.length ? all[turn] : null;
    }

    /// The queue to take from now; null when there is none yet, or none any more.
    @Nullable
    PartQueue next(PartQueue[] all) {
        return switch (gathering) {
            case FIRST_END -> isOver(all) ? null : firstArrived(all);
            case ARRIVAL -> firstArrived(all);
            case IN_ORDER -> {
                PartQueue current = current(all);
                yield current == null || !current.isReady() ? null : current;
            }
        };
    }

    private static @Nullable PartQueue firstArrived(PartQueue[] all) {
        if (all.length == 1) {
            return all[0].isReady() ? all[0] : null;
        }
        PartQueue found = oldest(all);
        PartQueue sure = found == null ? null : oldest(all);
        while (sure != found) {
            found = sure;
            sure = oldest(all);
        }
        return found;
    }

    private static @Nullable PartQueue oldest(PartQueue[] all) {
        PartQueue best = null;
        long bestStamp = Long.MAX_VALUE;
        for (PartQueue queue : all) {
            if (queue.isReady() && queue.firstStamp() < bestStamp) {
                best = queue;
                bestStamp = queue.firstStamp();
            }
        }
        return best;
    }

    /// Whether no part can be taken any more.
    boolean isOver(PartQueue[] all) {
        int over = 0;
        for (PartQueue queue : all) {
            over += queue.isOver() ? 1 : 0;
        }
        return switch (gathering) {
            case ARRIVAL, IN_ORDER -> over == all.length;
            case FIRST_END -> all.length == 0 || over > 0;
        };
    }
}

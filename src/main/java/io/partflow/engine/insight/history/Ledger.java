package io.partflow.engine.insight.history;

import io.partflow.engine.processor.Usage;

/// What a cache has saved and what it cost, added up as requests end. Confined to one thread.
public final class Ledger {
    /*
     * An entry carries what computing it took and spent. Where it does, serving it has saved just that: measured.
     * An entry of another program carries nothing; serving it has saved what a miss of this node takes on average:
     * estimated. Money is what was spent where that is known, else tokens at the price of the table.
     */
    /// Sums of one kind. Immutable.
    ///
    /// @param calls computations that did not happen, or did
    /// @param costMicroUsd what they would have cost or did, in millionths of a dollar
    public record Amount(long calls, long timeNanos, long tokensIn, long tokensOut, long costMicroUsd) {
        public static final Amount NONE = new Amount(0, 0, 0, 0, 0);

        Amount plus(Amount other) {
            return new Amount(
                    calls + other.calls,
                    timeNanos + other.timeNanos,
                    tokensIn + other.tokensIn,
                    tokensOut + other.tokensOut,
                    costMicroUsd + other.costMicroUsd);
        }
    }

    /// The ledger at one moment. Immutable.
    ///
    /// @param measured saved, from the recorded cost of the entries that were served
    /// @param estimated saved, where that cost is not known
    /// @param spent on what had to be computed
    /// @param lookupNanos what asking took, estimated from the timed requests
    /// @param writes answers that were stored
    /// @param writeNanos what storing them took
    /// @param storageMicroUsd what holding the entries cost
    public record Balance(
            Amount measured,
            Amount estimated,
            Amount spent,
            long lookupNanos,
            long writes,
            long writeNanos,
            long storageMicroUsd) {
        public static final Balance NONE = new Balance(Amount.NONE, Amount.NONE, Amount.NONE, 0, 0, 0, 0);

        /// Time saved less what asking and storing took; may be negative.
        public long netNanos() {
            return measured.timeNanos() + estimated.timeNanos() - lookupNanos - writeNanos;
        }

        /// Money saved less what holding the entries cost, in millionths of a dollar; may be negative.
        public long netMicroUsd() {
            return measured.costMicroUsd() + estimated.costMicroUsd() - storageMicroUsd;
        }

        /// Two ledgers as one.
        public Balance plus(Balance other) {
            return new Balance(
                    measured.plus(other.measured),
                    estimated.plus(other.estimated),
                    spent.plus(other.spent),
                    lookupNanos + other.lookupNanos,
                    writes + other.writes,
                    writeNanos + other.writeNanos,
                    storageMicroUsd + other.storageMicroUsd);
        }
    }

    /// Sums that grow. Confined like the ledger.
    private final class Sum {
        long calls;
        long timeNanos;
        long tokensIn;
        long tokensOut;
        long costMicroUsd;

        void add(long nanos, Usage usage, PriceTable prices) {
            calls++;
            timeNanos += nanos;
            tokensIn += usage.tokensIn();
            tokensOut += usage.tokensOut();
            long tokens = usage.costMicroUsd() > 0 ? usage.costMicroUsd() : prices.microUsd(processor, usage);
            costMicroUsd += tokens + prices.computeMicroUsd(nanos);
        }

        Amount amount() {
            return new Amount(calls, timeNanos, tokensIn, tokensOut, costMicroUsd);
        }

        /// What so many calls would come to if they were like these.
        Amount like(long count) {
            double factor = calls == 0 ? 0 : count / (double) calls;
            return new Amount(
                    count,
                    Math.round(timeNanos * factor),
                    Math.round(tokensIn * factor),
                    Math.round(tokensOut * factor),
                    Math.round(costMicroUsd * factor));
        }
    }

    private final String processor;
    private final Sum measured = new Sum();
    private final Sum spent = new Sum();
    private long unknown;
    private long writes;
    private double byteMillis;
    private long lastMillis = Long.MIN_VALUE;

    /// @param processor the id of the node's processor, for the prices of its tokens
    public Ledger(String processor) {
        this.processor = processor;
    }

    /// The ledger of recorded requests; what lookups and storage took is not known there.
    public static Balance of(CacheHistory history, PriceTable prices) {
        Ledger ledger = new Ledger(history.processor());
        for (CacheRequest request : history.requests()) {
            if (request.isServed()) {
                ledger.served(request.computeNanos(), request.usage(), prices);
            } else {
                ledger.computed(request.computeNanos(), request.usage(), prices);
                if (request.computeNanos() >= 0) {
                    ledger.written();
                }
            }
        }
        return ledger.balance(prices, 0, 0);
    }

    /// An answer was served.
    ///
    /// @param computeNanos what it had taken, or below 0 if nobody knows
    public void served(long computeNanos, Usage usage, PriceTable prices) {
        if (computeNanos < 0) {
            unknown++;
        } else {
            measured.add(computeNanos, usage, prices);
        }
    }

    /// Answers were served of which nobody has looked at the cost.
    public void servedUnseen(long count) {
        unknown += count;
    }

    /// An answer was computed, or computing it failed.
    public void computed(long computeNanos, Usage usage, PriceTable prices) {
        spent.add(Math.max(0, computeNanos), usage, prices);
    }

    /// An answer was stored.
    public void written() {
        writes++;
    }

    /// So many bytes are held now, and were since the last time this was told.
    public void holding(long bytes, long atMillis) {
        if (lastMillis != Long.MIN_VALUE) {
            byteMillis += (double) bytes * Math.max(0, atMillis - lastMillis);
        }
        lastMillis = atMillis;
    }

    /// The sums so far.
    ///
    /// @param lookupNanos what asking took so far
    /// @param writeNanos what storing took so far
    public Balance balance(PriceTable prices, long lookupNanos, long writeNanos) {
        return new Balance(
                measured.amount(),
                spent.like(unknown),
                spent.amount(),
                lookupNanos,
                writes,
                writeNanos,
                prices.storageMicroUsd(byteMillis));
    }
}

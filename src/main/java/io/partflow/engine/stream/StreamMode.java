package io.partflow.engine.stream;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How many parts may wait between two stages and how many are handed over at once: a trade of delay for throughput.
/// Immutable.
///
/// Three pairs have names: 10/1, 1,000/10 and 50,000/100. Any other pair is written as it is, such as `500/5`.
///
/// @param id the name used in documents, reports and on the command line
/// @param queueParts the capacity of every queue, in parts, from 1 to [#MOST_PARTS]
/// @param batchParts how many parts a stage hands over together, from 1 to `queueParts`
public record StreamMode(String id, int queueParts, int batchParts) {
    public static final StreamMode LOW_LATENCY = new StreamMode("low-latency", 10, 1);
    public static final StreamMode BALANCED = new StreamMode("balanced", 1_000, 10);
    public static final StreamMode HIGH_THROUGHPUT = new StreamMode("high-throughput", 50_000, 100);

    /// The largest queue, in parts.
    public static final int MOST_PARTS = 1_000_000;

    private static final List<StreamMode> NAMED = List.of(LOW_LATENCY, BALANCED, HIGH_THROUGHPUT);
    private static final Pattern PAIR = Pattern.compile("(\\d{1,7})/(\\d{1,7})");

    public StreamMode {
        if (queueParts < 1 || queueParts > MOST_PARTS || batchParts < 1 || batchParts > queueParts) {
            throw new IllegalArgumentException("a queue of " + queueParts + " parts and batches of " + batchParts
                    + "; the queue must be from 1 to " + MOST_PARTS + ", a batch from 1 to the queue");
        }
    }

    /// The modes that have a name.
    public static List<StreamMode> named() {
        return NAMED;
    }

    /// The mode with that name, or the pair written as `500/5`: parts that may wait, parts handed over together.
    ///
    /// @throws IllegalArgumentException when it is neither; the message says what there is
    public static StreamMode of(String id) {
        for (StreamMode mode : NAMED) {
            if (mode.id.equals(id)) {
                return mode;
            }
        }
        Matcher pair = PAIR.matcher(id);
        if (pair.matches()) {
            return new StreamMode(id, Integer.parseInt(pair.group(1)), Integer.parseInt(pair.group(2)));
        }
        throw new IllegalArgumentException("mode is \"" + id
                + "\"; it must be low-latency, balanced, high-throughput, or queue and batch such as 500/5");
    }
}

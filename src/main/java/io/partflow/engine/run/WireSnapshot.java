package io.partflow.engine.run;

/// One wire at one moment.
///
/// @param from node and port such as `ask.out`
/// @param to node and port such as `answer.in`
/// @param parts how many have been put on it so far
/// @param depth how many wait on it now
/// @param capacity how many may wait
/// @param bytes the size of those that wait
/// @param highWaterParts the most that ever waited
/// @param highWaterBytes the most bytes that ever waited
/// @param blockedNanos how long the producer waited for room so far
/// @param waitingNanos how long the consumer waited for parts so far, of this wire and of those beside it
public record WireSnapshot(
        String from,
        String to,
        long parts,
        int depth,
        int capacity,
        long bytes,
        int highWaterParts,
        long highWaterBytes,
        long blockedNanos,
        long waitingNanos) {}

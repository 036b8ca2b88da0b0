package io.partflow.engine.cache.sqlite;

/// How much is under one prefix. Confined to the writer's thread.
final class Tally {
    long items;
    long bytes;
    long exemptItems;
    long exemptBytes;

    void add(long sizeBytes, Slot.Standing standing, int sign) {
        items += sign;
        bytes += sign * sizeBytes;
        if (standing != Slot.Standing.LOOSE) {
            exemptItems += sign;
            exemptBytes += sign * sizeBytes;
        }
    }

    /// How many entries the limits are about.
    long looseItems() {
        return items - exemptItems;
    }

    long looseBytes() {
        return bytes - exemptBytes;
    }
}

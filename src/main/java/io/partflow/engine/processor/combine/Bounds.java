package io.partflow.engine.processor.combine;

/// How much may be under way inside one combinator. Parts that it holds are bounded by number, not charged to a
/// budget.
///
/// @param laneParts how many parts may wait between two members, at least 1
/// @param inFlight how many parts may be in work side by side, at least 1; 1 means without threads of their own
/// @param bufferBytes how many bytes later branches may hold back until the earlier ones have ended, at least 1
public record Bounds(int laneParts, int inFlight, long bufferBytes) {
    public static final Bounds DEFAULT = new Bounds(100, 100, 64L << 20);

    public Bounds {
        if (laneParts < 1 || inFlight < 1 || bufferBytes < 1) {
            throw new IllegalArgumentException(
                    "bounds are " + laneParts + ", " + inFlight + ", " + bufferBytes + "; each must be at least 1");
        }
    }

    public Bounds withLaneParts(int parts) {
        return new Bounds(parts, inFlight, bufferBytes);
    }

    public Bounds withInFlight(int parts) {
        return new Bounds(laneParts, parts, bufferBytes);
    }

    public Bounds withBufferBytes(long bytes) {
        return new Bounds(laneParts, inFlight, bytes);
    }
}

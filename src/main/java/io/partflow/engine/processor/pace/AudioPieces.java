package io.partflow.engine.processor.pace;

import io.partflow.engine.content.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Cuts raw 16-bit mono audio into pieces of a twentieth of a second.
public final class AudioPieces {
    /// How long a piece is, in seconds.
    public static final double PIECE_SECONDS = 0.05;

    private static final int BYTES_PER_SAMPLE = 2;

    private AudioPieces() {}

    /// The pieces in order, the last one shorter if need be; none of no bytes.
    ///
    /// @param rateHz samples per second, at least 20
    public static List<Bytes> split(Bytes audio, int rateHz) {
        int size = (int) (PIECE_SECONDS * rateHz * BYTES_PER_SAMPLE);
        if (size < 1) {
            throw new IllegalArgumentException("rate is " + rateHz + " Hz; it must be at least 20");
        }
        byte[] all = audio.toArray();
        List<Bytes> pieces = new ArrayList<>();
        for (int from = 0; from < all.length; from += size) {
            pieces.add(Bytes.wrapUnsafe(Arrays.copyOfRange(all, from, Math.min(all.length, from + size))));
        }
        return pieces;
    }

    /// How long audio takes to play, in seconds.
    static double seconds(Bytes audio, int rateHz) {
        return audio.length() / (double) (BYTES_PER_SAMPLE * rateHz);
    }
}

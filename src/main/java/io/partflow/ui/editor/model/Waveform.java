package io.partflow.ui.editor.model;

import io.partflow.engine.content.Bytes;
import io.partflow.engine.content.MimeType;
import io.partflow.engine.content.Part;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/// The outline of an audio part in 48 columns: the loudest of a few hundred samples of each. Immutable; costs the
/// same for any length.
///
/// Understands PCM of 8, 16, 24 and 32 bits in RIFF WAVE, and headerless 16-bit audio. Source: RIFF WAVE, Microsoft
/// and IBM, 1991.
public final class Waveform {
    public static final int COLUMNS = 48;
    private static final int LOOKS = 400;

    private final float[] peaks;

    private Waveform(float[] peaks) {
        this.peaks = peaks;
    }

    /// Where samples lie.
    private record Pcm(ByteBuffer data, int start, int length, int bits, int frameBytes) {}

    /// Reads the outline; [#isKnown()] tells whether that was possible.
    public static Waveform of(Part part) {
        Optional<Pcm> pcm;
        try {
            pcm = pcm(part);
        } catch (BufferUnderflowException | IndexOutOfBoundsException truncated) {
            pcm = Optional.empty();
        }
        return new Waveform(pcm.map(Waveform::peaks).orElseGet(() -> new float[0]));
    }

    public boolean isKnown() {
        return peaks.length > 0;
    }

    /// The peak of a column, from 0 to 1.
    public double peak(int column) {
        return peaks[column];
    }

    private static float[] peaks(Pcm pcm) {
        int frames = pcm.length() / pcm.frameBytes();
        float[] peaks = new float[COLUMNS];
        for (int column = 0; column < COLUMNS; column++) {
            int from = (int) ((long) frames * column / COLUMNS);
            int to = (int) ((long) frames * (column + 1) / COLUMNS);
            int step = Math.max(1, (to - from) / LOOKS);
            for (int frame = from; frame < to; frame += step) {
                peaks[column] = Math.max(peaks[column], Math.abs(sample(pcm, pcm.start() + frame * pcm.frameBytes())));
            }
        }
        return peaks;
    }

    private static float sample(Pcm pcm, int at) {
        ByteBuffer data = pcm.data();
        return switch (pcm.bits()) {
            case 8 -> ((data.get(at) & 0xFF) - 128) / 128f;
            case 16 -> data.getShort(at) / 32768f;
            case 24 -> data.get(at + 2) / 128f;
            default -> data.getInt(at) / 2147483648f;
        };
    }

    private static Optional<Pcm> pcm(Part part) {
        Bytes bytes = part.bytes();
        ByteBuffer data = bytes.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        if (MimeType.isStreamingAudio(part.mimeType())) {
            return Optional.of(new Pcm(data, 0, bytes.length(), 16, 2));
        }
        if (bytes.length() < 44 || data.getInt(0) != 0x46464952 || data.getInt(8) != 0x45564157) {
            return Optional.empty();
        }
        int bits = 0;
        int frameBytes = 0;
        int at = 12;
        while (at + 8 <= bytes.length()) {
            int name = data.getInt(at);
            int length = data.getInt(at + 4);
            if (length < 0) {
                return Optional.empty();
            }
            if (name == 0x20746d66) {
                frameBytes = data.getShort(at + 20) & 0xFFFF;
                bits = data.getShort(at + 22) & 0xFFFF;
                int format = data.getShort(at + 8) & 0xFFFF;
                if (format != 1 && format != 0xFFFE) {
                    return Optional.empty();
                }
            } else if (name == 0x61746164) {
                int there = Math.min(length, bytes.length() - at - 8);
                boolean readable = bits >= 8 && bits <= 32 && frameBytes > 0 && there >= frameBytes;
                return readable ? Optional.of(new Pcm(data, at + 8, there, bits, frameBytes)) : Optional.empty();
            }
            at += 8 + length + (length & 1);
        }
        return Optional.empty();
    }
}

package io.partflow.engine.builtin.audio;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Makes sound for tests: hiss and something with the rhythm of speech, on the first channel; the others
/// only hiss. Seeded.
final class Tone {
    private final int rate;
    private final int channels;
    private final List<double[]> frames = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(7);

    Tone(int rate, int channels) {
        this.rate = rate;
        this.channels = channels;
    }

    Tone noise(double seconds, double amplitude) {
        return add(seconds, amplitude, t -> 0);
    }

    /// Syllables of a fifth of a second: a tone whose loudness swells and falls, never quite to nothing.
    Tone speech(double seconds, double amplitude) {
        return add(
                seconds,
                0.0005,
                t -> amplitude
                        * (0.15 + 0.85 * Math.abs(Math.sin(Math.PI * 5 * t + 0.8)))
                        * Math.sin(2 * Math.PI * 180 * t));
    }

    private Tone add(double seconds, double hiss, java.util.function.DoubleUnaryOperator signal) {
        int count = (int) Math.round(seconds * rate);
        for (int i = 0; i < count; i++) {
            double[] frame = new double[channels];
            for (int c = 0; c < channels; c++) {
                frame[c] =
                        (2 * random.nextDouble() - 1) * hiss + (c == 0 ? signal.applyAsDouble((double) i / rate) : 0);
            }
            frames.add(frame);
        }
        return this;
    }

    int frames() {
        return frames.size();
    }

    byte[] wav() {
        return wav(1, 16);
    }

    /// @param encoding 1 for PCM, 3 for float
    byte[] wav(int encoding, int bits) {
        ByteBuffer data =
                ByteBuffer.allocate(frames.size() * channels * bits / 8).order(ByteOrder.LITTLE_ENDIAN);
        for (double[] frame : frames) {
            for (double sample : frame) {
                put(data, encoding, bits, sample);
            }
        }
        return file(encoding, bits, data.array());
    }

    private static void put(ByteBuffer data, int encoding, int bits, double sample) {
        if (encoding == 3) {
            if (bits == 32) {
                data.putFloat((float) sample);
            } else {
                data.putDouble(sample);
            }
            return;
        }
        switch (bits) {
            case 8 -> data.put((byte) (128 + Math.round(sample * 127)));
            case 16 -> data.putShort((short) Math.round(sample * 32_767));
            case 24 -> {
                int value = (int) Math.round(sample * 8_388_607);
                data.put((byte) value).put((byte) (value >> 8)).put((byte) (value >> 16));
            }
            default -> data.putInt((int) Math.round(sample * 2_147_483_647.0));
        }
    }

    private byte[] file(int encoding, int bits, byte[] samples) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteBuffer head = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
        head.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + samples.length);
        head.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        head.putShort((short) encoding).putShort((short) channels).putInt(rate);
        head.putInt(rate * channels * bits / 8)
                .putShort((short) (channels * bits / 8))
                .putShort((short) bits);
        head.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(samples.length);
        out.writeBytes(head.array());
        out.writeBytes(samples);
        return out.toByteArray();
    }
}

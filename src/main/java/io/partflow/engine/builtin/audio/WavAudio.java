package io.partflow.engine.builtin.audio;

import io.partflow.engine.content.Bytes;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.processor.PartException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// A WAV file read in place: its format, and each sample on demand.
///
/// PCM of 8, 16, 24 and 32 bits and floats of 32 and 64 bits, any rate, any number of channels, also in the
/// extensible form. Immutable and thread-safe.
public final class WavAudio {
    private static final int PCM = 1;
    private static final int FLOAT = 3;
    private static final int EXTENSIBLE = 0xFFFE;
    private static final int FORMAT_BYTES = 16;
    private static final int HEADER_BYTES = 44;
    /// A stream that was written before its length was known says this as the length, or 0.
    private static final long UNKNOWN_LENGTH = 0xFFFFFFFFL;

    private final int encoding;
    private final int sampleRate;
    private final int channels;
    private final int bits;
    private final ByteBuffer samples;

    private WavAudio(int encoding, int sampleRate, int channels, int bits, ByteBuffer samples) {
        this.encoding = encoding;
        this.sampleRate = sampleRate;
        this.channels = channels;
        this.bits = bits;
        this.samples = samples;
    }

    /// Reads the header; the samples stay where they are.
    ///
    /// @throws PartException when it is no WAV file, is cut off, or has samples of a kind that is not
    /// decoded
    public static WavAudio read(Bytes bytes) throws PartException {
        ByteBuffer data = bytes.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        if (data.remaining() < 12
                || !tag(data, 0).equals("RIFF")
                || !tag(data, 8).equals("WAVE")) {
            throw failure(
                    "AUDIO_DAMAGED",
                    "The audio is named WAV but does not begin like one.",
                    "Export it again as PCM WAV.");
        }
        ByteBuffer format = null;
        int at = 12;
        while (at + 8 <= data.limit()) {
            String name = tag(data, at);
            long length = Integer.toUnsignedLong(data.getInt(at + 4));
            int start = at + 8;
            int available = data.limit() - start;
            if (name.equals("data")) {
                if (format == null) {
                    throw failure(
                            "AUDIO_DAMAGED",
                            "The WAV file has samples, but no format block (fmt) before them that says what they are.",
                            "Export it again as PCM WAV.");
                }
                return of(format, data, start, length, available);
            }
            if (length > available) {
                break;
            }
            if (name.equals("fmt ")) {
                format = data.slice(start, (int) length).order(ByteOrder.LITTLE_ENDIAN);
            }
            // Blocks are padded to even lengths.
            long next = start + length + (length & 1);
            if (next > data.limit()) {
                break;
            }
            at = (int) next;
        }
        throw failure(
                "AUDIO_TRUNCATED",
                "The WAV file ends before its samples begin.",
                "Copy or record the file again; it is cut off.");
    }

    private static WavAudio of(ByteBuffer format, ByteBuffer data, int start, long declared, int available)
            throws PartException {
        if (format.remaining() < FORMAT_BYTES) {
            throw failure("AUDIO_DAMAGED", "The WAV file's format block is too short.", "Export it again as PCM WAV.");
        }
        int encoding = Short.toUnsignedInt(format.getShort(0));
        int channels = Short.toUnsignedInt(format.getShort(2));
        long sampleRate = Integer.toUnsignedLong(format.getInt(4));
        int bits = Short.toUnsignedInt(format.getShort(14));
        if (encoding == EXTENSIBLE && format.remaining() >= 26) {
            encoding = Short.toUnsignedInt(format.getShort(24));
        }
        boolean known = (encoding == PCM && (bits == 8 || bits == 16 || bits == 24 || bits == 32))
                || (encoding == FLOAT && (bits == 32 || bits == 64));
        if (!known) {
            throw failure(
                    "AUDIO_CODEC",
                    "The WAV file holds samples of encoding " + encoding + " with " + bits
                            + " bits, which are not decoded.",
                    "Convert it to PCM WAV, for instance with 16 bits.");
        }
        if (channels == 0 || sampleRate == 0 || sampleRate > 10_000_000) {
            throw failure(
                    "AUDIO_DAMAGED",
                    "The WAV file declares " + channels + " channels at " + sampleRate + " Hz.",
                    "Export it again as PCM WAV.");
        }
        int frameBytes = channels * bits / 8;
        boolean open = declared == UNKNOWN_LENGTH || (declared == 0 && available > 0);
        if (!open && declared > available) {
            throw failure(
                    "AUDIO_TRUNCATED",
                    String.format(
                            Locale.ROOT,
                            "The WAV file declares %.2f s of sound but holds %.2f s.",
                            (double) declared / frameBytes / sampleRate,
                            (double) available / frameBytes / sampleRate),
                    "Copy or record the file again; it is cut off.");
        }
        int length = open ? available : (int) declared;
        ByteBuffer samples = data.slice(start, length - length % frameBytes).order(ByteOrder.LITTLE_ENDIAN);
        return new WavAudio(encoding, (int) sampleRate, channels, bits, samples);
    }

    private static String tag(ByteBuffer data, int at) {
        byte[] name = new byte[4];
        data.get(at, name);
        return new String(name, StandardCharsets.ISO_8859_1);
    }

    private static PartException failure(String code, String message, String remedy) {
        return new PartException(Failure.of(code, message, remedy));
    }

    public int sampleRate() {
        return sampleRate;
    }

    public int channels() {
        return channels;
    }

    int bitsPerSample() {
        return bits;
    }

    /// Such as `PCM 16 bit`.
    public String codec() {
        return (encoding == FLOAT ? "float " : "PCM ") + bits + " bit";
    }

    private int frameBytes() {
        return channels * bits / 8;
    }

    /// How many samples each channel has.
    public int frames() {
        return samples.limit() / frameBytes();
    }

    public double durationMillis() {
        return frames() * 1000.0 / sampleRate;
    }

    /// One sample, from -1 to 1 (floats may go beyond; what is not a number counts as silence).
    ///
    /// @param frame from 0 to frames - 1
    /// @param channel from 0 to channels - 1
    public double sample(int frame, int channel) {
        int at = frame * frameBytes() + channel * bits / 8;
        if (encoding == FLOAT) {
            double value = bits == 32 ? samples.getFloat(at) : samples.getDouble(at);
            return Double.isFinite(value) ? value : 0;
        }
        return switch (bits) {
            case 8 -> ((samples.get(at) & 0xFF) - 128) / 128.0;
            case 16 -> samples.getShort(at) / 32768.0;
            case 24 -> ((samples.getShort(at) & 0xFFFF) | (samples.get(at + 2) << 16)) / 8388608.0;
            default -> samples.getInt(at) / 2147483648.0;
        };
    }

    /// A WAV file of its own with the samples from one frame (inclusive) to another (exclusive), unchanged.
    Bytes slice(int fromFrame, int toFrame) {
        int length = (toFrame - fromFrame) * frameBytes();
        byte[] file = new byte[HEADER_BYTES + length + (length & 1)];
        ByteBuffer out = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        out.put("RIFF".getBytes(StandardCharsets.ISO_8859_1)).putInt(file.length - 8);
        out.put("WAVEfmt ".getBytes(StandardCharsets.ISO_8859_1)).putInt(FORMAT_BYTES);
        out.putShort((short) encoding).putShort((short) channels).putInt(sampleRate);
        out.putInt(sampleRate * frameBytes()).putShort((short) frameBytes()).putShort((short) bits);
        out.put("data".getBytes(StandardCharsets.ISO_8859_1)).putInt(length);
        samples.get(fromFrame * frameBytes(), file, HEADER_BYTES, length);
        return Bytes.wrapUnsafe(file);
    }
}

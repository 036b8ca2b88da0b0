package io.partflow.ui.inspect.part;

import io.partflow.engine.builtin.audio.WavAudio;
import java.util.Arrays;

/// The outline of a sound: for each column of a picture the lowest and the highest sample in it, over all channels.
///
/// So a click of one sample stays visible however long the sound is. Immutable.
public final class Waveform {
    private final float[] lows;
    private final float[] highs;
    private final double durationMillis;
    private final String format;

    private Waveform(float[] lows, float[] highs, double durationMillis, String format) {
        this.lows = lows;
        this.highs = highs;
        this.durationMillis = durationMillis;
        this.format = format;
    }

    /// Reads every sample once.
    ///
    /// @param columns how many columns at most; a shorter sound has one a frame
    static Waveform of(WavAudio audio, int columns) {
        int frames = audio.frames();
        int used = Math.min(columns, frames);
        float[] lows = new float[used];
        float[] highs = new float[used];
        Arrays.fill(lows, 1);
        Arrays.fill(highs, -1);
        for (int column = 0; column < used; column++) {
            int from = (int) ((long) frames * column / used);
            int to = (int) ((long) frames * (column + 1) / used);
            for (int frame = from; frame < to; frame++) {
                for (int channel = 0; channel < audio.channels(); channel++) {
                    float sample = (float) Math.clamp(audio.sample(frame, channel), -1.0, 1.0);
                    lows[column] = Math.min(lows[column], sample);
                    highs[column] = Math.max(highs[column], sample);
                }
            }
        }
        return new Waveform(
                lows,
                highs,
                audio.durationMillis(),
                audio.sampleRate() + " Hz, " + audio.channels() + (audio.channels() == 1 ? " channel, " : " channels, ")
                        + audio.codec());
    }

    public int columns() {
        return lows.length;
    }

    /// The lowest sample of a column, from -1 to 1.
    public float low(int column) {
        return lows[column];
    }

    /// The highest sample of a column, from -1 to 1.
    public float high(int column) {
        return highs[column];
    }

    public double durationMillis() {
        return durationMillis;
    }

    /// Rate, channels and kind of samples, in words.
    public String format() {
        return format;
    }
}

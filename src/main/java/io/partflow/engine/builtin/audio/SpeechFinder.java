package io.partflow.engine.builtin.audio;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Finds the stretches of a recording in which somebody speaks. Immutable, thread-safe.
///
/// @param frameMillis length of the frames whose level is measured, at least 1 ms
/// @param maxGapMillis a longer silence ends a segment
/// @param minSpeechMillis shorter segments are dropped: clicks
/// @param paddingMillis added before and after each segment, within the recording and without overlap
/// @param offsetDecibels added to the threshold that is found
record SpeechFinder(
        int frameMillis, long maxGapMillis, long minSpeechMillis, long paddingMillis, double offsetDecibels) {
    /*
     * Energy against an adaptive threshold. The level of each frame is the mean square of all channels, in
     * dB of full scale. The quiet level is the 10th percentile of all frames (not under FLOOR_DB: digital
     * silence has no level), the loud level the 95th. Between them the threshold lies a quarter of the way
     * up, at least LEAST_STEP_DB over the quiet level. Without contrast there is nothing to tell apart:
     * then all of it is speech if it is louder than STEADY_DB, else none. Time and memory grow linearly
     * with the frames.
     */
    private static final double FLOOR_DB = -75;
    private static final double LEAST_STEP_DB = 6;
    private static final double STEADY_DB = -45;
    private static final double SILENT_DB = -65;

    /// A stretch of samples, the first inclusive, the last exclusive.
    record Segment(int fromFrame, int toFrame) {}

    /// The segments in order, without overlap; none in a silent recording.
    ///
    /// @throws InterruptedException when the thread is interrupted meanwhile
    List<Segment> find(WavAudio audio) throws InterruptedException {
        int step = Math.max(1, (int) Math.round(audio.sampleRate() * (frameMillis / 1000.0)));
        double[] levels = levels(audio, step);
        if (levels.length == 0) {
            return List.of();
        }
        double threshold = threshold(levels);
        List<Segment> segments = new ArrayList<>();
        long gapFrames = maxGapMillis * audio.sampleRate() / 1000;
        int start = -1;
        int end = -1;
        for (int i = 0; i < levels.length; i++) {
            if (levels[i] < threshold) {
                continue;
            }
            int from = i * step;
            if (start >= 0 && from - end > gapFrames) {
                add(segments, start, end, audio);
                start = -1;
            }
            if (start < 0) {
                start = from;
            }
            end = (int) Math.min((long) from + step, audio.frames());
        }
        if (start >= 0) {
            add(segments, start, end, audio);
        }
        return padded(segments, audio);
    }

    private void add(List<Segment> segments, int start, int end, WavAudio audio) {
        if ((end - start) * 1000.0 / audio.sampleRate() >= minSpeechMillis) {
            segments.add(new Segment(start, end));
        }
    }

    private List<Segment> padded(List<Segment> segments, WavAudio audio) {
        long padding = paddingMillis * audio.sampleRate() / 1000;
        List<Segment> padded = new ArrayList<>();
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            long before = i == 0 ? 0 : middle(segments.get(i - 1), segment);
            long after = i == segments.size() - 1 ? audio.frames() : middle(segment, segments.get(i + 1));
            padded.add(new Segment((int) Math.max(before, segment.fromFrame() - padding), (int)
                    Math.min(after, segment.toFrame() + padding)));
        }
        return List.copyOf(padded);
    }

    private static long middle(Segment left, Segment right) {
        return ((long) left.toFrame() + right.fromFrame()) / 2;
    }

    private double threshold(double[] levels) {
        double[] sorted = levels.clone();
        Arrays.sort(sorted);
        double quiet = Math.max(FLOOR_DB, sorted[sorted.length / 10]);
        double loud = sorted[Math.min(sorted.length - 1, sorted.length * 95 / 100)];
        if (loud < SILENT_DB + offsetDecibels) {
            return Double.POSITIVE_INFINITY;
        }
        if (loud - quiet < LEAST_STEP_DB) {
            return loud >= STEADY_DB + offsetDecibels ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        return quiet + Math.max(LEAST_STEP_DB, (loud - quiet) / 4) + offsetDecibels;
    }

    /// Level of each frame in dB of full scale; negative infinity for digital silence. A last frame shorter
    /// than half is left out.
    private static double[] levels(WavAudio audio, int step) throws InterruptedException {
        int count = (audio.frames() + step / 2) / step;
        double[] levels = new double[count];
        for (int i = 0; i < count; i++) {
            if ((i & 63) == 0 && Thread.interrupted()) {
                throw new InterruptedException();
            }
            int from = i * step;
            int to = Math.min(from + step, audio.frames());
            double sum = 0;
            for (int frame = from; frame < to; frame++) {
                for (int channel = 0; channel < audio.channels(); channel++) {
                    double sample = audio.sample(frame, channel);
                    sum += sample * sample;
                }
            }
            levels[i] = 10 * Math.log10(sum / ((to - from) * (double) audio.channels()));
        }
        return levels;
    }
}

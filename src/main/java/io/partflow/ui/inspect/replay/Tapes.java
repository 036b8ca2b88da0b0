package io.partflow.ui.inspect.replay;

import io.partflow.engine.trace.ProcessorTraceFile;
import io.partflow.engine.trace.RecordedLine.RecordedPart;
import io.partflow.engine.trace.RecordingException;
import io.partflow.engine.trace.RecordingOutline;
import io.partflow.engine.trace.RecordingReader;
import io.partflow.engine.trace.ReplayTape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How long recordings are, and where in them something worth seeing happened. Pure functions that read files: they
/// belong on no interface thread.
final class Tapes {
    private Tapes() {}

    /// What is known of the recordings that a pipeline replays.
    ///
    /// @param durationMillis of the longest; 0 when none can be read
    /// @param parts that a replay emits, of all
    /// @param misses the moments of requests to a cache that were misses, where a recording holds them; in order
    record Length(double durationMillis, long parts, List<Double> misses) {
        static final Length NONE = new Length(0, 0, List.of());

        Length {
            misses = List.copyOf(misses);
        }

        Optional<Double> missAfter(double atMillis) {
            return misses.stream().filter(miss -> miss > atMillis + 1).findFirst();
        }

        Optional<Double> missBefore(double atMillis) {
            return misses.stream().filter(miss -> miss < atMillis - 1).reduce((first, second) -> second);
        }
    }

    static Length of(List<Path> files) {
        double duration = 0;
        long parts = 0;
        List<Double> misses = new ArrayList<>();
        for (Path file : files) {
            try {
                Length length = ProcessorTraceFile.isLikely(file) ? ofTrace(file) : ofRecording(file);
                duration = Math.max(duration, length.durationMillis());
                parts += length.parts();
                misses.addAll(length.misses());
            } catch (IOException | RecordingException e) {
                // The pipeline's own problems say what is wrong with it; here it has no length.
            }
        }
        return new Length(duration, parts, misses.stream().sorted().toList());
    }

    private static Length ofRecording(Path file) throws IOException, RecordingException {
        RecordingOutline outline = RecordingOutline.read(file, RecordingReader.DEFAULT_MAX_BYTES);
        return new Length(outline.durationMillis(), outline.replayedParts(), outline.misses());
    }

    private static Length ofTrace(Path file) throws IOException, RecordingException {
        try (ReplayTape tape = ReplayTape.open(file, "", RecordingReader.DEFAULT_MAX_BYTES)) {
            double last = 0;
            long parts = 0;
            for (RecordedPart part = tape.next(); part != null; part = tape.next()) {
                last = part.atMillis();
                parts++;
            }
            return new Length(last, parts, List.of());
        }
    }
}

package io.partflow.engine.processor.pace;

import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartStream;
import io.partflow.engine.processor.Processor;
import java.util.Locale;

/// Puts the time since the start of the stream before each image, as a text that does not end a turn.
public final class Timestamps extends Processor {
    /// How exact a time is written.
    public enum Precision {
        /// `mm:ss`
        SECONDS,
        /// `mm:ss.SSS`
        MILLISECONDS
    }

    private final Precision precision;
    private final String substream;

    /// @param substream of the texts; empty for the ordinary one
    public Timestamps(Precision precision, String substream) {
        this.precision = precision;
        this.substream = substream;
    }

    /// A time as minutes and seconds, halves rounded to even; minutes have two digits or more.
    ///
    /// @param seconds at least 0
    public static String format(double seconds, Precision precision) {
        return switch (precision) {
            case SECONDS -> {
                long whole = (long) Math.rint(seconds);
                yield String.format(Locale.ROOT, "%02d:%02d", whole / 60, whole % 60);
            }
            case MILLISECONDS -> {
                long millis = (long) Math.rint(seconds * 1000);
                yield String.format(Locale.ROOT, "%02d:%02d.%03d", millis / 60_000, millis / 1000 % 60, millis % 1000);
            }
        };
    }

    @Override
    protected void process(PartStream input, PartContext context) throws Exception {
        long start = context.clock().nanos();
        for (Part part = input.next(); part != null; part = input.next()) {
            if (part.isImage()) {
                double seconds = (context.clock().nanos() - start) / 1e9;
                context.emit(Part.text(format(seconds, precision))
                        .withSubstream(substream)
                        .withMetadata(Part.TURN_COMPLETE, JsonValue.of(false)));
            }
            context.emit(part);
        }
    }
}

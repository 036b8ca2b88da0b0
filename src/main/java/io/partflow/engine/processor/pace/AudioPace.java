package io.partflow.engine.processor.pace;

import io.partflow.engine.content.BlobBody;
import io.partflow.engine.content.Bytes;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.Substream;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartStream;
import io.partflow.engine.processor.Processor;
import io.partflow.engine.processor.combine.Crew;
import io.partflow.engine.processor.combine.PartLane;
import io.partflow.engine.stream.StreamClock;

/// Lets raw 16-bit audio through as fast as it plays, in short pieces, so that an interruption finds little under
/// way.
///
/// Audio longer than two pieces is cut; its pieces have neither role nor metadata. A part with the metadata entry
/// `interrupted` drops the audio that waits. Reserved parts overtake.
public final class AudioPace extends Processor {
    /// What other parts do that come behind audio.
    public enum OtherParts {
        /// They wait until it has been played.
        WAIT,
        /// They overtake it.
        OVERTAKE
    }

    /// Metadata entry of a part that cuts off the audio before it.
    public static final String INTERRUPTED = "interrupted";

    private static final int WAITING_PARTS = 10_000;
    // Few, because what waits behind the pace distorts it.
    private static final int PACED_PARTS = 3;
    private static final double LEAD_SECONDS = 0.05;
    private static final double LEAST_WAIT_SECONDS = 1e-3;

    private final int rateHz;
    private final OtherParts others;

    /// @param rateHz samples per second, at least 20
    public AudioPace(int rateHz, OtherParts others) {
        this.rateHz = rateHz;
        this.others = others;
    }

    @Override
    protected void process(PartStream input, PartContext context) throws Exception {
        try (Crew crew = new Crew("audio", context)) {
            PartLane waiting = crew.lane(WAITING_PARTS, 1);
            PartLane paced = crew.lane(PACED_PARTS, 2);
            crew.fork(() -> {
                read(input, waiting, paced, context.reserved());
                waiting.end();
                paced.end();
            });
            crew.fork(() -> {
                pace(waiting, paced, context.clock());
                paced.end();
            });
            crew.drain(paced, context);
        }
    }

    private void read(PartStream input, PartLane waiting, PartLane paced, Substream.Reserved reserved)
            throws InterruptedException {
        for (Part part = input.next(); part != null; part = input.next()) {
            if (part.isAudio()) {
                readAudio(part, waiting);
            } else if (part.metadata(INTERRUPTED) instanceof JsonValue mark && mark.isTruthy()) {
                waiting.clear();
                waiting.emit(part);
            } else if (reserved.holds(part) || others == OtherParts.OVERTAKE) {
                paced.emit(part);
            } else {
                waiting.emit(part);
            }
        }
    }

    private void readAudio(Part part, PartLane waiting) throws InterruptedException {
        if (part.body() instanceof BlobBody blob
                && AudioPieces.seconds(blob.data(), rateHz) > 2 * AudioPieces.PIECE_SECONDS) {
            for (Bytes piece : AudioPieces.split(blob.data(), rateHz)) {
                waiting.emit(Part.blob(piece, part.mimeType()));
            }
        } else {
            waiting.emit(part);
        }
    }

    private void pace(PartStream waiting, PartLane paced, StreamClock clock) throws InterruptedException {
        double playedAt = Double.NEGATIVE_INFINITY;
        for (Part part = waiting.next(); part != null; part = waiting.next()) {
            if (part.isAudio()) {
                playedAt = Math.max(seconds(clock) - LEAD_SECONDS, playedAt);
                await(clock, playedAt, LEAST_WAIT_SECONDS);
                paced.emit(part);
                playedAt += AudioPieces.seconds(part.bytes(), rateHz);
            } else {
                await(clock, playedAt, 0);
                paced.emit(part);
            }
        }
    }

    private static void await(StreamClock clock, double moment, double leastSeconds) throws InterruptedException {
        double left = moment - seconds(clock);
        if (left > leastSeconds) {
            clock.sleep((long) (left * 1e9));
        }
    }

    private static double seconds(StreamClock clock) {
        return clock.nanos() / 1e9;
    }
}

package io.partflow.engine.trace;

import io.partflow.engine.trace.RecordedLine.RecordedPart;
import io.partflow.engine.trace.RecordingReader.Glance;
import io.partflow.engine.trace.RecordingReader.Mark;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The parts of a recording. Confined to one thread.
///
/// Holds one line, and marks of places it has passed: every so many parts, and twice as many whenever the marks have
/// become too many, so that winding back reads a small share of the file again and memory does not grow with it.
final class RecordingTape implements ReplayTape {
    private static final int MOST_MARKS = 4_096;

    private record Place(Mark mark, long number, double atMillis) {}

    private final RecordingReader reader;
    private final String node;
    private final List<Place> places = new ArrayList<>();
    private long placeEvery = 64;
    private long number = 1;
    private double lastMillis;

    RecordingTape(RecordingReader reader, String node) {
        this.reader = reader;
        this.node = node;
        places.add(new Place(reader.mark(), 1, Double.NEGATIVE_INFINITY));
    }

    private boolean isReplayed(Glance glance) {
        return glance.kind() == Glance.Kind.PART
                && (node.isEmpty() ? reader.header().isSource(glance.node()) : node.equals(glance.node()));
    }

    @Override
    public @Nullable RecordedPart next() throws IOException, RecordingException {
        while (true) {
            Glance glance = reader.glance();
            if (glance == null) {
                return null;
            }
            if (!isReplayed(glance)) {
                reader.drop();
                continue;
            }
            lastMillis = glance.atMillis();
            // Counted first: a part that cannot be read keeps its number, so that those behind it keep theirs.
            number++;
            RecordedPart part = (RecordedPart) reader.next();
            remember();
            return part;
        }
    }

    private void remember() {
        Place last = places.getLast();
        if (number - last.number() < placeEvery) {
            return;
        }
        places.add(new Place(reader.mark(), number, lastMillis));
        if (places.size() > MOST_MARKS) {
            placeEvery *= 2;
            List<Place> kept = new ArrayList<>();
            for (int i = 0; i < places.size(); i += 2) {
                kept.add(places.get(i));
            }
            places.clear();
            places.addAll(kept);
        }
    }

    @Override
    public void windToMoment(double atMillis) throws IOException {
        // A place's own moment is that of the part before it, so anything behind an earlier moment may be wanted.
        Place from = places.getFirst();
        for (Place place : places) {
            if (place.atMillis() < atMillis) {
                from = place;
            }
        }
        wind(from, nextMillis() >= atMillis, () -> glancedMillis() >= atMillis);
    }

    @Override
    public void windToPart(long wanted) throws IOException {
        Place from = places.getFirst();
        for (Place place : places) {
            if (place.number() <= wanted) {
                from = place;
            }
        }
        wind(from, number > wanted, () -> number >= wanted);
    }

    private double glanced;

    private double glancedMillis() {
        return glanced;
    }

    /// Goes back to a place if what is wanted lies behind the tape's head, or further on if the place does;
    /// then on to the part.
    private void wind(Place from, boolean isBehind, BooleanSupplier reached) throws IOException {
        if (isBehind || from.number() > number) {
            reader.returnTo(from.mark());
            number = from.number();
            lastMillis = Math.max(0, from.atMillis());
        }
        while (true) {
            Glance glance = peek();
            if (glance == null) {
                return;
            }
            glanced = glance.atMillis();
            if (reached.getAsBoolean()) {
                return;
            }
            lastMillis = glance.atMillis();
            number++;
            reader.drop();
            remember();
        }
    }

    /// The next line that is replayed; bad ones are left out without a word, as whoever reads them will be told.
    private @Nullable Glance peek() throws IOException {
        while (true) {
            try {
                Glance glance = reader.glance();
                if (glance == null || isReplayed(glance)) {
                    return glance;
                }
                reader.drop();
            } catch (RecordingException bad) {
                // told when it is read
            }
        }
    }

    @Override
    public long nextNumber() {
        return number;
    }

    @Override
    public double nextMillis() throws IOException {
        Glance glance = peek();
        return glance == null ? lastMillis : glance.atMillis();
    }

    @Override
    public Optional<String> note() {
        return reader.note();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}

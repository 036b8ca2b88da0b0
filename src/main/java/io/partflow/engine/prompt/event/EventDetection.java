package io.partflow.engine.prompt.event;

import io.partflow.engine.content.Part;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartEmitter;
import io.partflow.engine.processor.PartStream;
import io.partflow.engine.processor.Processor;
import io.partflow.engine.processor.ProcessorException;
import io.partflow.engine.prompt.Handover;
import io.partflow.engine.prompt.NestedCall;
import io.partflow.engine.stream.RunScope;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Passes every part on at once, looks at the last images, and puts events into the stream as they are found.
///
/// At most one detection runs at a time. Each gets the last images, bare of role and metadata, each followed by the
/// time since the first of them. A detection that fails is reported, and the stream goes on. At the end of the input
/// the running detection is awaited, and images that came meanwhile get one of their own: no event is lost. An
/// instance serves one stream.
public final class EventDetection extends Processor {
    /// What happens to images that come while a detection runs.
    public enum Pace {
        /// They pass on; the image after the detection begins the next one, which sees them too. For cameras.
        LIVE,
        /// None comes: an image and its events have passed before the next part is read. For files; the same input
        /// gives the same output.
        EVERY_IMAGE
    }

    /// How images are gathered.
    ///
    /// @param maxImages the most images a detection gets, at least 1
    /// @param queueParts the most parts that wait to leave while others are found, at least 1
    public record Settings(Pace pace, int maxImages, int queueParts) {
        /// The last five images, live.
        public static final Settings DEFAULT = new Settings(Pace.LIVE, 5, 100);

        public Settings {
            if (maxImages < 1) {
                throw new IllegalArgumentException("most images are " + maxImages + "; there must be at least 1");
            }
            if (queueParts < 1) {
                throw new IllegalArgumentException("queue is " + queueParts + " parts; it must be at least 1");
            }
        }

        public Settings withPace(Pace other) {
            return new Settings(other, maxImages, queueParts);
        }

        public Settings withMaxImages(int images) {
            return new Settings(pace, images, queueParts);
        }
    }

    private record Sighting(Part image, long nanos) {}

    private static final double NANOS = 1e9;

    private final Detector detector;
    private final EventRule rule;
    private final Settings settings;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    // All three under the lock.
    private final ArrayDeque<Sighting> images = new ArrayDeque<>();
    private boolean detects;
    private boolean unseen;

    /// @param rule of this stream alone
    public EventDetection(Detector detector, EventRule rule, Settings settings) {
        this.detector = detector;
        this.rule = rule;
        this.settings = settings;
    }

    @Override
    protected void process(PartStream input, PartContext context) throws Exception {
        switch (settings.pace()) {
            case EVERY_IMAGE -> inStep(input, context);
            case LIVE -> live(input, context);
        }
    }

    private void inStep(PartStream input, PartContext context) throws Exception {
        for (Part part = input.next(); part != null; part = input.next()) {
            context.emit(part);
            if (part.isImage()) {
                keep(part, context);
                detect(content(), context, context);
            }
        }
    }

    private void live(PartStream input, PartContext context) throws Exception {
        try (RunScope scope = new RunScope("events")) {
            Handover results = new Handover(settings.queueParts());
            Handover.Lane lane = results.open();
            results.close();
            if (!scope.fork(results.watched(() -> read(input, context, scope, results, lane)))) {
                throw new InterruptedException("cancelled before the first part");
            }
            for (Part part = results.next(); part != null; part = results.next()) {
                context.emit(part);
            }
        }
    }

    private void read(PartStream input, PartContext context, RunScope scope, Handover results, Handover.Lane lane)
            throws Exception {
        for (Part part = input.next(); part != null; part = input.next()) {
            lane.put(part);
            List<Part> content = part.isImage() ? keepAndBegin(part, context) : null;
            if (content != null && !scope.fork(results.watched(() -> detectAside(content, context, lane)))) {
                throw new InterruptedException("cancelled before a detection");
            }
        }
        if (awaitEnd()) {
            detect(content(), context, lane::put);
        }
        lane.end();
    }

    /// Keeps the image and gives what the detection gets that has to begin with it; null while one runs.
    private @Nullable List<Part> keepAndBegin(Part image, PartContext context) {
        lock.lock();
        try {
            keep(image, context);
            if (detects) {
                return null;
            }
            detects = true;
            return content();
        } finally {
            lock.unlock();
        }
    }

    private void keep(Part image, PartContext context) {
        lock.lock();
        try {
            if (images.size() == settings.maxImages()) {
                images.removeFirst();
            }
            Part bare = Part.of(image.body()).withMimeType(image.mimeType());
            images.addLast(new Sighting(bare, context.clock().nanos()));
            unseen = true;
        } finally {
            lock.unlock();
        }
    }

    private void detectAside(List<Part> content, PartContext context, Handover.Lane lane) throws Exception {
        try {
            detect(content, context, lane::put);
        } finally {
            lock.lock();
            try {
                detects = false;
                ended.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /// Waits for the running detection and says whether images came since it began.
    private boolean awaitEnd() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (detects) {
                ended.await();
            }
            return unseen;
        } finally {
            lock.unlock();
        }
    }

    private void detect(List<Part> content, PartContext context, PartEmitter out) throws Exception {
        List<Part> seen = new ArrayList<>();
        NestedCall call = new NestedCall(context, seen::add);
        try {
            detector.detect(content, call);
        } catch (InterruptedException | ProcessorException e) {
            throw e;
        } catch (Exception e) {
            call.fail(Failure.of(e));
            return;
        }
        for (Part event : rule.events(seen)) {
            out.emit(event);
        }
    }

    private List<Part> content() {
        lock.lock();
        try {
            unseen = false;
            List<Part> content = new ArrayList<>(2 * images.size());
            for (Sighting sighting : images) {
                content.add(sighting.image());
                content.add(Part.text(mark(sighting.nanos() - images.getFirst().nanos())));
            }
            return content;
        } finally {
            lock.unlock();
        }
    }

    /// `mm:ss`, a half second rounded to the even one; minutes run on.
    private static String mark(long nanos) {
        long seconds = (long) Math.rint(nanos / NANOS);
        return String.format(Locale.ROOT, "%02d:%02d", seconds / 60, seconds % 60);
    }
}

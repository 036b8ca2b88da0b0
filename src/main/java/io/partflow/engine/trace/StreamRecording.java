package io.partflow.engine.trace;

import io.partflow.engine.cache.Outcome;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.Substream;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.stream.StreamClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/// The recording of one run while it goes on. Thread-safe.
///
/// Stages hand lines to a bounded queue; one thread turns them into text and writes them. Nothing is ever dropped: a
/// recording with gaps would replay another stream. A stage that finds the queue full waits, so that the run is as
/// fast as the disk at worst. A recording that cannot be written is told once; the run goes on without it. It holds
/// parts, node ids, how nodes are cached and the pipeline's name, and no parameter of any node.
public final class StreamRecording {
    /// The most lines that wait to be written.
    public static final int QUEUE_LINES = 1_024;

    /// The most bytes of parts that wait to be written; a larger part waits alone.
    public static final long QUEUE_BYTES = 16L << 20;

    // What a loss of power may cost at most.
    private static final long SYNC_NANOS = TimeUnit.SECONDS.toNanos(1);

    /// What is recorded, and where.
    ///
    /// @param file where to record
    /// @param pipeline its name
    /// @param sources the ids of the source nodes
    /// @param caches how nodes are cached, by id
    /// @param reserved the substreams whose parts go past all nodes
    public record Order(
            Path file,
            RecordingLevel level,
            String pipeline,
            List<String> sources,
            Map<String, RecordedCache> caches,
            Substream.Reserved reserved) {
        public Order {
            sources = List.copyOf(sources);
            caches = Map.copyOf(caches);
        }

        /// What is recorded of a pipeline without caches, and with the usual reserved substreams.
        public Order(Path file, RecordingLevel level, String pipeline, List<String> sources) {
            this(file, level, pipeline, sources, Map.of(), Substream.Reserved.USUAL);
        }
    }

    /// One write to the recording, when its turn comes.
    @FunctionalInterface
    private interface Line {
        void writeTo(RecordingWriter writer) throws IOException;
    }

    private record Waiting(Line line, long bytes) {}

    private final @Nullable Order order;
    private final DoubleSupplier streamMillis;
    private final StreamClock clock;
    private final Consumer<Failure> failures;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
    private long queuedBytes;
    private boolean finished;
    private volatile boolean broken;
    private @Nullable Thread thread;

    /// @param order what to record, or null for nothing
    /// @param streamMillis tells the moment of stream time, so that a replay has the stream's own pace whatever the
    /// run's was
    /// @param failures is told once when the recording cannot be written, on its thread
    public StreamRecording(
            @Nullable Order order, DoubleSupplier streamMillis, StreamClock clock, Consumer<Failure> failures) {
        this.order = order;
        this.streamMillis = streamMillis;
        this.clock = clock;
        this.failures = failures;
    }

    private boolean holds(RecordingLevel level) {
        Order wanted = order;
        return wanted != null && wanted.level().compareTo(level) >= 0;
    }

    /// Whether what sources emit is recorded.
    public boolean holdsInputs() {
        return holds(RecordingLevel.INPUTS);
    }

    /// Records what a source emitted. Waits while the queue is full.
    public void source(String node, String port, Part part) throws InterruptedException {
        if (holds(RecordingLevel.INPUTS)) {
            long at = atNanos();
            put(writer -> writer.source(at, node, port, part), part.sizeBytes());
        }
    }

    /// Whether what nodes other than sources emit is recorded.
    public boolean holdsAll() {
        return holds(RecordingLevel.ALL);
    }

    /// Records what any other node emitted, if [#holdsAll()]. Waits while the queue is full.
    public void emitted(String node, String port, Part part) throws InterruptedException {
        if (holdsAll()) {
            long at = atNanos();
            put(writer -> writer.emitted(at, node, port, part), part.sizeBytes());
        }
    }

    /// Whether requests to caches are recorded.
    public boolean holdsRequests() {
        return holds(RecordingLevel.EVENTS);
    }

    /// Records a request to a cache, if [#holdsRequests()]. Waits while the queue is full.
    ///
    /// @param askedNanos when it began, as [#atNanos()] told
    /// @param key the key's text; empty where the content had none
    /// @param evicted the text of the key whose entry had to go for the answer, or null
    public void request(
            long askedNanos, String node, String key, Outcome outcome, RecordedAnswer answer, @Nullable String evicted)
            throws InterruptedException {
        if (holdsRequests()) {
            long at = atNanos();
            put(writer -> writer.request(at, askedNanos, node, key, outcome, answer, evicted), key.length());
        }
    }

    /// Writes what still waits and the last line, closes the file and ends the thread; takes nothing after that.
    /// Returns when all of it is done.
    ///
    /// @param status completed, cancelled or failed
    public void finish(String status) {
        if (order == null) {
            return;
        }
        long at = atNanos();
        Thread writing;
        lock.lock();
        try {
            if (finished) {
                return;
            }
            append(new Waiting(writer -> writer.end(at, status), 0));
            finished = true;
            writing = Objects.requireNonNull(thread);
        } finally {
            lock.unlock();
        }
        joinWhollyWith(writing);
    }

    private static void joinWhollyWith(Thread writing) {
        boolean interrupted = false;
        while (writing.isAlive()) {
            try {
                writing.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// This moment of stream time, in nanoseconds.
    public long atNanos() {
        return (long) (streamMillis.getAsDouble() * 1e6);
    }

    private void put(Line line, long bytes) throws InterruptedException {
        if (broken) {
            return;
        }
        lock.lockInterruptibly();
        try {
            while (!finished && !broken && !hasRoomFor(bytes)) {
                changed.await();
            }
            if (!finished && !broken) {
                append(new Waiting(line, bytes));
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean hasRoomFor(long bytes) {
        return queue.isEmpty() || (queue.size() < QUEUE_LINES && queuedBytes + bytes <= QUEUE_BYTES);
    }

    private void append(Waiting waiting) {
        queue.addLast(waiting);
        queuedBytes += waiting.bytes();
        changed.signalAll();
        if (thread == null) {
            thread = Thread.ofPlatform()
                    .name("partflow-recorder")
                    .daemon()
                    .start(() -> write(Objects.requireNonNull(order)));
        }
    }

    private void write(Order wanted) {
        RecordingHeader header = RecordingHeader.of(
                        clock.instant(), ProgramVersion.text(), wanted.pipeline(), wanted.level(), wanted.sources())
                .withCaches(wanted.caches())
                .withReserved(wanted.reserved());
        try (RecordingWriter writer = RecordingWriter.create(wanted.file(), header)) {
            long synced = clock.nanos();
            for (List<Waiting> lines = take(); !lines.isEmpty(); lines = take()) {
                for (Waiting each : lines) {
                    each.line().writeTo(writer);
                    written(each);
                }
                long now = clock.nanos();
                if (now - synced >= SYNC_NANOS) {
                    writer.sync();
                    synced = now;
                }
            }
            writer.sync();
        } catch (IOException | RuntimeException e) {
            giveUp();
            failures.accept(new Failure(
                    "RECORDING_NOT_WRITTEN",
                    "The run could not be recorded in " + wanted.file() + ": "
                            + Failure.of(e).message() + ".",
                    "Choose a folder you may write to, with room left; the run itself went on.",
                    wanted.file().toString()));
        }
    }

    /// All lines that wait, left in the queue until they are written; none when the recording is complete.
    private List<Waiting> take() {
        lock.lock();
        try {
            while (queue.isEmpty() && !finished) {
                changed.awaitUninterruptibly();
            }
            return List.copyOf(queue);
        } finally {
            lock.unlock();
        }
    }

    private void written(Waiting line) {
        lock.lock();
        try {
            queue.removeFirst();
            queuedBytes -= line.bytes();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void giveUp() {
        lock.lock();
        try {
            broken = true;
            queue.clear();
            queuedBytes = 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}

package io.partflow.pipeline.edit;

import io.partflow.engine.content.JsonInteger;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonString;
import io.partflow.engine.content.WireFormException;
import io.partflow.engine.stream.StreamClock;
import io.partflow.pipeline.PipelineDocument;
import io.partflow.pipeline.PipelineGraph;
import io.partflow.pipeline.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Keeps unsaved work in a file of its own beside the user's, so that a crash loses nothing that is older than the
/// last sync.
///
/// Each step is one line with the step's name and the document it led to; a line that is cut off does not count.
/// Thread-safe: every method
/// but [#close()] and [#flush()] returns at once, a virtual thread of its own writes and syncs what has gathered.
/// The file is there only
/// while there is unsaved work; whoever finds it at a start may offer what [#find(Path, PipelineDocument)] reads
/// from it.
public final class RecoveryJournal implements AutoCloseable {
    /// What was found after a crash.
    ///
    /// @param graph the graph after the last step that was written whole
    /// @param title what that step did
    /// @param at when
    /// @param steps how many steps the journal holds
    public record Recovered(PipelineGraph graph, String title, Instant at, int steps) {}

    private sealed interface Order {}

    private record Write(PipelineGraph graph, String title, long revision, Instant at) implements Order {}

    private record Clear() implements Order {}

    // Every line holds the whole document, so the last one says all: older ones may go when they pile up or the
    // file grows.
    private static final int MOST_WAITING = 256;
    private static final long MOST_BYTES = 8L << 20;

    private final Path file;
    private final PipelineDocument format;
    private final StreamClock clock;
    private final Consumer<Problem> trouble;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Order> waiting = new ArrayDeque<>();
    private final Thread writer;
    private boolean writing;
    private boolean closed;
    private long syncedMillis = -1;
    private @Nullable Problem problem;

    /// @param file the journal's own file, see [#beside(Path)]; its folder must exist
    public RecoveryJournal(Path file, PipelineDocument format, StreamClock clock) {
        this(file, format, clock, null);
    }

    /// @param before a journal told to [#end()], perhaps of the same file: nothing is written before it has ended
    public RecoveryJournal(Path file, PipelineDocument format, StreamClock clock, @Nullable RecoveryJournal before) {
        this(file, format, clock, before, problem -> {});
    }

    /// @param before a journal told to [#end()], perhaps of the same file: nothing is written before it has ended
    /// @param trouble is told when the journal cannot be written any more, on the writer's thread
    public RecoveryJournal(
            Path file,
            PipelineDocument format,
            StreamClock clock,
            @Nullable RecoveryJournal before,
            Consumer<Problem> trouble) {
        this.file = file;
        this.format = format;
        this.clock = clock;
        this.trouble = trouble;
        writer = Thread.ofVirtual().name("partflow-journal").start(() -> {
            if (before != null) {
                before.awaitEnd();
            }
            work();
        });
    }

    /// The journal's file for a document: hidden, in the same folder.
    public static Path beside(Path document) {
        return document.resolveSibling("." + document.getFileName() + ".journal");
    }

    /// Reads what a crash left behind; empty when there is no journal or no whole line in it.
    public static Optional<Recovered> find(Path file, PipelineDocument format) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        String text;
        try {
            text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return Optional.empty();
        }
        List<String> lines = text.lines().toList();
        for (int i = lines.size() - 1; i >= 0; i--) {
            Recovered found = recovered(lines.get(i), i + 1, format);
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    private static @Nullable Recovered recovered(String line, int steps, PipelineDocument format) {
        try {
            JsonObject object = JsonObject.parse(line);
            if (object.get("document") instanceof JsonString document
                    && object.get("title") instanceof JsonString title
                    && object.get("at") instanceof JsonString at
                    && object.get("revision") instanceof JsonInteger) {
                PipelineDocument.Reading reading = format.parse(document.value());
                return reading.access() == PipelineDocument.Access.UNREADABLE
                        ? null
                        : new Recovered(reading.graph(), title.value(), Instant.parse(at.value()), steps);
            }
            return null;
        } catch (WireFormException | DateTimeException e) {
            return null;
        }
    }

    /// Notes a step: the graph it led to, what it did, and the revision it has.
    public void record(PipelineGraph graph, String title, long revision) {
        give(new Write(graph, title, revision, clock.instant()));
    }

    /// Notes that there is no unsaved work any more; the file goes.
    public void clear() {
        give(new Clear());
    }

    /// When unsaved work was last synced, milliseconds since 1970; empty before the first time.
    public OptionalLong syncedMillis() {
        lock.lock();
        try {
            return syncedMillis < 0 ? OptionalLong.empty() : OptionalLong.of(syncedMillis);
        } finally {
            lock.unlock();
        }
    }

    /// Why the journal cannot be written at the moment; empty when it can.
    public Optional<Problem> problem() {
        lock.lock();
        try {
            return Optional.ofNullable(problem);
        } finally {
            lock.unlock();
        }
    }

    /// Waits until everything noted so far is on disk, or has failed to be.
    public void flush() throws InterruptedException {
        lock.lock();
        try {
            while (writing || !waiting.isEmpty()) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Writes what is left and ends the thread. The file stays if there is unsaved work in it: call [#clear()]
    /// before to give that up.
    @Override
    public void close() {
        end();
        awaitEnd();
    }

    /// As [#close()], without waiting for the disk: [#awaitEnd()] does, for whoever needs to know.
    public void end() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits until a journal that was told to end has written what was left.
    public void awaitEnd() {
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void give(Order order) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            if (order instanceof Clear) {
                waiting.clear();
            } else if (waiting.size() >= MOST_WAITING) {
                waiting.removeFirst();
            }
            waiting.add(order);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        while (true) {
            List<Order> batch = next();
            if (batch.isEmpty()) {
                return;
            }
            Problem failure = null;
            try {
                write(batch);
            } catch (IOException | RuntimeException e) {
                failure = notWritten(file, e);
            }
            if (failure != null && problem().isEmpty()) {
                trouble.accept(failure);
            }
            done(failure);
        }
    }

    /// Why unsaved work is not safe.
    public static Problem notWritten(Path file, Exception cause) {
        String reason = cause instanceof FileSystemException known && known.getReason() != null
                ? known.getReason()
                : String.valueOf(cause.getMessage());
        return Problem.ofFile(
                "JOURNAL_NOT_WRITTEN",
                Problem.Severity.WARNING,
                file.toString(),
                "Unsaved work cannot be kept in " + file + ": " + reason + ".",
                "Save often, or save to a folder you may write to.");
    }

    /// What has gathered, at least one order; nothing when the journal is closed.
    private List<Order> next() {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                changed.awaitUninterruptibly();
            }
            List<Order> batch = new ArrayList<>(waiting);
            waiting.clear();
            writing = !batch.isEmpty();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void done(@Nullable Problem failure) {
        lock.lock();
        try {
            writing = false;
            problem = failure;
            if (failure == null) {
                syncedMillis = clock.millis();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void write(List<Order> batch) throws IOException {
        StringBuilder lines = new StringBuilder();
        String lastLine = "";
        for (Order order : batch) {
            switch (order) {
                case Clear clear -> {
                    lines.setLength(0);
                    Files.deleteIfExists(file);
                }
                case Write step -> {
                    lastLine = line(step);
                    lines.append(lastLine);
                }
            }
        }
        if (lines.isEmpty()) {
            return;
        }
        if (Files.exists(file) && Files.size(file) > MOST_BYTES) {
            Path fresh = file.resolveSibling(file.getFileName() + ".tmp");
            append(fresh, lastLine, StandardOpenOption.TRUNCATE_EXISTING);
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        } else {
            append(file, lines.toString(), StandardOpenOption.APPEND);
        }
    }

    private String line(Write step) {
        return JsonObject.builder()
                        .put("revision", step.revision())
                        .put("at", step.at().toString())
                        .put("title", step.title())
                        .put("document", format.write(step.graph()))
                        .build()
                        .toJson()
                + "\n";
    }

    private static void append(Path target, String text, StandardOpenOption how) throws IOException {
        try (FileChannel channel = FileChannel.open(target, StandardOpenOption.CREATE, StandardOpenOption.WRITE, how)) {
            ByteBuffer left = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
    }
}

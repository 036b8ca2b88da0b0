package io.partflow.app;

import io.partflow.engine.stream.StreamClock;
import io.partflow.pipeline.PipelineDocument;
import io.partflow.pipeline.PipelineDocument.Access;
import io.partflow.pipeline.Problem;
import io.partflow.pipeline.edit.RecoveryJournal;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The recovery journal of whatever document is open: beside the user's file, or in a folder of this process while it
/// has none that may be written.
///
/// What a crash has left stays until the document is saved or its new work given up: merely looking at a document
/// loses nothing. FX thread, except what finds and waits; nothing on it waits for the disk.
final class Journals {
    private static final String UNTITLED = "untitled";

    private final OwnFolder own;
    private final PipelineDocument format;
    private final StreamClock clock;
    // Made with the first step of a document, so that one that is only looked at has none.
    private volatile @Nullable RecoveryJournal current;
    private volatile @Nullable RecoveryJournal ending;
    private long noted;
    private Consumer<Problem> trouble = problem -> {};
    private boolean told;

    /// @param folder for documents without a file of the user's; made when it is first needed
    Journals(Path folder, PipelineDocument format, StreamClock clock) {
        this.own = new OwnFolder(folder);
        this.format = format;
        this.clock = clock;
    }

    /// Is told when unsaved work cannot be kept, on any thread; for documents whose first step is yet to come.
    void onTrouble(Consumer<Problem> listener) {
        trouble = listener;
    }

    private static String name(@Nullable Path file) {
        return (file == null ? UNTITLED : file.getFileName()) + ".journal";
    }

    /// What a crash left behind for a file. Any thread but FX; waits for what is being written or taken away, and
    /// reads.
    Optional<RecoveryJournal.Recovered> find(@Nullable Path file, Access access) {
        settle();
        if (file != null && access == Access.WRITABLE) {
            return RecoveryJournal.find(RecoveryJournal.beside(file), format);
        }
        return own.left(name(file)).flatMap(left -> RecoveryJournal.find(left, format));
    }

    /// A journal that was told to go may not have gone yet: what is in it is no longer wanted.
    private void settle() {
        RecoveryJournal now = current;
        RecoveryJournal last = ending;
        try {
            if (now != null) {
                now.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (last != null) {
            last.awaitEnd();
        }
    }

    /// What a crash left behind of a pipeline that had no file. Any thread but FX; as [#find(Path, Access)].
    Optional<RecoveryJournal.Recovered> findUntitled() {
        return find(null, Access.SAVE_AS_ONLY);
    }

    /// Keeps the work on this document from now on; the one before is closed, its unsaved work given up.
    void follow(Document opened) {
        RecoveryJournal before = current;
        if (before != null) {
            before.clear();
        }
        close();
        // What is unsaved already, as under a new name, has yet to be noted.
        noted = opened.history().isDirty() ? -1 : opened.history().revision();
    }

    /// Notes the step that led to the document's present state.
    void note(Document open) {
        long revision = open.history().revision();
        if (open.history().isDirty() && revision != noted) {
            RecoveryJournal journal = journalOf(open);
            if (journal != null) {
                journal.record(open.graph(), open.history().undoTitle().orElse("edit"), revision);
            }
        } else if (!open.history().isDirty()) {
            RecoveryJournal kept = current;
            if (kept != null) {
                kept.clear();
            }
        }
        noted = revision;
    }

    private @Nullable RecoveryJournal journalOf(Document open) {
        RecoveryJournal journal = current;
        if (journal != null) {
            return journal;
        }
        Path file = open.file();
        try {
            Path place = file != null && open.access() == Access.WRITABLE
                    ? RecoveryJournal.beside(file)
                    : own.make().resolve(name(file));
            journal = new RecoveryJournal(place, format, clock, ending, trouble);
            current = journal;
            return journal;
        } catch (IOException e) {
            // Without a journal the work goes on; only a crash would lose what is not saved.
            if (!told) {
                told = true;
                trouble.accept(RecoveryJournal.notWritten(own.place(), e));
            }
            return null;
        }
    }

    /// When unsaved work was last safe on disk, milliseconds since 1970.
    OptionalLong syncedMillis() {
        RecoveryJournal journal = current;
        return journal == null ? OptionalLong.empty() : journal.syncedMillis();
    }

    /// Ends, with unsaved work kept on disk: whoever closes on purpose has been asked before.
    void close() {
        RecoveryJournal journal = current;
        if (journal != null) {
            journal.end();
            ending = journal;
            current = null;
        }
    }

    /// Waits until what [#close()] left to be written is on disk. Any thread but FX.
    void awaitEnd() {
        RecoveryJournal last = ending;
        if (last != null) {
            last.awaitEnd();
        }
        own.leave();
    }

    /// The folder that is this process's alone among those of all workbenches: a lock says that its owner lives.
    /// Thread-safe.
    private static final class OwnFolder {
        private static final String LOCK = "lock";

        private final Path all;
        private @Nullable Path mine;
        private @Nullable FileChannel lock;

        OwnFolder(Path all) {
            this.all = all;
        }

        Path place() {
            return all;
        }

        synchronized Path make() throws IOException {
            Path made = mine;
            if (made == null) {
                made = Files.createDirectories(all.resolve(UUID.randomUUID().toString()));
                FileChannel channel =
                        FileChannel.open(made.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                // Held until the process ends, however it does.
                FileLock held = channel.tryLock();
                if (held == null) {
                    channel.close();
                    throw new IOException("somebody else holds " + made);
                }
                lock = channel;
                mine = made;
            }
            return made;
        }

        /// The journal of that name: this process's own, else one whose owner is gone, which becomes ours.
        synchronized Optional<Path> left(String name) {
            try {
                if (mine != null && Files.exists(mine.resolve(name))) {
                    return Optional.of(mine.resolve(name));
                }
                for (Path other : others()) {
                    if (Files.exists(other.resolve(name)) && adopt(other, name)) {
                        return Optional.of(make().resolve(name));
                    }
                }
                return Optional.empty();
            } catch (IOException e) {
                // What cannot be read cannot be offered.
                return Optional.empty();
            }
        }

        private List<Path> others() throws IOException {
            if (!Files.isDirectory(all)) {
                return List.of();
            }
            try (Stream<Path> folders = Files.list(all)) {
                return folders.filter(Files::isDirectory)
                        .filter(folder -> !folder.equals(mine))
                        .sorted()
                        .toList();
            }
        }

        private boolean adopt(Path other, String name) throws IOException {
            try (FileChannel channel =
                            FileChannel.open(other.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock taken = channel.tryLock()) {
                if (taken == null) {
                    return false;
                }
                Files.move(other.resolve(name), make().resolve(name));
            } catch (OverlappingFileLockException ownedHere) {
                return false;
            }
            removeIfEmpty(other);
            return true;
        }

        /// Gives the lock up, so that what is left here can be found, and takes the folder away when nothing is.
        synchronized void leave() {
            Path left = mine;
            FileChannel held = lock;
            mine = null;
            lock = null;
            try {
                if (held != null) {
                    held.close();
                }
                if (left != null) {
                    removeIfEmpty(left);
                }
            } catch (IOException e) {
                // A folder with a lock alone harms nobody.
            }
        }

        private static void removeIfEmpty(Path folder) throws IOException {
            try (Stream<Path> files = Files.list(folder)) {
                if (files.anyMatch(file -> !file.endsWith(LOCK))) {
                    return;
                }
            }
            Files.deleteIfExists(folder.resolve(LOCK));
            Files.deleteIfExists(folder);
        }
    }
}

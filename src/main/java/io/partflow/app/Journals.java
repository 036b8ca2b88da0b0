package io.partflow.app;

import io.partflow.engine.stream.StreamClock;
import io.partflow.pipeline.PipelineDocument;
import io.partflow.pipeline.PipelineDocument.Access;
import io.partflow.pipeline.edit.RecoveryJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The recovery journal of whatever document is open: beside the user's file, or in a folder of ours while it has
/// none that may be written.
///
/// What a crash has left stays until the document is saved or its new work given up: merely looking at a document
/// loses nothing. FX thread, except what finds.
final class Journals {
    private static final String UNTITLED = "untitled";

    private final Path ownFolder;
    private final PipelineDocument format;
    private final StreamClock clock;
    // Made with the first step of a document, so that one that is only looked at has none.
    private @Nullable RecoveryJournal current;
    private long noted;

    /// @param ownFolder for documents without a file of the user's; made when it is first needed
    Journals(Path ownFolder, PipelineDocument format, StreamClock clock) {
        this.ownFolder = ownFolder;
        this.format = format;
        this.clock = clock;
    }

    private Path place(@Nullable Path file, Access access) {
        if (file != null && access == Access.WRITABLE) {
            return RecoveryJournal.beside(file);
        }
        return ownFolder.resolve((file == null ? UNTITLED : file.getFileName()) + ".journal");
    }

    /// What a crash left behind for a file. Any thread; reads.
    Optional<RecoveryJournal.Recovered> find(Path file, Access access) {
        return RecoveryJournal.find(place(file, access), format);
    }

    /// What a crash left behind of a pipeline that had no file. Any thread; reads.
    Optional<RecoveryJournal.Recovered> findUntitled() {
        return RecoveryJournal.find(place(null, Access.SAVE_AS_ONLY), format);
    }

    /// Keeps the work on this document from now on; the one before is closed, its unsaved work given up.
    void follow(Document opened) {
        if (current != null) {
            current.clear();
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
        } else if (!open.history().isDirty() && current != null) {
            current.clear();
        }
        noted = revision;
    }

    private @Nullable RecoveryJournal journalOf(Document open) {
        if (current == null) {
            Path place = place(open.file(), open.access());
            try {
                Files.createDirectories(Objects.requireNonNull(place.getParent()));
                current = new RecoveryJournal(place, format, clock);
            } catch (IOException e) {
                // Without a journal the work goes on; only a crash would lose what is not saved.
                return null;
            }
        }
        return current;
    }

    /// When unsaved work was last safe on disk, milliseconds since 1970.
    OptionalLong syncedMillis() {
        return current == null ? OptionalLong.empty() : current.syncedMillis();
    }

    /// Ends, with unsaved work kept on disk: whoever closes on purpose has been asked before.
    void close() {
        if (current != null) {
            current.close();
            current = null;
        }
    }
}

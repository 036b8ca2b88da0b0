package io.partflow.app;

import io.partflow.engine.stream.StreamClock;
import io.partflow.pipeline.PipelineDocument;
import io.partflow.pipeline.edit.RecoveryJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The recovery journal of whatever document is open: beside the user's file, or in a folder of ours while it has
/// none.
///
/// FX thread, except [#find(Path, PipelineDocument)].
final class Journals {
    private final Path ownFolder;
    private final PipelineDocument format;
    private final StreamClock clock;
    private @Nullable RecoveryJournal current;
    private long noted;

    /// @param ownFolder for documents without a file of the user's; made when it is first needed
    Journals(Path ownFolder, PipelineDocument format, StreamClock clock) {
        this.ownFolder = ownFolder;
        this.format = format;
        this.clock = clock;
    }

    /// What a crash left behind for a file.
    Optional<RecoveryJournal.Recovered> find(Path file, PipelineDocument reader) {
        return RecoveryJournal.find(RecoveryJournal.beside(file), reader);
    }

    /// Keeps the work on this document from now on; the one before is closed, its unsaved work given up.
    void follow(Document opened) {
        end();
        noted = opened.history().revision();
        Path beside = opened.writableFile().map(RecoveryJournal::beside).orElse(null);
        try {
            if (beside == null) {
                Files.createDirectories(ownFolder);
                beside = ownFolder.resolve("untitled.journal");
            }
            current = new RecoveryJournal(beside, format, clock);
        } catch (IOException e) {
            // Without a journal the work goes on; only a crash would lose what is not saved.
            current = null;
        }
    }

    /// Notes the step that led to the document's present state.
    void note(Document open) {
        RecoveryJournal journal = current;
        if (journal == null) {
            return;
        }
        long revision = open.history().revision();
        if (!open.history().isDirty()) {
            journal.clear();
        } else if (revision != noted) {
            journal.record(open.graph(), open.history().undoTitle().orElse("edit"), revision);
        }
        noted = revision;
    }

    /// When unsaved work was last safe on disk, milliseconds since 1970.
    OptionalLong syncedMillis() {
        return current == null ? OptionalLong.empty() : current.syncedMillis();
    }

    private void end() {
        if (current != null) {
            current.clear();
            current.close();
            current = null;
        }
    }

    /// Ends, with unsaved work kept on disk: whoever closes on purpose has been asked before.
    void close() {
        if (current != null) {
            current.close();
            current = null;
        }
    }
}

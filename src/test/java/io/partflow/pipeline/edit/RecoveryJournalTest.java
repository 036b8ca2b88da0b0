package io.partflow.pipeline.edit;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.pipeline.PipelineDocument;
import io.partflow.pipeline.PipelineGraph;
import io.partflow.pipeline.SampleCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoveryJournalTest {
    private final PipelineDocument format = new PipelineDocument(SampleCatalog.CATALOG);
    private final EditHistoryTest.HandClock clock = new EditHistoryTest.HandClock();

    @TempDir
    Path folder;

    private Path journalFile() {
        return RecoveryJournal.beside(folder.resolve("p.partflow.json"));
    }

    @Test
    void unsavedSteps_areFoundAfterACrash() throws InterruptedException {
        try (RecoveryJournal journal = new RecoveryJournal(journalFile(), format, clock)) {
            journal.record(PipelineGraph.empty("one"), "rename", 1);
            journal.record(SampleCatalog.sound(), "move 3 nodes", 2);
            journal.flush();
            assertThat(journal.syncedMillis()).isPresent();
            assertThat(journal.problem()).isEmpty();

            assertThat(RecoveryJournal.find(journalFile(), format)).hasValueSatisfying(found -> {
                assertThat(found.graph()).isEqualTo(SampleCatalog.sound());
                assertThat(found.title()).isEqualTo("move 3 nodes");
                assertThat(found.steps()).isEqualTo(2);
            });
        }
        assertThat(journalFile()).as("still unsaved").exists();
    }

    @Test
    void aLineThatIsCutOff_doesNotCount() throws IOException, InterruptedException {
        try (RecoveryJournal journal = new RecoveryJournal(journalFile(), format, clock)) {
            journal.record(SampleCatalog.sound(), "first", 1);
            journal.flush();
        }
        String whole = Files.readString(journalFile());
        Files.writeString(journalFile(), whole.substring(0, whole.length() / 2), StandardOpenOption.APPEND);

        assertThat(RecoveryJournal.find(journalFile(), format))
                .hasValueSatisfying(found -> assertThat(found.title()).isEqualTo("first"));

        for (int end = 0; end < whole.length() - 1; end++) {
            Files.writeString(journalFile(), whole.substring(0, end));
            assertThat(RecoveryJournal.find(journalFile(), format)).isEmpty();
        }
    }

    @Test
    void afterSaving_nothingIsLeft() throws InterruptedException {
        try (RecoveryJournal journal = new RecoveryJournal(journalFile(), format, clock)) {
            journal.record(SampleCatalog.sound(), "first", 1);
            journal.clear();
            journal.flush();
            assertThat(journalFile()).doesNotExist();
            journal.record(SampleCatalog.sound(), "second", 2);
            journal.flush();
            assertThat(RecoveryJournal.find(journalFile(), format)).isPresent();
            journal.clear();
        }
        assertThat(journalFile()).doesNotExist();
        assertThat(RecoveryJournal.find(journalFile(), format)).isEmpty();
    }

    @Test
    void aJournalThatCannotBeWritten_isAProblem_andLaterWorkGoesOn() throws IOException, InterruptedException {
        Path nowhere = folder.resolve("gone/.p.journal");
        try (RecoveryJournal journal = new RecoveryJournal(nowhere, format, clock)) {
            journal.record(SampleCatalog.sound(), "first", 1);
            journal.flush();
            assertThat(journal.problem())
                    .hasValueSatisfying(problem -> assertThat(problem.code()).isEqualTo("JOURNAL_NOT_WRITTEN"));
            Files.createDirectory(nowhere.getParent());
            journal.record(SampleCatalog.sound(), "second", 2);
            journal.flush();
            assertThat(journal.problem()).isEmpty();
            assertThat(RecoveryJournal.find(nowhere, format)).isPresent();
        }
    }
}

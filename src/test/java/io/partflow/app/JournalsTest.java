package io.partflow.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.stream.StreamClock;
import io.partflow.pipeline.PipelineDocument;
import io.partflow.pipeline.PipelineGraph;
import io.partflow.pipeline.edit.EditHistory;
import io.partflow.pipeline.edit.RecoveryJournal;
import io.partflow.pipeline.edit.ReplaceGraph;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalsTest {
    @TempDir
    Path folder;

    private final PipelineDocument format = new PipelineDocument(ModelBench.CATALOG);

    private Journals journals() {
        return new Journals(folder.resolve("journals"), format, StreamClock.system());
    }

    /// An untitled document after one step.
    private Document changed(Path file, PipelineDocument.Access access, String name) {
        EditHistory history = new EditHistory(PipelineGraph.empty("Untitled"), StreamClock.system(), () -> {});
        history.execute(new ReplaceGraph(PipelineGraph.empty(name), "name it"));
        return new Document(history, file, folder, access);
    }

    private Document untitled(String name) {
        return changed(null, PipelineDocument.Access.SAVE_AS_ONLY, name);
    }

    private static void end(Journals journals) {
        journals.close();
        journals.awaitEnd();
    }

    private long filesLeft() throws Exception {
        if (!Files.exists(folder.resolve("journals"))) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(folder.resolve("journals"))) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void twoWorkbenches_keepTheirUntitledWorkApart() {
        Journals first = journals();
        Journals second = journals();
        first.note(untitled("first"));
        second.note(untitled("second"));

        assertThat(journals().findUntitled()).isEmpty();
        end(first);
        end(second);

        Journals third = journals();
        String found = third.findUntitled().orElseThrow().graph().name();
        Journals fourth = journals();
        String other = fourth.findUntitled().orElseThrow().graph().name();
        assertThat(Stream.of(found, other)).containsExactlyInAnyOrder("first", "second");
        end(third);
        end(fourth);
    }

    @Test
    void whatAnEndedProcessLeft_isFoundOnceAndGoneWhenGivenUp() throws Exception {
        Journals crashed = journals();
        crashed.note(untitled("lost"));
        end(crashed);

        Journals next = journals();
        assertThat(next.findUntitled()).map(found -> found.graph().name()).contains("lost");
        assertThat(next.findUntitled()).as("it stays until it is given up").isPresent();
        Document restored = untitled("lost");
        next.note(restored);
        restored.history().markSaved(restored.history().revision());
        next.note(restored);
        end(next);

        assertThat(journals().findUntitled()).isEmpty();
        assertThat(filesLeft()).isZero();
    }

    @Test
    void nextDocument_isNotedAfterTheOneBeforeHasBeenClearedAway() {
        Journals journals = journals();
        Path file = folder.resolve("x.partflow.json");
        journals.note(changed(file, PipelineDocument.Access.WRITABLE, "before"));
        Document after = changed(file, PipelineDocument.Access.WRITABLE, "after");
        journals.follow(after);
        journals.note(after);
        end(journals);

        assertThat(RecoveryJournal.find(RecoveryJournal.beside(file), format)).hasValueSatisfying(found -> {
            assertThat(found.graph().name()).isEqualTo("after");
            assertThat(found.steps()).isEqualTo(1);
        });
    }

    @Test
    void processThatOnlyLooks_leavesNothing() throws Exception {
        Journals journals = journals();
        assertThat(journals.findUntitled()).isEmpty();
        end(journals);

        assertThat(filesLeft()).isZero();
    }
}

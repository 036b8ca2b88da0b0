package io.partflow.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.cache.CacheEntry;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.run.RunOptions;
import io.partflow.engine.run.RunOptions.Reading;
import io.partflow.engine.run.RunSnapshot;
import io.partflow.engine.run.RunStatus;
import io.partflow.pipeline.GraphInputs;
import io.partflow.pipeline.PipelineDocument;
import io.partflow.pipeline.PipelineGraph;
import io.partflow.pipeline.Problem;
import io.partflow.pipeline.Wire;
import io.partflow.pipeline.edit.AddNode;
import io.partflow.pipeline.edit.RenamePipeline;
import io.partflow.pipeline.edit.SetParam;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkbenchModelTest {
    @TempDir
    Path home;

    private final List<ModelBench> benches = new ArrayList<>();
    private ModelBench bench;
    private WorkbenchModel model;

    @BeforeEach
    void make() {
        restart();
    }

    /// Another start of the workbench, with the folders of the one before.
    private void restart() {
        bench = new ModelBench(home);
        benches.add(bench);
        model = bench.model;
    }

    @AfterEach
    void end() {
        benches.forEach(ModelBench::close);
    }

    private Path write(String name, PipelineGraph graph) {
        Path file = home.resolve(name + ".partflow.json");
        assertThat(model.format().save(graph, file)).isEmpty();
        return file;
    }

    private RunSnapshot run(Reading reading) {
        model.startRun(reading, null);
        return model.run().snapshot().orElseThrow();
    }

    // ---- documents

    @Test
    void twoOpenedInARow_theFirstFromASlowDisk_theSecondStays() {
        Path slow = write("slow", bench.answers("a"));
        Path quick = write("quick", bench.answers("b"));
        List<Runnable> waiting = new ArrayList<>();
        ModelBench other = new ModelBench(home, task -> waiting.add(task));
        List<String> opened = new ArrayList<>();
        other.model.open(slow, () -> opened.add("slow"));
        other.model.open(quick, () -> opened.add("quick"));

        waiting.remove(1).run();
        waiting.remove(0).run();

        assertThat(opened).containsExactly("quick");
        assertThat(other.model.document().file()).isEqualTo(quick);
        other.model.close();
        while (!waiting.isEmpty()) {
            waiting.remove(0).run();
        }
        other.model.awaitEnd();
    }

    @Test
    void sample_opensReadOnly_andIsSavedUnderAnotherName() throws IOException {
        byte[] before = Files.readAllBytes(WorkbenchStage.HELLO_HITS);
        model.open(WorkbenchStage.HELLO_HITS, () -> {});
        assertThat(model.document().access()).isEqualTo(PipelineDocument.Access.SAVE_AS_ONLY);
        model.execute(new RenamePipeline("Mine"));

        assertThat(model.save(() -> {})).as("a name must be asked for").isFalse();
        Path file = home.resolve("mine.partflow.json");
        List<String> then = new ArrayList<>();
        model.saveAs(file, () -> then.add("saved"));

        assertThat(then).containsExactly("saved");
        assertThat(model.dirtyProperty().get()).isFalse();
        assertThat(model.document().title()).isEqualTo("mine.partflow.json");
        assertThat(bench.lastNotice().tone()).isEqualTo(Notice.Tone.SUCCESS);
        assertThat(Files.readAllBytes(WorkbenchStage.HELLO_HITS)).isEqualTo(before);
        PipelineGraph saved = model.graph();
        model.startNew();
        model.open(file, () -> {});
        assertThat(model.graph()).isEqualTo(saved);
        assertThat(model.problemsProperty().get())
                .as("its recording is found from the new place")
                .noneMatch(Problem::isError);
        model.execute(new RenamePipeline("Again"));
        assertThat(model.save(() -> {})).isTrue();
        assertThat(model.dirtyProperty().get()).isFalse();
    }

    @Test
    void edit_isNamedForUndoAndRedo_andMakesTheDocumentDirty() {
        assertThat(model.undoTitleProperty().get()).isEmpty();
        model.execute(new AddNode(bench.node("show", "sink.viewer", 80)));
        String title = model.undoTitleProperty().get();
        assertThat(title).isNotEmpty();
        assertThat(model.dirtyProperty().get()).isTrue();

        model.undo();

        assertThat(model.dirtyProperty().get()).isFalse();
        assertThat(model.undoTitleProperty().get()).isEmpty();
        assertThat(model.redoTitleProperty().get()).isEqualTo(title);
        model.redo();
        assertThat(model.graph().hasNode("show")).isTrue();
    }

    @Test
    void damagedFile_isAProblemWithARemedy_andTheOpenPipelineStays() throws IOException {
        model.execute(new AddNode(bench.node("show", "sink.viewer", 80)));
        Path broken = Files.writeString(home.resolve("broken.partflow.json"), "{\"format\": ");
        List<String> then = new ArrayList<>();

        model.open(broken, () -> then.add("opened"));

        assertThat(then).isEmpty();
        assertThat(model.graph().hasNode("show")).isTrue();
        assertThat(bench.lastNotice().tone()).isEqualTo(Notice.Tone.ERROR);
        assertThat(bench.lastNotice().title()).contains("broken.partflow.json");
        assertThat(bench.lastNotice().text()).isNotBlank();
    }

    @Test
    void saveThatFails_saysSo_andNothingIsLost() throws Exception {
        model.execute(new AddNode(bench.node("show", "sink.viewer", 80)));
        Path blocked = Files.createDirectories(home.resolve("blocked.partflow.json/inside"));
        List<String> then = new ArrayList<>();

        model.saveAs(blocked.getParent(), () -> then.add("saved"));

        assertThat(then).isEmpty();
        assertThat(model.dirtyProperty().get()).isTrue();
        assertThat(bench.lastNotice().tone()).isEqualTo(Notice.Tone.ERROR);
    }

    @Test
    void whatIsTypedButNotCommitted_isTakenInBeforeSaveRunAndUndo() {
        List<String> taken = new ArrayList<>();
        Path file = write("desk", bench.answers("a"));
        model.open(file, () -> {});
        model.onCommit(() -> {
            taken.add("committed");
            model.execute(new RenamePipeline("Typed " + taken.size()));
        });

        assertThat(model.save(() -> {})).isTrue();
        assertThat(model.format().read(file).graph().name()).isEqualTo("Typed 1");
        run(Reading.ALL);
        assertThat(model.graph().name()).isEqualTo("Typed 2");
        model.undo();
        assertThat(model.graph().name())
                .as("what was typed last is what is undone")
                .isEqualTo("Typed 2");
    }

    @Test
    void saveAsThatFails_leavesTheDocumentWithItsFileAndItsJournal() throws Exception {
        Path file = write("desk", bench.answers("a"));
        model.open(file, () -> {});
        model.execute(new RenamePipeline("Unsaved"));
        Path blocked = file.resolve("inside-a-file.partflow.json");

        model.saveAs(blocked, () -> {});

        assertThat(bench.lastNotice().title())
                .contains("inside-a-file.partflow.json", "Not a directory")
                .doesNotContain(".tmp");
        assertThat(model.document().file()).isEqualTo(file);
        assertThat(model.undoTitleProperty().get()).contains("name");
        bench.close();
        restart();
        model.open(file, () -> {});
        bench.lastNotice().onAction().run();
        assertThat(model.graph().name()).isEqualTo("Unsaved");
        assertThat(model.save(() -> {})).isTrue();
        assertThat(model.format().read(file).graph().name()).isEqualTo("Unsaved");
    }

    @Test
    void workThatCannotBeKept_isToldOnce_andGoesOn() throws IOException {
        Files.writeString(home.resolve("journals"), "A file where the folder should be.");

        model.execute(new AddNode(bench.node("show", "sink.viewer", 80)));
        model.execute(new RenamePipeline("Mine"));

        assertThat(bench.notices).hasSize(1);
        assertThat(bench.lastNotice().title()).contains("Unsaved work", "journals");
        assertThat(bench.lastNotice().text()).isNotBlank();
        assertThat(model.graph().name()).isEqualTo("Mine");
    }

    // ---- what a crash leaves

    @Test
    void unsavedWork_isOfferedAfterACrash_untilItIsSaved() {
        Path file = write("desk", bench.answers("a"));
        model.open(file, () -> {});
        model.execute(new RenamePipeline("Unsaved"));
        bench.close();

        for (int start = 0; start < 2; start++) {
            restart();
            model.open(file, () -> {});
            assertThat(model.graph().name()).isEqualTo("Answers");
            assertThat(bench.lastNotice().action()).as("start %d", start).isNotNull();
            assertThat(bench.lastNotice().staysUntilClosed()).isTrue();
            bench.close();
        }
        restart();
        model.open(file, () -> {});
        bench.lastNotice().onAction().run();
        assertThat(model.graph().name()).isEqualTo("Unsaved");
        assertThat(model.dirtyProperty().get()).isTrue();
        model.save(() -> {});
        bench.close();

        restart();
        model.open(file, () -> {});
        assertThat(model.graph().name()).isEqualTo("Unsaved");
        assertThat(bench.notices).isEmpty();
    }

    @Test
    void unsavedWorkOnASample_isOfferedWhenTheSampleIsOpenedAgain() {
        model.open(WorkbenchStage.HELLO_HITS, () -> {});
        model.execute(new RenamePipeline("Unsaved"));
        bench.close();

        restart();
        model.open(WorkbenchStage.HELLO_HITS, () -> {});
        bench.lastNotice().onAction().run();

        assertThat(model.graph().name()).isEqualTo("Unsaved");
    }

    @Test
    void unsavedWorkWithoutAName_isOfferedAtTheNextStart() {
        model.execute(new AddNode(bench.node("show", "sink.viewer", 80)));
        bench.close();

        restart();
        model.offerUntitled();
        assertThat(model.graph().nodes()).isEmpty();
        bench.lastNotice().onAction().run();

        assertThat(model.graph().hasNode("show")).isTrue();
    }

    @Test
    void workThatIsGivenUp_isNotOfferedAgain() {
        Path file = write("desk", bench.answers("a"));
        model.open(file, () -> {});
        model.execute(new RenamePipeline("Given up"));
        model.startNew();
        bench.close();

        restart();
        model.open(file, () -> {});

        assertThat(bench.notices).isEmpty();
    }

    @Test
    void documentOpenedAgainOverItsOwnUnsavedWork_doesNotOfferThatWork() {
        Path file = write("desk", bench.answers("a"));
        model.open(file, () -> {});
        model.execute(new RenamePipeline("Given up"));

        model.open(file, () -> {});

        assertThat(model.graph().name()).isEqualTo("Answers");
        assertThat(bench.notices).isEmpty();
        model.open(file, () -> {});
        assertThat(bench.notices).isEmpty();
    }

    @Test
    void documentOpenedAgainRightAfterItsWorkWasGivenUpOrSaved_offersNothing() {
        Path file = write("desk", bench.answers("a"));
        for (int round = 0; round < 20; round++) {
            model.open(file, () -> {});
            model.execute(new RenamePipeline("Given up " + round));
            model.startNew();
            model.open(file, () -> {});
            model.execute(new RenamePipeline("Saved " + round));
            model.save(() -> {});
            model.open(file, () -> {});
            assertThat(model.graph().name()).isEqualTo("Saved " + round);
            assertThat(bench.notices).as("round %d", round).noneMatch(notice -> notice.action() != null);
        }
    }

    @Test
    void fileThatCannotBeReadAgain_leavesTheUnsavedWorkSafe() throws IOException {
        Path file = write("desk", bench.answers("a"));
        model.open(file, () -> {});
        model.execute(new RenamePipeline("Unsaved"));
        Files.writeString(file, "{");
        model.open(file, () -> {});
        assertThat(model.graph().name()).isEqualTo("Unsaved");
        assertThat(model.format().save(bench.answers("a"), file)).isEmpty();
        bench.close();

        restart();
        model.open(file, () -> {});
        bench.lastNotice().onAction().run();
        assertThat(model.graph().name()).isEqualTo("Unsaved");
    }

    // ---- runs

    @Test
    void badGraph_hasProblems_andIsNotRun() {
        List<String> refused = new ArrayList<>();
        model.onRefused(() -> refused.add("refused"));
        model.execute(new AddNode(bench.node("answer", "model.simulated", 80)));
        assertThat(model.problemsProperty().get()).anyMatch(problem -> "answer".equals(problem.node()));

        model.startRun(Reading.ALL, null);

        assertThat(refused).containsExactly("refused");
        assertThat(model.run().snapshot()).isEmpty();
        assertThat(model.run().phase()).isEqualTo(RunControl.Phase.IDLE);
        assertThat(bench.lastNotice().tone()).isEqualTo(Notice.Tone.ERROR);
        assertThat(bench.lastNotice().text()).as("a remedy").isNotBlank();
    }

    @Test
    void warm_onAFolder_fillsTheCaches_andLeavesTheDocumentAndItsOutputsAlone() throws IOException {
        Path output = home.resolve("out.jsonl");
        PipelineGraph graph = bench.answers("a\nb\na")
                .mapNodes(List.of("ask"), node -> node)
                .withNode(bench.node("file", "sink.jsonl", 520).withParam("file", JsonValue.of(output.toString())))
                .withWire(Wire.of("answer", "out", "file", "in"));
        model.open(write("desk", graph), () -> {});
        Path folder = Files.createDirectory(home.resolve("texts"));
        Files.writeString(folder.resolve("one.txt"), "one");
        Files.writeString(folder.resolve("two.txt"), "two");
        PipelineGraph before = model.graph();

        model.warm(GraphInputs.replaceFiles(before, model.catalog(), List.of(folder)));

        assertThat(model.entryCount()).isEqualTo(2);
        assertThat(model.graph()).isEqualTo(before);
        assertThat(output).doesNotExist();
    }

    @Test
    void runs_withoutReadingOrStoring_orWithYoungEntriesAlone_useTheCachesLess() {
        model.open(write("desk", bench.answers("a\nb\na")), () -> {});
        model.startRun(new RunControl.CacheUse(Reading.ALL, RunOptions.Writing.NONE, Long.MAX_VALUE), null);
        assertThat(model.entryCount()).isZero();
        model.startRun(Reading.ALL, null);
        assertThat(model.entryCount()).isEqualTo(2);

        bench.clock.advanceMillis(120_000);
        model.startRun(RunControl.CacheUse.notOlderThan(60_000), null);
        assertThat(model.run().snapshot().orElseThrow().cache().misses()).isEqualTo(2);
        model.startRun(new RunControl.CacheUse(Reading.NONE, RunOptions.Writing.NONE, Long.MAX_VALUE), null);
        assertThat(model.run().snapshot().orElseThrow().cache().bypassed()).isEqualTo(3);
    }

    @Test
    void caches_outliveRuns_unlessARunIsColdOrAnotherPipelineIsOpened() {
        Path file = write("desk", bench.answers("a\nb\na"));
        model.open(file, () -> {});

        assertThat(run(Reading.ALL).cache().misses()).isEqualTo(2);
        assertThat(bench.lastNotice().tone()).isEqualTo(Notice.Tone.SUCCESS);
        assertThat(run(Reading.ALL).cache().hits()).isEqualTo(3);
        assertThat(run(Reading.COLD).cache().misses()).isEqualTo(2);
        assertThat(run(Reading.ALL).cache().hits()).isEqualTo(3);
        assertThat(model.entryCount()).isEqualTo(2);

        model.open(file, () -> {});

        assertThat(model.entries()).isEmpty();
        assertThat(run(Reading.ALL).cache().misses()).isEqualTo(2);
    }

    @Test
    void editedParameter_asksForOtherAnswers_andUndoForTheOldOnes() {
        model.open(write("desk", bench.answers("a\nb")), () -> {});
        run(Reading.ALL);
        model.execute(new SetParam("answer", "style", JsonValue.of("formal")));

        assertThat(run(Reading.ALL).cache().misses()).isEqualTo(2);
        model.undo();
        assertThat(run(Reading.ALL).cache().hits()).isEqualTo(2);
    }

    @Test
    void invalidatedEntries_canBePutBack() {
        List<String> changes = new ArrayList<>();
        model.onCachesChanged(() -> changes.add("changed"));
        model.open(write("desk", bench.answers("a\nb")), () -> {});
        run(Reading.ALL);
        changes.clear();
        List<CacheEntry> before = model.entries();

        before.forEach(each -> assertThat(model.invalidate(each.key())).contains(each));
        assertThat(model.entryCount()).isZero();
        assertThat(model.entry(before.getFirst().key())).isEmpty();
        model.restore(before);

        assertThat(model.entries()).containsExactlyInAnyOrderElementsOf(before);
        assertThat(changes).hasSize(1);
        CacheEntry one = before.getFirst();
        assertThat(model.invalidate(one.key())).contains(one);
        assertThat(model.invalidate(one.key())).isEmpty();
        model.restore(List.of(one));
        assertThat(run(Reading.ALL).cache().hits()).isEqualTo(2);
    }

    @Test
    void recordedRun_canBeReplayed() {
        Path file = write("desk", bench.answers("a\nb\na"));
        model.open(file, () -> {});
        Path recording = home.resolve("questions.parts.jsonl");
        model.startRun(Reading.ALL, recording);
        assertThat(bench.lastNotice().text()).contains("questions.parts.jsonl");

        PipelineGraph replay = PipelineGraph.empty("Replay")
                .withNode(bench.node("again", "source.recording", 80)
                        .withParam("file", JsonValue.of("questions.parts.jsonl")))
                .withNode(bench.node("show", "sink.viewer", 300))
                .withWire(Wire.of("again", "out", "show", "in"));
        model.open(write("replay", replay), () -> {});
        RunSnapshot end = run(Reading.ALL);

        assertThat(end.status()).as("%s", end.recentFailures()).isEqualTo(RunStatus.COMPLETED);
        assertThat(end.partsOut()).isEqualTo(3);
    }

    @Test
    void replay_takesAsLongAsTheRecording_dividedByTheSpeed() {
        PipelineGraph replay = PipelineGraph.empty("Replay")
                .withNode(bench.node("again", "source.recording", 80)
                        .withParam(
                                "file",
                                JsonValue.of(WorkbenchStage.SAMPLES
                                        .resolve("streams/hello-hits.parts.jsonl")
                                        .toString())))
                .withNode(bench.node("show", "sink.viewer", 300))
                .withWire(Wire.of("again", "out", "show", "in"));
        model.open(write("replay", replay), () -> {});

        double slow = run(Reading.ALL).elapsedNanos() / 1e9;
        model.run().speedProperty().set(10);
        double fast = run(Reading.ALL).elapsedNanos() / 1e9;

        assertThat(slow).isBetween(55.0, 65.0);
        assertThat(fast).isBetween(slow / 10 - 0.1, slow / 10 + 0.1);
    }
}

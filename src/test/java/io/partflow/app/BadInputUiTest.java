package io.partflow.app;

import static io.partflow.app.WorkbenchStage.fx;
import static io.partflow.app.WorkbenchStage.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.cache.CacheEntry;
import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.run.NodeSnapshot;
import io.partflow.engine.run.RunOptions;
import io.partflow.engine.run.RunSnapshot;
import io.partflow.engine.run.RunStatus;
import io.partflow.pipeline.Layout;
import io.partflow.pipeline.PipelineDocument;
import io.partflow.pipeline.PipelineGraph;
import io.partflow.pipeline.PipelineNode;
import io.partflow.pipeline.Wire;
import io.partflow.pipeline.edit.AddNode;
import io.partflow.pipeline.edit.AddWire;
import io.partflow.pipeline.edit.ReplaceGraph;
import io.partflow.ui.inspect.problem.ProblemRow;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.control.ListView;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/// What the window does with files that are not what they should be: it says which one, why and what to do, and
/// everything else goes on.
@Timeout(120)
@ExtendWith(ApplicationExtension.class)
class BadInputUiTest {
    private static final Path MEDIA = WorkbenchStage.SAMPLES.resolve("media");
    private static final Path SOUND = MEDIA.resolve("audio/q1.wav");
    private static final Path PICTURE = MEDIA.resolve("images/chelsea.png");
    private static final Path TEXT = MEDIA.resolve("text/alice-last-page.txt");
    private static final long LIMIT = 1 << 20;

    @TempDir
    Path home;

    private WorkbenchStage bench;
    private Path desk;

    @Start
    void start(Stage stage) {
        RunOptions usual = RunOptions.DEFAULT;
        bench = new WorkbenchStage(
                stage,
                home,
                new RunOptions(
                        usual.speed(),
                        usual.clock(),
                        usual.reading(),
                        usual.writing(),
                        usual.recordTo(),
                        usual.recordLevel(),
                        usual.start(),
                        usual.tap(),
                        LIMIT,
                        usual.maxAgeMillis()));
    }

    @BeforeEach
    void makeDesk() throws IOException {
        desk = Files.createDirectory(home.resolve("desk"));
    }

    @AfterEach
    void end() throws Exception {
        bench.close();
    }

    // ---- files on the canvas

    @Test
    void badFilesOnTheCanvas_areEachNamedWithARemedy_andTheGoodOnesGoThrough(FxRobot robot) throws Exception {
        Map<Path, String> bad = new LinkedHashMap<>();
        bad.put(Files.createFile(desk.resolve("empty.txt")), "FILE_EMPTY");
        bad.put(cut(PICTURE, "cut.png"), "");
        bad.put(cut(SOUND, "cut.wav"), "");
        bad.put(Files.copy(PICTURE, desk.resolve("picture.txt")), "FILE_NAME_MISMATCH");
        bad.put(Files.copy(TEXT, desk.resolve("words.png")), "FILE_NAME_MISMATCH");
        bad.put(Files.createDirectory(desk.resolve("folder")), "FOLDER_NO_MATCH");
        Path gone = Files.writeString(desk.resolve("gone.txt"), "Here a moment ago.");
        bad.put(gone, "FILE_MISSING");
        bad.put(sparse("large.txt", LIMIT + 1), "FILE_TOO_LARGE");
        bad.put(Files.createSymbolicLink(desk.resolve("astray.txt"), desk.resolve("nowhere")), "FILE_MISSING");
        bad.put(TEXT.resolve("below-a-file.txt"), "FILE_MISSING");
        List<Path> files = new ArrayList<>(bad.keySet());
        files.addAll(List.of(SOUND, PICTURE, TEXT));

        assertThat(fx(() -> bench.window.drops().handleDrop(files, 60, 20))).isTrue();
        String source = bench.graph().nodes().getFirst().id();
        attach(source, "text.summary", 100);
        attach(source, "image.facts", 220);
        attach(source, "audio.facts", 340);
        Files.delete(gone);
        PipelineGraph before = bench.graph();
        fx(() -> bench.window.actions().run(RunOptions.Reading.ALL));

        RunSnapshot end = bench.awaitEnd(RunStatus.COMPLETED);
        assertThat(end.node(source).map(NodeSnapshot::partsOut).orElseThrow())
                .as("three good ones, two wrongly named, two cut off")
                .isEqualTo(7);
        assertThat(bench.graph()).isEqualTo(before);
        assertThat(bench.model.entries().stream().map(CacheEntry::processor))
                .contains("text.summary", "image.facts", "audio.facts");
        bad.forEach((file, code) -> {
            String name = file.getFileName().toString();
            until(name + " is told", () -> rows(robot).stream().anyMatch(row -> names(row, name)));
            assertThat(rows(robot)).as(name).anySatisfy(row -> {
                assertThat(names(row, name)).isTrue();
                assertThat(row.code()).contains(code);
                assertThat(row.node()).isNotBlank();
                assertThat(row.message()).isNotBlank();
                assertThat(row.remedy()).isNotBlank();
            });
        });
        assertThat(rows(robot))
                .as("nothing is said of good files")
                .noneMatch(row -> List.of(SOUND, PICTURE, TEXT).stream()
                        .anyMatch(good -> row.where().endsWith(", " + good.getFileName())));
        until(
                "the user hears of it",
                () -> bench.notices.stream()
                        .anyMatch(notice -> notice.tone() == Notice.Tone.WARNING
                                && notice.text().contains(end.failures() + " problems")));
    }

    @Test
    void damagedRecordingOnTheCanvas_isNamedWithARemedy(FxRobot robot) throws Exception {
        Path broken = Files.writeString(desk.resolve("broken.parts.jsonl"), "{\"kind\":\n\u0001 no recording\n");
        Path empty = Files.createFile(desk.resolve("empty.parts.jsonl"));
        for (Path recording : List.of(broken, empty)) {
            fx(() -> bench.window.actions().startNew());
            until("the canvas is empty", () -> bench.graph().nodes().isEmpty());
            fx(() -> bench.window.drops().handleDrop(List.of(recording), 60, 20));
            attach(bench.graph().nodes().getFirst().id(), "text.summary", 100);
            fx(() -> bench.window.actions().run(RunOptions.Reading.ALL));
            String name = recording.getFileName().toString();
            until(name + " is told", () -> rows(robot).stream().anyMatch(row -> names(row, name)));
            assertThat(rows(robot)).anySatisfy(row -> {
                assertThat(names(row, name)).isTrue();
                assertThat(row.remedy()).isNotBlank();
            });
            bench.awaitPhase(RunControl.Phase.IDLE);
            // Saved, so that nobody asks what to do about it.
            Path kept = desk.resolve(name + ".partflow.json");
            fx(() -> bench.model.saveAs(kept, () -> {}));
            until("it is saved", () -> !fx(() -> bench.model.dirtyProperty().get()));
        }
    }

    // ---- documents

    @Test
    void whatIsNoPipeline_cannotBeOpened_andTheDocumentBeforeStays() throws Exception {
        work();
        PipelineGraph before = bench.graph();
        List<Path> files = List.of(
                Files.createFile(desk.resolve("empty.partflow.json")),
                Files.copy(PICTURE, desk.resolve("picture.partflow.json")),
                Files.copy(TEXT, desk.resolve("words.partflow.json")),
                Files.writeString(desk.resolve("cut.partflow.json"), cutText(WorkbenchStage.HELLO_HITS)),
                Files.writeString(desk.resolve("list.partflow.json"), "[]"),
                Files.createDirectory(desk.resolve("folder.partflow.json")),
                sparse("large.partflow.json", (64L << 20) + 1),
                Files.createSymbolicLink(desk.resolve("astray.partflow.json"), desk.resolve("nowhere")),
                desk.resolve("missing.partflow.json"),
                TEXT.resolve("below-a-file.partflow.json"));
        for (Path file : files) {
            bench.notices.clear();
            fx(() -> bench.model.open(file, () -> {}));
            String name = file.getFileName().toString();
            until(name + " is told", () -> !bench.notices.isEmpty());
            Notice told = bench.notices.getFirst();
            assertThat(told.tone()).as(name).isEqualTo(Notice.Tone.ERROR);
            assertThat(told.title()).contains(name).doesNotContain("Exception", ": null");
            assertThat(told.text()).as(name).isNotBlank();
            assertThat(bench.graph()).as(name).isEqualTo(before);
            assertThat(fx(() -> bench.model.dirtyProperty().get())).as(name).isTrue();
        }
        fx(() -> bench.model.undo());
        assertThat(bench.graph().nodes()).as("the steps before are kept").isEmpty();
    }

    @Test
    void newerDocument_opensToBeLookedAt_andKeepsItsWarning_untilItIsSavedElsewhere(FxRobot robot) throws Exception {
        String text =
                Files.readString(WorkbenchStage.HELLO_HITS).replaceFirst("\"version\"\\s*:\\s*1", "\"version\": 7");
        Path newer = Files.writeString(desk.resolve("newer.partflow.json"), text);
        byte[] before = Files.readAllBytes(newer);

        fx(() -> bench.model.open(newer, () -> {}));
        until("it is open", () -> bench.graph().name().equals("Hello, hits"));
        until(
                "the user hears of it",
                () -> bench.notices.stream()
                        .anyMatch(notice -> notice.title().contains("newer.partflow.json")
                                && !notice.text().isBlank()));
        fx(() -> bench.model.execute(new AddNode(node("show-more", "sink.viewer", 600))));
        fx(() -> bench.model.undo());
        until(
                "the check is over",
                () -> rows(robot).stream().anyMatch(row -> row.code().equals("NEWER_VERSION")));
        work();
        until(
                "a problem of the graph came to it",
                () -> rows(robot).stream().anyMatch(row -> "lonely".equals(row.node())));
        assertThat(rows(robot)).anySatisfy(row -> {
            assertThat(row.code()).isEqualTo("NEWER_VERSION");
            assertThat(row.where()).contains("newer.partflow.json");
            assertThat(row.remedy()).contains("Save As");
        });

        Path copy = desk.resolve("copy.partflow.json");
        bench.chosen.answers.add(copy);
        fx(() -> bench.window.actions().save());
        until(
                "it is saved elsewhere",
                () -> !fx(() -> bench.model.dirtyProperty().get()));
        until(
                "nothing is newer any more",
                () -> rows(robot).stream().noneMatch(row -> row.code().equals("NEWER_VERSION")));
        assertThat(Files.readAllBytes(newer)).isEqualTo(before);
    }

    @Test
    void unknownProcessor_isNamedByItsNode_andTheRunSaysWhyItDoesNotStart(FxRobot robot) throws Exception {
        String text = Files.readString(WorkbenchStage.HELLO_HITS).replace("model.simulated", "model.of-somebody-else");
        Path file = Files.writeString(desk.resolve("foreign.partflow.json"), text);
        fx(() -> bench.model.open(file, () -> {}));
        until("it is open", () -> bench.graph().name().equals("Hello, hits"));
        String stranger = bench.graph().nodes().stream()
                .filter(each -> each.processor().equals("model.of-somebody-else"))
                .map(PipelineNode::id)
                .findFirst()
                .orElseThrow();
        until("its node is named", () -> rows(robot).stream().anyMatch(row -> stranger.equals(row.node())));
        bench.notices.clear();
        fx(() -> bench.window.actions().run(RunOptions.Reading.ALL));
        until("the run is refused", () -> !bench.notices.isEmpty());
        assertThat(bench.notices.getFirst().title()).contains("model.of-somebody-else");
        assertThat(bench.notices.getFirst().text()).isNotBlank();
        assertThat(rows(robot)).anySatisfy(row -> {
            assertThat(row.node()).isEqualTo(stranger);
            assertThat(row.remedy()).isNotBlank();
        });
        bench.awaitPhase(RunControl.Phase.IDLE);

        Path copy = desk.resolve("copy.partflow.json");
        fx(() -> bench.model.saveAs(copy, () -> {}));
        until("it is saved", () -> Files.exists(copy));
        PipelineDocument.Reading read = bench.model.format().read(copy);
        assertThat(read.graph().node(stranger).orElseThrow())
                .as("nothing of it is lost")
                .isEqualTo(bench.graph().node(stranger).orElseThrow());
    }

    // ---- no permission to write

    @Test
    void placeThatCannotBeWritten_isNamed_andTheDocumentStaysWhereItWas() throws Exception {
        work();
        Path kept = desk.resolve("kept.partflow.json");
        fx(() -> bench.model.saveAs(kept, () -> {}));
        until("it has a file", () -> !fx(() -> bench.model.dirtyProperty().get()));
        byte[] saved = Files.readAllBytes(kept);
        fx(() -> bench.model.execute(new AddNode(node("more", "sink.viewer", 300))));
        String title = bench.title.get();
        for (Path blocked :
                List.of(TEXT.resolve("inside-a-file.partflow.json"), desk.resolve("no/such/folder.partflow.json"))) {
            bench.notices.clear();
            bench.chosen.answers.add(blocked);
            fx(() -> bench.window.actions().saveAs());
            String name = blocked.getFileName().toString();
            until(name + " is told", () -> !bench.notices.isEmpty());
            assertThat(bench.notices).hasSize(1);
            assertThat(bench.notices.getFirst().tone()).isEqualTo(Notice.Tone.ERROR);
            assertThat(bench.notices.getFirst().title()).contains(name).doesNotContain(".tmp");
            assertThat(bench.notices.getFirst().text()).contains("Save As");
            assertThat(fx(() -> bench.model.document().file())).isEqualTo(kept);
            assertThat(bench.title.get()).isEqualTo(title);
            assertThat(fx(() -> bench.model.dirtyProperty().get())).isTrue();
        }
        assertThat(Files.readAllBytes(kept)).isEqualTo(saved);
        until(
                "a crash would not lose it either",
                () -> Files.exists(desk.resolve(".kept.partflow.json.journal"))
                        && Files.readString(desk.resolve(".kept.partflow.json.journal"))
                                .contains("more"));

        fx(() -> bench.window.actions().save());
        until(
                "Save still writes the file it had",
                () -> !fx(() -> bench.model.dirtyProperty().get()));
        assertThat(Files.readString(kept)).contains("more");
    }

    @Test
    void recordingAndStoreThatCannotBeWritten_areNamed_andTheWindowGoesOn(FxRobot robot) throws Exception {
        fx(() -> bench.model.open(WorkbenchStage.HELLO_HITS, () -> {}));
        until("the sample is open", () -> bench.graph().name().equals("Hello, hits"));
        fx(() -> bench.window.shell().speed(Double.POSITIVE_INFINITY));
        Path blocked = TEXT.resolve("inside-a-file.parts.jsonl");
        bench.chosen.answers.add(blocked);
        fx(() -> bench.window.actions().runAndRecord());
        until(
                "it is told",
                () -> rows(robot).stream().anyMatch(row -> names(row, "inside-a-file.parts.jsonl"))
                        || bench.notices.stream()
                                .anyMatch(notice -> notice.title().contains("inside-a-file.parts.jsonl")));
        bench.awaitPhase(RunControl.Phase.IDLE);

        bench.notices.clear();
        fx(() -> bench.window.actions().run(RunOptions.Reading.ALL));
        until(
                "the next run is whole",
                () -> bench.model.run().snapshot().isPresent()
                        && bench.snapshot().status() == RunStatus.COMPLETED
                        && bench.snapshot().cache().requests() == 400);
        bench.awaitPhase(RunControl.Phase.IDLE);

        String store = TEXT.resolve("inside-a-file.db").toString();
        fx(() -> {
            PipelineGraph graph = bench.model.graph();
            List<String> ids = graph.nodes().stream().map(PipelineNode::id).toList();
            bench.model.execute(new ReplaceGraph(
                    graph.withSettings(graph.settings().withStore(store))
                            .mapNodes(
                                    ids,
                                    node -> node.cache() == null
                                            ? node
                                            : node.withCache(node.cache().withTier(CacheSettings.Tier.TIERED))),
                    "keep entries"));
        });
        String before = bench.snapshot().runId();
        fx(() -> bench.window.actions().run(RunOptions.Reading.ALL));
        until("the next run has begun", () -> !bench.snapshot().runId().equals(before));
        RunSnapshot end = bench.awaitEnd(RunStatus.COMPLETED);
        assertThat(end.partsOut()).as("answers come without the store").isEqualTo(400);
        until("the store is told", () -> rows(robot).stream().anyMatch(row -> names(row, "inside-a-file.db")));
        assertThat(rows(robot)).anySatisfy(row -> {
            assertThat(names(row, "inside-a-file.db")).isTrue();
            assertThat(row.remedy()).isNotBlank();
        });
    }

    // ---- what is used above

    private static boolean names(ProblemRow row, String file) {
        return row.where().contains(file) || row.message().contains(file);
    }

    /// The lines of the Problems tab, as its list shows them.
    private List<ProblemRow> rows(FxRobot robot) {
        return fx(() -> {
            bench.window.shell().showProblemsTab();
            return robot
                    .lookup((Node node) -> node instanceof ListView<?> list
                            && list.getItems().stream().allMatch(ProblemRow.class::isInstance)
                            && "list".equals(list.getId()))
                    .queryAllAs(ListView.class)
                    .stream()
                    .flatMap(list -> ((ListView<?>) list).getItems().stream())
                    .map(ProblemRow.class::cast)
                    .toList();
        });
    }

    /// Some unsaved work.
    private void work() {
        fx(() -> bench.model.execute(new AddNode(node("lonely", "text.summary", 80))));
    }

    private PipelineNode node(String id, String processor, double x) {
        return PipelineNode.of(id, bench.model.catalog().descriptor(processor).orElseThrow(), Layout.at(x, 600));
    }

    private void attach(String source, String processor, double y) {
        fx(() -> {
            String id = bench.model.graph().freshId(processor);
            bench.model.execute(new AddNode(PipelineNode.of(
                            id, bench.model.catalog().descriptor(processor).orElseThrow(), Layout.at(560, y))
                    .withCache(CacheSettings.DEFAULT)));
            bench.model.execute(new AddWire(Wire.of(source, "out", id, "in")));
        });
    }

    private Path cut(Path whole, String name) throws IOException {
        byte[] bytes = Files.readAllBytes(whole);
        return Files.write(desk.resolve(name), Arrays.copyOf(bytes, bytes.length / 3));
    }

    private static String cutText(Path whole) throws IOException {
        String text = Files.readString(whole, StandardCharsets.UTF_8);
        return text.substring(0, text.length() / 2);
    }

    private Path sparse(String name, long bytes) throws IOException {
        Path file = desk.resolve(name);
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.setLength(bytes);
        }
        return file;
    }
}

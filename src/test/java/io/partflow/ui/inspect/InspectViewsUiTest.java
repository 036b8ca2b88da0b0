package io.partflow.ui.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.builtin.BuiltinProcessors;
import io.partflow.engine.cache.CacheEntry;
import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.run.RunFailure;
import io.partflow.pipeline.Layout;
import io.partflow.pipeline.PipelineNode;
import io.partflow.pipeline.Problem;
import io.partflow.ui.inspect.entry.EntriesViewModel;
import io.partflow.ui.inspect.entry.EntryActions;
import io.partflow.ui.inspect.entry.EntryInspector;
import io.partflow.ui.inspect.entry.EntryRow;
import io.partflow.ui.inspect.entry.EntryTable;
import io.partflow.ui.inspect.entry.EntryViewModel;
import io.partflow.ui.inspect.node.NodeInspector;
import io.partflow.ui.inspect.node.NodeInspectorViewModel;
import io.partflow.ui.inspect.part.PartViewer;
import io.partflow.ui.inspect.problem.ProblemsView;
import io.partflow.ui.inspect.problem.ProblemsViewModel;
import io.partflow.ui.support.Theme;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InspectViewsUiTest {
    private static final EntryActions NO_ACTIONS = new EntryActions() {
        @Override
        public Optional<CacheEntry> peek(CacheKey key) {
            return InspectSamples.entries(8).stream()
                    .filter(entry -> entry.key().equals(key))
                    .findFirst();
        }

        @Override
        public boolean invalidate(CacheKey key) {
            return true;
        }

        @Override
        public void restore(CacheEntry entry) {}
    };

    private static void draw(String name, Theme theme, double width, double height, Supplier<Parent> view)
            throws Exception {
        Fx.call(() -> {
            Parent made = view.get();
            Fx.keep(
                    Fx.picture(made, theme, width, height),
                    name + "-" + theme.name().toLowerCase(Locale.ROOT));
            return made;
        });
    }

    private static NodeInspectorViewModel inspecting(PipelineNode node) {
        NodeInspectorViewModel model = new NodeInspectorViewModel(BuiltinProcessors.catalog(), command -> {});
        model.show(node);
        return model;
    }

    private static PipelineNode node(String id, String processor) {
        return PipelineNode.of(
                id, BuiltinProcessors.catalog().descriptor(processor).orElseThrow(), Layout.ORIGIN);
    }

    @ParameterizedTest
    @EnumSource
    void nodeInspector_showsFormCacheAndTime(Theme theme) throws Exception {
        draw("inspector-node", theme, 340, 900, () -> {
            NodeInspectorViewModel model = inspecting(node("answer", "model.simulated"));
            model.sample(null, InspectSamples.run(9_888, 4_110, 702, 194), 0);
            NodeInspector view = new NodeInspector(model, spec -> List.of());
            view.applyCss();
            view.layout();
            assertThat(texts(view)).contains("Simulated model", "9,888", "4,110", "702", "612");
            return view;
        });
    }

    @ParameterizedTest
    @EnumSource
    void nodeInspector_marksAWrongValue(Theme theme) throws Exception {
        draw("inspector-error", theme, 340, 600, () -> {
            NodeInspectorViewModel model = inspecting(node("files", "source.files")
                    .withParam("paths", JsonArray.of(JsonValue.of("media/a.png"), JsonValue.of("media/b.wav"))));
            NodeInspector view = new NodeInspector(model, spec -> List.of());
            model.fields().stream()
                    .filter(field -> field.spec().name().equals("pieceBytes"))
                    .forEach(field -> field.textProperty().set("64 GiB"));
            model.showProblems(List.of(Problem.ofNode(
                    "FILE_MISSING",
                    Problem.Severity.WARNING,
                    "files",
                    "paths",
                    "files names media/a.png, which is not there.",
                    "Put the file there, or choose another in Paths.")));
            return view;
        });
    }

    private static String title(String processor, String param) {
        return BuiltinProcessors.catalog()
                .descriptor(processor)
                .flatMap(known -> known.param(param))
                .orElseThrow()
                .title();
    }

    @ParameterizedTest
    @EnumSource
    void nodeInspector_showsNestedProcessorsAsForms(Theme theme) throws Exception {
        draw("inspector-steps", theme, 340, 1_000, () -> {
            NodeInspector view = new NodeInspector(
                    inspecting(node("talk", "prompt.dialogue")
                            .withParam("processor", JsonValue.of("text.summary maxSentences=2"))),
                    spec -> List.of());
            view.applyCss();
            view.layout();
            assertThat(texts(view)).contains(title("text.summary", "maxSentences"));
            return view;
        });
        draw("inspector-nested", theme, 340, 1_000, () -> {
            NodeInspector view = new NodeInspector(
                    inspecting(node("each", "prompt.window")
                            .withParam(
                                    "processor",
                                    JsonValue.of("flow.chain steps=\"text.split,text.summary maxSentences=2\""))),
                    spec -> List.of());
            view.applyCss();
            view.layout();
            assertThat(texts(view))
                    .contains(title("text.split", "by"), title("text.summary", "maxSentences"))
                    .contains(title("flow.chain", "failure"));
            return view;
        });
        draw("inspector-branches", theme, 340, 500, () -> {
            NodeInspector view = new NodeInspector(
                    inspecting(node("work", "flow.parallel")
                            .withParam("branches", JsonArray.of(JsonValue.of("image.facts"), JsonValue.of("no.such")))),
                    spec -> List.of());
            view.applyCss();
            view.layout();
            assertThat(texts(view)).contains(title("image.facts", "colours"));
            return view;
        });
    }

    @ParameterizedTest
    @EnumSource
    void nodeInspector_withoutNode_teaches(Theme theme) throws Exception {
        draw(
                "inspector-empty",
                theme,
                340,
                700,
                () -> new NodeInspector(
                        new NodeInspectorViewModel(BuiltinProcessors.catalog(), command -> {}), spec -> List.of()));
    }

    @ParameterizedTest
    @EnumSource
    void partViewer_showsEveryKind(Theme theme) throws Exception {
        draw("parts", theme, 340, 1000, () -> {
            PartViewer viewer = new PartViewer(Runnable::run, Runnable::run);
            viewer.show(InspectSamples.partsOfEveryKind());
            return viewer;
        });
    }

    @ParameterizedTest
    @EnumSource
    void entryTable_keepsSelection_whenEntriesChange(Theme theme) throws Exception {
        draw("entries", theme, 900, 360, () -> {
            List<CacheEntry> entries = new java.util.ArrayList<>(InspectSamples.entries(40));
            EntriesViewModel model = new EntriesViewModel(
                    () -> List.copyOf(entries),
                    () -> InspectSamples.NOW,
                    id -> id.equals("answer") ? "Simulated model" : "Image facts",
                    Runnable::run,
                    Runnable::run);
            List<EntryRow> selected = new java.util.ArrayList<>();
            EntryTable view = new EntryTable(model, selected::add);
            model.refresh();
            TableView<?> table = (TableView<?>) view.lookup(".table-view");
            table.getSelectionModel().select(5);
            EntryRow chosen = selected.getFirst();
            entries.removeFirst();
            entries.add(InspectSamples.entry(99, 0, 90_000, 1_000));
            model.refresh();
            assertThat(selected).hasSize(1);
            assertThat(table.getSelectionModel().getSelectedItem())
                    .isInstanceOfSatisfying(
                            EntryRow.class,
                            row -> assertThat(row.entry().key())
                                    .isEqualTo(chosen.entry().key()));
            return view;
        });
    }

    @ParameterizedTest
    @EnumSource
    void entryTable_withoutEntries_teaches(Theme theme) throws Exception {
        draw(
                "entries-empty",
                theme,
                900,
                240,
                () -> new EntryTable(
                        new EntriesViewModel(List::of, () -> 0, id -> id, Runnable::run, Runnable::run), row -> {}));
    }

    @ParameterizedTest
    @EnumSource
    void entryInspector_showsFactsAndValue(Theme theme) throws Exception {
        draw("inspector-entry", theme, 340, 560, () -> {
            EntryViewModel model =
                    new EntryViewModel(NO_ACTIONS, () -> InspectSamples.NOW, Runnable::run, Runnable::run, text -> {});
            EntriesViewModel rows = new EntriesViewModel(
                    () -> InspectSamples.entries(8),
                    () -> InspectSamples.NOW,
                    id -> "Simulated model",
                    Runnable::run,
                    Runnable::run);
            rows.refresh();
            model.show(rows.rows().stream()
                    .filter(row -> row.entry().node().equals("answer"))
                    .findFirst()
                    .orElseThrow());
            return new EntryInspector(model, Runnable::run, Runnable::run);
        });
    }

    @ParameterizedTest
    @EnumSource
    void problems_areListedWithRemedy(Theme theme) throws Exception {
        draw("problems", theme, 900, 260, () -> {
            ProblemsViewModel model = new ProblemsViewModel();
            ProblemsView view = new ProblemsView(model, node -> {});
            model.showProblems(List.of(
                    Problem.ofNode(
                            "MISSING_INPUT",
                            Problem.Severity.ERROR,
                            "split",
                            "in",
                            "Nothing is connected to split.in.",
                            "Draw a wire to it from an output that carries text."),
                    Problem.ofNode(
                            "NEWER_PROCESSOR",
                            Problem.Severity.WARNING,
                            "answer",
                            null,
                            "answer was made with version 9 of Simulated model; this workbench has version 1.",
                            "Results may differ; update the workbench to get the same.")));
            model.showFailures(List.of(new RunFailure(
                    "files",
                    RunFailure.Severity.ERROR,
                    new Failure(
                            "IMAGE_DAMAGED",
                            "The image cannot be decoded: its first bytes are damaged.",
                            "Save it again as PNG or JPEG.",
                            "media/broken.png"),
                    12_300_000_000L)));
            return view;
        });
        draw("problems-none", theme, 900, 160, () -> new ProblemsView(new ProblemsViewModel(), node -> {}));
    }

    private static List<String> texts(Parent view) {
        List<String> texts = new java.util.ArrayList<>();
        collect(view, texts);
        return texts;
    }

    private static void collect(Parent parent, List<String> texts) {
        for (javafx.scene.Node child : parent.getChildrenUnmodifiable()) {
            if (child instanceof Label label && label.getText() != null) {
                texts.add(label.getText());
            } else if (child instanceof TextField field) {
                texts.add(field.getText());
            }
            if (child instanceof Parent inner) {
                collect(inner, texts);
            }
        }
        if (parent instanceof javafx.scene.control.ScrollPane pane && pane.getContent() instanceof Parent inner) {
            collect(inner, texts);
        }
    }
}

package io.partflow.app;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.partflow.pipeline.PipelineGraph;
import io.partflow.pipeline.Wire;
import io.partflow.pipeline.edit.AddNode;
import io.partflow.pipeline.edit.AddWire;
import io.partflow.pipeline.edit.EditHistory;
import io.partflow.pipeline.edit.RemoveWires;
import io.partflow.pipeline.edit.RenamePipeline;
import io.partflow.pipeline.edit.SetTitle;
import io.partflow.ui.editor.model.CanvasModel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever the user does to a pipeline is a command in the history: nothing else changes the graph.
class CanvasEditsOnlyByCommandsTest {
    private static final JavaClasses USER_INTERFACE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.partflow.ui", "io.partflow.app");

    @TempDir
    Path home;

    private ModelBench bench;

    @BeforeEach
    void make() {
        bench = new ModelBench(home);
    }

    @AfterEach
    void end() {
        bench.close();
    }

    @Test
    void everyGraphShown_hasARevisionOfItsOwn() {
        WorkbenchModel model = bench.model;
        EditHistory history = model.document().history();
        Map<Long, PipelineGraph> byRevision = new HashMap<>();
        model.graphProperty().subscribe(graph -> {
            assertThat(graph).isSameAs(history.graph());
            assertThat(byRevision.putIfAbsent(history.revision(), graph)).isIn(null, graph);
        });

        CanvasModel canvas = new CanvasModel(model.catalog(), model::execute);
        model.graphProperty().subscribe(canvas::show);
        canvas.edit(new AddNode(bench.node("ask", "source.text", 80)));
        canvas.edit(new AddNode(bench.node("show", "sink.viewer", 300)));
        canvas.edit(new AddWire(Wire.of("ask", "out", "show", "in")));
        canvas.edit(new SetTitle("ask", "Question"));
        canvas.edit(new SetTitle("ask", "Question"));
        canvas.edit(new RemoveWires(Set.of(Wire.of("ask", "out", "show", "in"))));
        canvas.edit(new RenamePipeline("Desk"));
        int shown = byRevision.size();
        assertThat(shown)
                .as("the first graph and one for each edit that changes something")
                .isEqualTo(7);
        assertThat(history.revision()).isEqualTo(6);
        while (history.canUndo()) {
            model.undo();
        }
        assertThat(history.revision()).isZero();
        assertThat(model.graph().nodes()).isEmpty();
        while (history.canRedo()) {
            model.redo();
        }
        assertThat(byRevision)
                .as("undo and redo lead to graphs that were there before")
                .hasSize(shown);
        assertThat(canvas.graph()).isSameAs(model.graph());
    }

    @Test
    void theUserInterface_changesNoGraphByItself() {
        // The model of the canvas reckons with graphs as they would be, to find the commands that lead there.
        noClasses()
                .that()
                .resideOutsideOfPackage("io.partflow.ui.editor.model")
                .should()
                .callMethodWhere(target(owner(equivalentTo(PipelineGraph.class)))
                        .and(target(nameMatching("with[A-Z].*|mapNodes"))))
                .because("an edit that is not a command cannot be undone")
                .check(USER_INTERFACE);
    }

    @Test
    void onlyTheModelOfTheWorkbench_executesCommands() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(WorkbenchModel.class.getName())
                .should()
                .callMethodWhere(
                        target(owner(equivalentTo(EditHistory.class))).and(target(nameMatching("execute|undo|redo"))))
                .because("there is one way to the history")
                .check(USER_INTERFACE);
    }
}

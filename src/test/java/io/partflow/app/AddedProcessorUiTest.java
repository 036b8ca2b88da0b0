package io.partflow.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.builtin.BuiltinProcessors;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.processor.ProcessorCatalog;
import io.partflow.pipeline.PipelineGraph;
import io.partflow.pipeline.edit.EditCommand;
import io.partflow.sample.Shout;
import io.partflow.ui.editor.CanvasView;
import io.partflow.ui.editor.PaletteView;
import io.partflow.ui.editor.model.CanvasModel;
import io.partflow.ui.inspect.node.NodeInspector;
import io.partflow.ui.inspect.node.NodeInspectorViewModel;
import io.partflow.ui.support.Theme;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/// A processor that is one file and one line of registration shows up where the user meets processors.
@ExtendWith(ApplicationExtension.class)
class AddedProcessorUiTest {
    private final ProcessorCatalog catalog = BuiltinProcessors.catalog().plus(Shout.ENTRY);
    private final List<EditCommand> edits = new ArrayList<>();
    private CanvasModel model;
    private NodeInspectorViewModel inspected;
    private NodeInspector form;

    private void execute(EditCommand command) {
        edits.add(command);
        PipelineGraph after = command.apply(model.graph());
        model.show(after);
        inspected.show(after.nodes().isEmpty() ? null : after.nodes().getFirst());
    }

    @Start
    void start(Stage stage) {
        model = new CanvasModel(catalog, this::execute);
        inspected = new NodeInspectorViewModel(catalog, this::execute);
        CanvasView canvas = new CanvasView(model, Runnable::run);
        form = new NodeInspector(inspected, spec -> List.of());
        Scene scene = new Scene(new HBox(new PaletteView(canvas), canvas, form), 1_200, 800);
        Theme.DARK.apply(scene);
        stage.setScene(scene);
        stage.show();
    }

    private Set<String> labels() {
        return form.lookupAll(".label").stream()
                .filter(Label.class::isInstance)
                .map(each -> ((Label) each).getText())
                .collect(Collectors.toSet());
    }

    @Test
    void addedProcessor_isInThePaletteAndItsParametersAreInTheForm(FxRobot robot) {
        // The palette is longer than the window.
        robot.clickOn("#palette-search").write("shout");
        Node row = robot.lookup("#palette-text-shout").query();

        robot.doubleClickOn(row);

        assertThat(model.graph().nodes())
                .singleElement()
                .satisfies(node -> assertThat(node.processor()).isEqualTo("text.shout"));
        Shout.ENTRY.descriptor().params().forEach(spec -> assertThat(labels()).contains(spec.title()));
        TextField marks = form.lookupAll(".text-field").stream()
                .map(TextField.class::cast)
                .filter(field -> field.getText().equals("1"))
                .findFirst()
                .orElseThrow();
        robot.interact(() -> {
            marks.setText("7");
            inspected.commit();
        });
        assertThat(model.graph().nodes().getFirst().params().get("marks")).isEqualTo(JsonValue.of(7));
    }
}

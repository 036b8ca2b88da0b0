package io.partflow.ui.inspect.form;

import io.partflow.ui.support.Icons;
import io.partflow.ui.support.Messages;
import io.partflow.ui.support.Tips;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// The processors of a list, each with its form, with buttons to add and take out. FX thread.
final class StepList extends VBox {
    private final FieldViewModel field;
    private final FileChoice files;

    StepList(FieldViewModel field, FileChoice files) {
        this.field = field;
        this.files = files;
        getStyleClass().add("step-list");
        field.steps().addListener((ListChangeListener<StepForm>) change -> rebuild());
        rebuild();
    }

    private void rebuild() {
        getChildren().setAll(field.steps().stream().map(this::row).toList());
        Button add = new Button(Messages.text("inspect.form.addstep"), Icons.icon("plus", 14));
        add.getStyleClass().addAll("flat", "small");
        add.setOnAction(event -> field.addStep());
        getChildren().add(add);
    }

    private Node row(StepForm form) {
        StepEditor editor = new StepEditor(form, field.title(), files);
        Button remove = new Button(null, Icons.icon("x", 14));
        remove.getStyleClass().add("icon-button");
        Tips.install(remove, Messages.text("inspect.form.removestep"));
        remove.setAccessibleText(Messages.text("inspect.form.removestep"));
        remove.setOnAction(event -> field.removeStep(form));
        HBox.setHgrow(editor.choice(), Priority.ALWAYS);
        HBox line = new HBox(4, editor.choice(), remove);
        line.setAlignment(Pos.CENTER_LEFT);
        return new VBox(line, editor.fields());
    }
}

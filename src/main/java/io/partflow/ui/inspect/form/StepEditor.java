package io.partflow.ui.inspect.form;

import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.ui.support.Messages;
import io.partflow.ui.support.Tips;
import javafx.collections.ListChangeListener;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ListCell;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The choice of a processor inside a parameter, with the fields of the chosen one below. FX thread.
final class StepEditor {
    private final ComboBox<@Nullable ProcessorDescriptor> choice = new ComboBox<>();
    private final VBox fields = new VBox();
    private boolean showing;

    /// @param title what the choice is for
    StepEditor(StepForm form, String title, FileChoice files) {
        choice.getItems().setAll(form.choices());
        choice.setMaxWidth(Double.MAX_VALUE);
        choice.setVisibleRowCount(12);
        choice.setPromptText(Messages.text("inspect.form.nostep"));
        choice.setAccessibleText(title);
        choice.setButtonCell(new Named());
        choice.setCellFactory(list -> new Named());
        fields.getStyleClass().add("step-fields");
        form.chosenProperty().subscribe(this::show);
        choice.valueProperty().subscribe(other -> {
            if (other != null && !showing) {
                form.choose(other);
            }
        });
        Runnable rebuild = () -> {
            fields.getChildren()
                    .setAll(form.fields().stream()
                            .map(field -> new FieldRow(field, files))
                            .toList());
            fields.setVisible(!form.fields().isEmpty());
            fields.setManaged(!form.fields().isEmpty());
        };
        form.fields().addListener((ListChangeListener<FieldViewModel>) change -> rebuild.run());
        rebuild.run();
    }

    /// Where the processor is chosen.
    ComboBox<?> choice() {
        return choice;
    }

    /// The rows of its parameters.
    VBox fields() {
        return fields;
    }

    private void show(@Nullable ProcessorDescriptor chosen) {
        showing = true;
        choice.setValue(chosen);
        showing = false;
    }

    private static final class Named extends ListCell<@Nullable ProcessorDescriptor> {
        @Override
        protected void updateItem(@Nullable ProcessorDescriptor item, boolean empty) {
            super.updateItem(item, empty);
            setText(item == null || empty ? null : item.title());
            if (item != null && !empty) {
                Tips.install(this, item.summary());
            }
        }
    }
}

package io.partflow.ui.inspect.form;

import java.util.Optional;
import javafx.beans.value.ObservableValue;
import org.controlsfx.control.PropertySheet;

/// A field as ControlsFX's property editors want it. FX thread.
final class FieldItem implements PropertySheet.Item {
    private final FieldViewModel field;

    FieldItem(FieldViewModel field) {
        this.field = field;
    }

    @Override
    public Class<?> getType() {
        return field.shape() == FieldViewModel.Shape.FLAG ? Boolean.class : String.class;
    }

    @Override
    public String getCategory() {
        return "";
    }

    @Override
    public String getName() {
        return field.title();
    }

    @Override
    public String getDescription() {
        return field.spec().description();
    }

    @Override
    public Object getValue() {
        return field.shape() == FieldViewModel.Shape.FLAG
                ? (Object) field.flagProperty().get()
                : field.textProperty().get();
    }

    @Override
    public void setValue(Object value) {
        if (value instanceof Boolean on) {
            field.flagProperty().set(on);
            field.commit();
        } else if (value instanceof String word) {
            field.enter(word);
        }
    }

    @Override
    public Optional<ObservableValue<? extends Object>> getObservableValue() {
        return Optional.of(field.shape() == FieldViewModel.Shape.FLAG ? field.flagProperty() : field.textProperty());
    }
}

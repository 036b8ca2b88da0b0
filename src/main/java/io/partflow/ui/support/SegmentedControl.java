package io.partflow.ui.support;

import java.util.List;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.AccessibleRole;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;

/// A row of words of which exactly one is chosen. FX thread.
///
/// @param <T> what is chosen among
public final class SegmentedControl<T> extends HBox {

    private final ObjectProperty<T> chosen;

    /// A control over these values, in this order, with `first` chosen.
    public SegmentedControl(List<T> values, T first, Function<T, String> text) {
        chosen = new SimpleObjectProperty<>(this, "chosen", first);
        getStyleClass().add("segmented");
        ToggleGroup group = new ToggleGroup();
        for (T value : values) {
            ToggleButton button = new ToggleButton(text.apply(value));
            button.setUserData(value);
            button.setToggleGroup(group);
            button.setAccessibleRole(AccessibleRole.RADIO_BUTTON);
            button.setMinWidth(USE_PREF_SIZE);
            button.setSelected(value.equals(first));
            button.setOnAction(event -> {
                // A second press on the chosen word would leave none chosen.
                button.setSelected(true);
                chosen.set(value);
            });
            getChildren().add(button);
        }
        chosen.subscribe(value -> group.getToggles().forEach(toggle -> {
            if (value.equals(toggle.getUserData())) {
                group.selectToggle(toggle);
            }
        }));
        setMinWidth(USE_PREF_SIZE);
    }

    /// The value chosen; never null.
    public ObjectProperty<T> chosenProperty() {
        return chosen;
    }

    /// The value chosen.
    public T getChosen() {
        return chosen.get();
    }

    /// Chooses another of the values.
    public void setChosen(T value) {
        chosen.set(value);
    }
}

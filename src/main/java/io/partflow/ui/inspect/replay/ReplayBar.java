package io.partflow.ui.inspect.replay;

import io.partflow.ui.support.Icons;
import io.partflow.ui.support.Messages;
import io.partflow.ui.support.Tips;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/// The toolbar's transport: to the start, one part on, and a slider over the whole recording. FX thread.
///
/// Gone while the pipeline replays nothing. With the slider focused: arrows move, Home and End go to the ends, Space
/// plays or holds, `[` and `]` go to the miss before and behind.
public final class ReplayBar extends HBox {
    private static final double SLIDER_WIDTH = 88;
    private static final double NARROW_SLIDER_WIDTH = 64;
    private static final double ROOM_FOR_WIDE = 1_360;
    private static final double ROOM_FOR_SLIDER = 1_280;

    private final ReplayViewModel model;
    private final Slider slider = new Slider();

    public ReplayBar(ReplayViewModel model) {
        this.model = model;
        getStyleClass().add("replay-bar");
        setAlignment(Pos.CENTER_LEFT);
        Button start = button("skip-back", "inspect.replay.start");
        start.setOnAction(event -> model.goToStart());
        start.managedProperty().bind(start.visibleProperty());
        // Home on the slider goes there too.
        sceneWidth().subscribe(width -> start.setVisible(hasRoom(width, ROOM_FOR_WIDE)));
        Button step = button("skip-forward", "inspect.replay.step");
        step.setOnAction(event -> model.step());
        Label time = new Label();
        time.getStyleClass().addAll("mono", "muted");
        time.setMinWidth(Region.USE_PREF_SIZE);
        time.textProperty().bind(model.textProperty());
        fillSlider();
        getChildren().setAll(start, step, slider, time);
        visibleProperty().bind(model.availableProperty());
        managedProperty().bind(visibleProperty());
        setMinWidth(Region.USE_PREF_SIZE);
    }

    private void fillSlider() {
        slider.managedProperty().bind(slider.visibleProperty());
        // In a small window the steps and the place matter more.
        sceneWidth().subscribe(width -> {
            slider.setVisible(hasRoom(width, ROOM_FOR_SLIDER));
            double length = hasRoom(width, ROOM_FOR_WIDE) ? SLIDER_WIDTH : NARROW_SLIDER_WIDTH;
            slider.setMinWidth(length);
            slider.setPrefWidth(length);
            slider.setMaxWidth(length);
        });
        slider.maxProperty().bind(model.durationProperty());
        slider.valueProperty().bindBidirectional(model.positionProperty());
        Tips.install(slider, Messages.text("inspect.replay.slider.tip"));
        slider.accessibleTextProperty().bind(model.summaryProperty());
        // From the press on, not only while the thumb moves: a sample in between would take it out of the hand.
        slider.addEventFilter(MouseEvent.MOUSE_PRESSED, event -> model.hold());
        slider.addEventHandler(MouseEvent.MOUSE_RELEASED, event -> model.letGo());
        slider.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
    }

    private ObservableValue<Number> sceneWidth() {
        return sceneProperty().flatMap(Scene::widthProperty);
    }

    private static boolean hasRoom(@Nullable Number width, double needed) {
        return width == null || width.doubleValue() >= needed;
    }

    private void key(KeyEvent event) {
        if (event.isShortcutDown() || event.isAltDown()) {
            return;
        }
        Runnable action = switch (event.getCode()) {
            case HOME -> model::goToStart;
            case END -> model::goToEnd;
            case LEFT -> model::back;
            case RIGHT -> model::forward;
            case SPACE -> model::togglePlay;
            case OPEN_BRACKET -> model::previousMiss;
            case CLOSE_BRACKET -> model::nextMiss;
            default -> null;
        };
        if (action != null) {
            action.run();
            event.consume();
        }
    }

    private static Button button(String icon, String key) {
        Node graphic = Icons.icon(icon, 16);
        Button button = new Button(null, graphic);
        button.getStyleClass().add("icon-button");
        button.setAccessibleText(Messages.text(key));
        Tips.install(button, Messages.text(key + ".tip"));
        return button;
    }
}

package io.partflow.ui.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javafx.collections.FXCollections;
import javafx.css.CssParser;
import javafx.css.PseudoClass;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Slider;
import javafx.scene.control.Spinner;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;
import javafx.stage.Stage;
import org.controlsfx.control.PropertySheet;
import org.controlsfx.control.StatusBar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

@ExtendWith(ApplicationExtension.class)
class ThemeUiTest {

    private Stage stage;
    private Button small;
    private Button normal;
    private TextField field;
    private HBox toolbar;

    @Start
    void start(Stage shown) {
        stage = shown;
        normal = new Button("Run", Icons.icon("playf", 14));
        normal.getStyleClass().add("primary");
        small = new Button("Small", Icons.icon("trash-2", 12));
        small.getStyleClass().add("small");
        field = new TextField("90");
        toolbar = new HBox(normal, small, new SegmentedControl<>(List.of("Build", "Tune"), "Build", word -> word));
        toolbar.getStyleClass().add("toolbar");
        HitRing ring = new HitRing(20);
        ring.setHitRatio(0.7);
        VBox marks = new VBox(ring, new BudgetMeter(48));
        for (Badge badge : Badge.values()) {
            marks.getChildren().add(badge.label());
        }
        for (PortGlyph glyph : PortGlyph.values()) {
            marks.getChildren().add(glyph.node(12));
        }
        TableView<String> table = new TableView<>(FXCollections.observableArrayList("a", "b"));
        table.getColumns().add(new TableColumn<>("Key"));
        TabPane tabs = new TabPane(new Tab("Charts", new Label("content")), new Tab("Entries"));
        TreeView<String> tree = new TreeView<>(new TreeItem<>("Sources"));
        VBox fields = new VBox(
                field,
                new TextArea(),
                new ComboBox<>(FXCollections.observableArrayList("LRU")),
                new Spinner<Integer>(0, 9, 1),
                new Slider(),
                new CheckBox("On"),
                new ToggleButton("Toggle"),
                new MenuButton("Menu", Icons.icon("menu", 16), new MenuItem("Open")),
                new PropertySheet(),
                new StatusBar());
        SplitPane halves = new SplitPane(new ScrollPane(fields), new VBox(marks, table, tabs, tree));
        Scene scene = new Scene(new VBox(toolbar, halves), 900, 700);
        Theme.DARK.apply(scene);
        stage.setScene(scene);
        stage.show();
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void stylesheets_ofEachTheme_areReadWithoutErrors(Theme theme) throws Exception {
        for (String sheet : theme.stylesheets()) {
            CssParser.errorsProperty().clear();
            new CssParser().parse(URI.create(sheet).toURL());
            assertEquals(List.of(), List.copyOf(CssParser.errorsProperty()), sheet);
        }
    }

    @Test
    void controls_inBothThemes_findEveryLookUp(FxRobot robot) {
        List<String> complaints = new CopyOnWriteArrayList<>();
        Handler listener = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                complaints.add(String.valueOf(entry.getMessage()));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger css = Logger.getLogger("javafx.css");
        css.addHandler(listener);
        try {
            for (Theme theme : List.of(Theme.LIGHT, Theme.DARK)) {
                robot.interact(() -> theme.apply(stage.getScene()));
                robot.interact(() -> field.pseudoClassStateChanged(PseudoClass.getPseudoClass("danger"), true));
                WaitForAsyncUtils.waitForFxEvents();
            }
            assertEquals(List.of(), complaints);
        } finally {
            css.removeHandler(listener);
        }
    }

    @Test
    void measures_ofControls_asDesigned() {
        assertEquals(28, normal.getHeight());
        assertEquals(24, small.getHeight());
        assertEquals(28, field.getHeight());
        assertEquals(40, toolbar.getHeight());
    }

    @Test
    void theme_appliedEverywhere_dressesWindowsThatOpenLater(FxRobot robot) {
        Stage[] second = new Stage[1];
        robot.interact(() -> {
            Theme.LIGHT.applyEverywhere();
            second[0] = new Stage();
            second[0].initOwner(stage);
            second[0].setScene(new Scene(new VBox(new Label("Dialog")), 100, 100));
            second[0].show();
        });
        assertEquals(Theme.LIGHT, Theme.current());
        assertTrue(second[0].getScene().getStylesheets().containsAll(Theme.LIGHT.stylesheets()));
        assertEquals(
                Color.web("#2160D6"),
                normal.getBackground().getFills().getFirst().getFill());
        robot.interact(() -> {
            second[0].close();
            Theme.DARK.applyEverywhere();
        });
        assertEquals(
                Color.web("#2F6BE0"),
                normal.getBackground().getFills().getFirst().getFill());
    }

    @Test
    void icons_ofFeatherAndOurs_existByName() {
        for (String name : List.of("folder", "search", "blocked", "wave", "braces", "pin", "join", "playf", "pausef")) {
            assertTrue(Icons.exists(name), name);
        }
        assertTrue(!Icons.exists("no-such-icon"));
    }
}

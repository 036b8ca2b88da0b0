package io.partflow.app;

import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.controlsfx.control.MasterDetailPane;
import org.jspecify.annotations.Nullable;

/// How palette, canvas, dock and inspector share the window. FX thread.
final class ShellPanes {
    /// What the panes are arranged for.
    enum Workspace {
        BUILD,
        OBSERVE,
        TUNE
    }

    /// What can be hidden.
    enum Pane {
        PALETTE,
        DOCK,
        INSPECTOR
    }

    /// The panes themselves.
    record Sides(Node palette, Node canvas, Node dock, TabPane inspector) {}

    private static final double OBSERVE_LEFT = 0.39;
    private static final double OBSERVE_CANVAS = 0.5;
    private static final double MEDIUM = 1_360;
    private static final double NARROW = 1_080;
    private static final double TOOLBAR_AND_STATUS = 64;

    private final Region root;
    private final SplitPane columns;
    private final MasterDetailPane middle;
    private final Sides sides;
    private final Tab chartsTab;
    private final SplitPane observeLeft = new SplitPane();
    private Workspace shown = Workspace.BUILD;
    private boolean empty;
    private Node dockCharts = new StackPane();
    private Later allCharts = new Later(StackPane::new);
    private Later sideCharts = new Later(StackPane::new);
    private Later tune = new Later(StackPane::new);

    /// @param root all of the window's content
    /// @param columns takes the panes side by side
    /// @param middle takes canvas and dock
    ShellPanes(Region root, SplitPane columns, MasterDetailPane middle, Sides sides, Tab chartsTab) {
        this.root = root;
        this.columns = columns;
        this.middle = middle;
        this.sides = sides;
        this.chartsTab = chartsTab;
        observeLeft.setOrientation(Orientation.VERTICAL);
    }

    /// @param inDock the charts below the canvas
    /// @param all makes all charts, for Observe
    /// @param side makes what stands below the canvas there
    void charts(Node inDock, Supplier<Node> all, Supplier<Node> side) {
        dockCharts = inDock;
        allCharts = new Later(all);
        sideCharts = new Later(side);
        chartsTab.setContent(inDock);
    }

    /// @param all makes what stands in Tune
    void tune(Supplier<Node> all) {
        tune = new Later(all);
    }

    void arrange(Workspace wanted) {
        shown = wanted;
        // A node can stand in one place only, so everything is taken out before it is put elsewhere.
        columns.getItems().clear();
        middle.setMasterNode(new StackPane());
        middle.setDetailNode(new StackPane());
        switch (wanted) {
            case BUILD -> {
                if (!observeLeft.getItems().isEmpty()) {
                    observeLeft.getItems().set(0, new StackPane());
                }
                chartsTab.setContent(dockCharts);
                middle.setMasterNode(sides.canvas());
                middle.setDetailNode(sides.dock());
                columns.getItems().setAll(sides.palette(), middle, sides.inspector());
            }
            case OBSERVE -> {
                chartsTab.setContent(allCharts.get());
                observeLeft.getItems().setAll(sides.canvas(), sideCharts.get());
                columns.getItems().setAll(observeLeft, sides.dock());
                chartsTab.getTabPane().getSelectionModel().select(chartsTab);
            }
            case TUNE -> columns.getItems().setAll(tune.get());
        }
        reset();
    }

    /// An empty pipeline has much to say on its canvas and nothing in its charts.
    void showEmptiness(boolean nothingThere) {
        if (nothingThere != empty) {
            empty = nothingThere;
            if (root.getWidth() > 0 && shown == Workspace.BUILD) {
                layOutDock();
            }
        }
    }

    /// Gives every pane its own width again.
    void reset() {
        if (root.getWidth() == 0) {
            resetWhenShown();
            return;
        }
        double width = root.getWidth();
        if (shown == Workspace.BUILD) {
            double inspectorWidth = width < MEDIUM ? 300 : 340;
            double paletteWidth = width < NARROW ? 184 : width < MEDIUM ? 208 : 240;
            boolean left = columns.getItems().contains(sides.palette());
            boolean right = columns.getItems().contains(sides.inspector());
            if (left) {
                columns.setDividerPosition(0, paletteWidth / width);
            }
            if (right) {
                columns.setDividerPosition(left ? 1 : 0, 1 - inspectorWidth / width);
            }
            layOutDock();
        } else if (shown == Workspace.OBSERVE) {
            columns.setDividerPositions(OBSERVE_LEFT);
            observeLeft.setDividerPositions(OBSERVE_CANVAS);
        }
    }

    private void layOutDock() {
        double height = Math.max(root.getHeight() - TOOLBAR_AND_STATUS, 1);
        double dock = empty ? Math.clamp(height * 0.2, 120, 160) : Math.min(292, height * 0.42);
        middle.setDividerPosition(1 - dock / height);
    }

    private void resetWhenShown() {
        root.widthProperty().subscribe(new java.util.function.Consumer<>() {
            private boolean done;

            @Override
            public void accept(Number known) {
                if (!done && known.doubleValue() > 0) {
                    done = true;
                    Platform.runLater(ShellPanes.this::reset);
                }
            }
        });
    }

    /// Hides a pane, or shows it again.
    void toggle(Pane pane) {
        switch (pane) {
            case PALETTE -> toggle(sides.palette(), 0);
            case DOCK -> middle.setShowDetailNode(!middle.isShowDetailNode());
            case INSPECTOR -> toggle(sides.inspector(), columns.getItems().size());
        }
    }

    private void toggle(Node side, int place) {
        if (shown == Workspace.BUILD && !columns.getItems().remove(side)) {
            columns.getItems().add(place, side);
            reset();
        }
    }

    /// A node that is made when it is first needed.
    private static final class Later {
        private final Supplier<? extends Node> maker;
        private @Nullable Node made;

        Later(Supplier<? extends Node> maker) {
            this.maker = maker;
        }

        Node get() {
            Node known = made;
            if (known == null) {
                known = maker.get();
                made = known;
            }
            return known;
        }
    }
}

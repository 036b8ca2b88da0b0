package io.partflow.ui.editor;

import io.partflow.pipeline.PipelineNode;
import io.partflow.pipeline.Wire;
import io.partflow.ui.editor.model.WireCurve;
import io.partflow.ui.support.Icons;
import io.partflow.ui.support.Messages;
import io.partflow.ui.support.Tips;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.fxml.FXMLLoader;
import javafx.geometry.Rectangle2D;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.shape.CubicCurve;
import javafx.scene.shape.Rectangle;

/// What an empty canvas shows: a sentence, a place to drop files, and samples to run.
public final class EmptyState extends StackPane {
    private static final PseudoClass DROP = PseudoClass.getPseudoClass("drop");
    private static final PseudoClass LOW = PseudoClass.getPseudoClass("low");
    /// On a canvas lower than this the pictures of the samples go, so that nothing is cut off.
    private static final double HIGH = 500;

    private static final double DROP_HEIGHT = 148;
    private static final double LOW_DROP_HEIGHT = 116;
    private static final double CARD_WIDTH = 200;
    private static final double CARD_GAP = 20;
    private static final double SIDES = 32;
    private static final double PICTURE_WIDTH = 184;
    private static final double PICTURE_HEIGHT = 72;

    @FXML
    private VBox dropZone;

    @FXML
    private Button choose;

    @FXML
    private HBox cards;

    @FXML
    private Label samplesTitle;

    @FXML
    private StackPane dropPlace;

    private final BooleanProperty low = new SimpleBooleanProperty(this, "low", false);
    private List<SampleCard> samples = List.of();
    private Runnable onChooseFiles = () -> {};
    private Consumer<SampleCard> onRunSample = sample -> {};

    EmptyState() {
        setId("empty-state");
        getStyleClass().add("empty-state");
        setPickOnBounds(false);
        setVisible(false);
        visibleProperty().subscribe(this::buildWhenSeen);
        sceneProperty().subscribe(this::buildWhenSeen);
    }

    private void buildWhenSeen() {
        if (isVisible() && getScene() != null && getChildren().isEmpty()) {
            build();
        }
    }

    /// Most starts show a pipeline and never come here.
    private void build() {
        FXMLLoader loader = new FXMLLoader(EmptyState.class.getResource("empty-state.fxml"), Messages.bundle());
        loader.setRoot(this);
        loader.setController(this);
        try {
            loader.load();
        } catch (IOException failure) {
            throw new UncheckedIOException("The empty canvas cannot be built", failure);
        }
        showSamples();
        low.bind(heightProperty().lessThan(HIGH));
        low.subscribe(isLow -> {
            pseudoClassStateChanged(LOW, isLow);
            dropPlace.setMinHeight(isLow ? LOW_DROP_HEIGHT : DROP_HEIGHT);
            dropPlace.setPrefHeight(isLow ? LOW_DROP_HEIGHT : DROP_HEIGHT);
        });
    }

    @FXML
    private void initialize() {
        choose.setGraphic(Icons.icon("folder", 14));
        dropZone.getChildren().addFirst(Icons.icon("download", 28, "accent-icon"));
    }

    /// What "Choose files" does.
    public void setOnChooseFiles(Runnable action) {
        onChooseFiles = action;
    }

    /// What the button of a sample does.
    public void setOnRunSample(Consumer<SampleCard> action) {
        onRunSample = action;
    }

    /// The samples to show, three at most; more are in the palette.
    public void setSamples(List<SampleCard> samples) {
        this.samples = List.copyOf(samples);
        if (!getChildren().isEmpty()) {
            showSamples();
        }
    }

    private void showSamples() {
        samplesTitle.setVisible(!samples.isEmpty());
        List<VBox> made = samples.stream().limit(3).map(this::card).toList();
        for (int i = 0; i < made.size(); i++) {
            // A card that would be cut off at the right is left to the palette, which lists all.
            double needed = (i + 1) * CARD_WIDTH + i * CARD_GAP + SIDES;
            VBox card = Objects.requireNonNull(made.get(i));
            card.visibleProperty().bind(widthProperty().greaterThanOrEqualTo(needed));
            card.managedProperty().bind(card.visibleProperty());
        }
        cards.getChildren().setAll(made);
        if (!made.isEmpty()) {
            made.getFirst().lookup(".button").getStyleClass().add("primary");
        }
    }

    /// Lights the place for files up while some are dragged over the canvas.
    void setDropTarget(boolean on) {
        if (!getChildren().isEmpty()) {
            dropZone.pseudoClassStateChanged(DROP, on);
        }
    }

    @FXML
    private void chooseFiles() {
        onChooseFiles.run();
    }

    private VBox card(SampleCard sample) {
        Label title = new Label(sample.title());
        title.getStyleClass().add("section-title");
        Label summary = new Label(sample.summary());
        summary.getStyleClass().add("secondary");
        summary.setWrapText(true);
        summary.setMinHeight(52);
        summary.setMaxHeight(52);
        summary.setMaxWidth(PICTURE_WIDTH - 8);
        Button run = new Button(Messages.text("editor.empty.run"), Icons.icon("playf", 12));
        run.getStyleClass().add("small");
        run.setId("run-sample-" + sample.id());
        run.setOnAction(pressed -> onRunSample.accept(sample));
        // The button stays whole: without its word nobody knows what it does.
        run.setMinWidth(USE_PREF_SIZE);
        Label duration = new Label(sample.duration());
        Tips.install(duration, sample.duration());
        duration.getStyleClass().add("secondary");
        HBox foot = new HBox(8, run, duration);
        foot.getStyleClass().add("sample-foot");
        VBox words = new VBox(2, title, summary, foot);
        words.getStyleClass().add("sample-words");
        Pane picture = picture(sample);
        picture.visibleProperty().bind(low.not());
        picture.managedProperty().bind(picture.visibleProperty());
        VBox card = new VBox(picture, words);
        card.getStyleClass().add("sample-card");
        return card;
    }

    /// The sample's nodes as small boxes, joined by its wires.
    private static Pane picture(SampleCard sample) {
        Pane picture = new Pane();
        picture.getStyleClass().add("sample-picture");
        picture.setMinSize(PICTURE_WIDTH, PICTURE_HEIGHT);
        picture.setMaxSize(PICTURE_WIDTH, PICTURE_HEIGHT);
        List<PipelineNode> nodes = sample.graph().nodes();
        double left =
                nodes.stream().mapToDouble(node -> node.layout().x()).min().orElse(0);
        double right =
                nodes.stream().mapToDouble(node -> node.layout().x()).max().orElse(0);
        double top = nodes.stream().mapToDouble(node -> node.layout().y()).min().orElse(0);
        double bottom =
                nodes.stream().mapToDouble(node -> node.layout().y()).max().orElse(0);
        double across = (PICTURE_WIDTH - 24 - 27) / Math.max(1, right - left);
        double down = Math.min((PICTURE_HEIGHT - 8 - 19) / Math.max(1, bottom - top), across);
        double above = (PICTURE_HEIGHT - 19 - (bottom - top) * down) / 2;
        Map<String, Rectangle2D> boxes = new HashMap<>();
        for (PipelineNode node : nodes) {
            double x = Math.rint(12 + (node.layout().x() - left) * across);
            double y = Math.rint(above + (node.layout().y() - top) * down);
            boxes.put(node.id(), new Rectangle2D(x, y, 27, 19));
        }
        for (Wire wire : sample.graph().wires()) {
            Rectangle2D from = boxes.get(wire.from().node());
            Rectangle2D to = boxes.get(wire.to().node());
            if (from != null && to != null) {
                WireCurve curve = new WireCurve(from.getMaxX(), from.getMinY() + 10, to.getMinX(), to.getMinY() + 10);
                CubicCurve line = new CubicCurve(
                        curve.fromX(),
                        curve.fromY(),
                        curve.fromX() + 14,
                        curve.fromY(),
                        curve.toX() - 14,
                        curve.toY(),
                        curve.toX(),
                        curve.toY());
                line.getStyleClass().addAll("sample-wire", "wire-text");
                picture.getChildren().add(line);
            }
        }
        boxes.values().forEach(box -> {
            Rectangle rectangle = new Rectangle(box.getMinX() + 0.5, box.getMinY() + 0.5, 27, 19);
            rectangle.setArcWidth(8);
            rectangle.setArcHeight(8);
            rectangle.getStyleClass().add("sample-box");
            picture.getChildren().add(rectangle);
        });
        return picture;
    }
}

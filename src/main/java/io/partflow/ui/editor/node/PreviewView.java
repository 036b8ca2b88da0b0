package io.partflow.ui.editor.node;

import io.partflow.engine.processor.PromptSnapshot;
import io.partflow.ui.editor.model.NodeMeasures;
import io.partflow.ui.editor.model.Preview;
import io.partflow.ui.editor.model.Waveform;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Messages;
import java.util.List;
import javafx.geometry.Pos;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;
import org.jspecify.annotations.Nullable;

/// The well of a node that shows its last part: text, picture, waveform, or the strip of a rolling prompt.
public final class PreviewView extends Pane {
    private static final double LINE = 16;
    private static final double PAD_X = 6;
    private static final double PAD_Y = 4;
    private static final double CORNER = 8;

    private final PreviewLoader loader;
    private final Rectangle corners = new Rectangle();
    private @Nullable Preview shown;
    private double shownHeight;

    PreviewView(PreviewLoader loader) {
        this.loader = loader;
        getStyleClass().add("node-well");
        corners.setArcWidth(CORNER);
        corners.setArcHeight(CORNER);
        corners.widthProperty().bind(widthProperty());
        corners.heightProperty().bind(heightProperty());
        setClip(corners);
        setMouseTransparent(true);
    }

    /// Shows a preview in a well of the given height.
    public void show(Preview preview, double height) {
        if (preview.equals(shown) && height == shownHeight) {
            return;
        }
        shown = preview;
        shownHeight = height;
        switch (preview) {
            case Preview.Settings settings -> lines(settings.lines(), "node-well-muted");
            case Preview.Purpose purpose -> flow(purpose.sentence(), "node-well-muted");
            case Preview.Facts facts -> lines(List.of(facts.mimeType(), facts.size()), "node-well-text");
            case Preview.Flow flow -> flow(flow.text(), "node-well-text");
            case Preview.Prompt prompt -> prompt(prompt.prompt());
            case Preview.Picture picture ->
                loader.picture(picture.part(), image -> {
                    if (preview == shown) {
                        picture(image, picture.part().mimeType());
                    }
                });
            case Preview.Wave wave ->
                loader.wave(wave.part(), outline -> {
                    if (preview == shown) {
                        wave(outline, wave);
                    }
                });
        }
    }

    private double inner() {
        return NodeMeasures.WIDTH - 2 * NodeMeasures.INSET;
    }

    private void lines(List<String> lines, String style) {
        int room = (int) Math.max(1, (shownHeight - 2 * PAD_Y + 4) / LINE);
        Label[] labels = new Label[Math.min(room, lines.size())];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = label(lines.get(i), style, PAD_X, PAD_Y + i * LINE, inner() - 2 * PAD_X, LINE);
        }
        getChildren().setAll(labels);
    }

    private void flow(String text, String style) {
        double height = Math.max(LINE, Math.min(3 * LINE, shownHeight - 2 * PAD_Y));
        Label label = label(text, style, PAD_X, PAD_Y, inner() - 2 * PAD_X, height);
        label.setWrapText(true);
        label.setAlignment(Pos.TOP_LEFT);
        getChildren().setAll(label);
    }

    private void picture(Image image, String mimeType) {
        if (image.isError() || image.getWidth() <= 0) {
            lines(List.of(mimeType), "node-well-text");
            return;
        }
        double width = inner();
        double height = Math.max(shownHeight, NodeMeasures.TEXT_WELL);
        ImageView view = new ImageView(image);
        view.setSmooth(true);
        double shape = image.getWidth() / image.getHeight();
        double wanted = width / height;
        if (shape > 1.2 && shape < 3) {
            // Fills the well, cut at the longer sides: nothing that matters lies there in an ordinary photograph.
            double w = Math.min(image.getWidth(), image.getHeight() * wanted);
            double h = Math.min(image.getHeight(), image.getWidth() / wanted);
            view.setViewport(new Rectangle2D((image.getWidth() - w) / 2, (image.getHeight() - h) / 2, w, h));
            view.setFitWidth(width);
            view.setFitHeight(height);
        } else {
            view.setPreserveRatio(true);
            view.setFitWidth(width);
            view.setFitHeight(height);
            double drawn = Math.min(width, height * shape);
            view.setLayoutX((width - drawn) / 2);
            view.setLayoutY((height - drawn / shape) / 2);
        }
        getChildren().setAll(view);
    }

    private void wave(Waveform outline, Preview.Wave wave) {
        if (!outline.isKnown()) {
            lines(List.of(wave.part().mimeType(), Formats.bytes(wave.part().sizeBytes())), "node-well-text");
            return;
        }
        double middle = Math.max(shownHeight, NodeMeasures.WAVE_WELL) / 2;
        Node[] bars = new Node[Waveform.COLUMNS - 4];
        for (int i = 0; i < bars.length; i++) {
            double peak = outline.peak(i * Waveform.COLUMNS / bars.length);
            double half = Math.max(1, peak * 12);
            Rectangle bar = new Rectangle(PAD_X + i * 3, middle - half, 2, 2 * half);
            bar.setArcWidth(2);
            bar.setArcHeight(2);
            bar.getStyleClass().add(peak > 0.08 ? "wave-bar" : "wave-rest");
            bars[i] = bar;
        }
        getChildren().setAll(bars);
    }

    private void prompt(PromptSnapshot prompt) {
        double width = inner() - 2 * PAD_X;
        double all = Math.max(1, Math.max(prompt.tokensBefore(), prompt.tokensAfter()));
        double shared = Math.min(prompt.sharedPrefixTokens(), prompt.tokensAfter());
        double a = width * shared / all;
        double b = width * (prompt.tokensAfter() - shared) / all;
        Region kept = bar("prompt-shared", PAD_X, a);
        Region fresh = bar("prompt-fresh", PAD_X + a + (a > 0 ? 2 : 0), Math.max(0, b - 2));
        Region gone = bar("prompt-gone", PAD_X + a + b + 2, Math.max(0, width - a - b - 2));
        long dropped = Math.max(0, prompt.tokensBefore() - prompt.tokensAfter());
        getChildren()
                .setAll(
                        kept,
                        fresh,
                        gone,
                        label(Messages.text("editor.prompt.now"), "node-well-text", PAD_X, 20, 60, LINE),
                        right(
                                Messages.text("editor.prompt.tokens", Formats.count(prompt.tokensAfter())),
                                20,
                                "node-well-text"),
                        label(Messages.text("editor.prompt.dropped"), "node-well-muted", PAD_X, 36, 60, LINE),
                        right(Messages.text("editor.prompt.tokens", Formats.count(dropped)), 36, "node-well-muted"));
    }

    private static Region bar(String style, double x, double width) {
        Region bar = new Region();
        bar.getStyleClass().add(style);
        bar.resizeRelocate(x, PAD_X, width, 10);
        bar.setManaged(false);
        bar.setVisible(width > 1);
        return bar;
    }

    private Label right(String text, double y, String style) {
        Label label = label(text, style, PAD_X + 46, y, inner() - 2 * PAD_X - 46, LINE);
        label.setAlignment(Pos.CENTER_RIGHT);
        return label;
    }

    private static Label label(String text, String style, double x, double y, double width, double height) {
        Label label = new Label(text);
        label.getStyleClass().add(style);
        label.setManaged(false);
        label.resizeRelocate(x, y, width, height);
        return label;
    }
}

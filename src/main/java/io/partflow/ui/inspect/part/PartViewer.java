package io.partflow.ui.inspect.part;

import io.partflow.engine.content.Part;
import io.partflow.engine.content.TextBody;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Icons;
import io.partflow.ui.support.Messages;
import io.partflow.ui.support.PortGlyph;
import io.partflow.ui.support.UprightImage;
import java.util.List;
import java.util.concurrent.Executor;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;
import org.jspecify.annotations.Nullable;

/// Shows parts one below the other: text, JSON, pictures, sound as a waveform, and bytes of everything else. FX
/// thread.
///
/// Reading and decoding happen on an executor; what is no longer wanted when it is done is dropped. Long texts are
/// shown in pieces on wish.
public final class PartViewer extends VBox {
    private static final int MOST_PARTS = 50;
    private static final double PICTURE_SIDE = 560;
    private static final double PICTURE_HEIGHT = 280;
    private static final double WAVE_HEIGHT = 56;

    private final Executor background;
    private final Executor fx;
    private List<Part> shown = List.of();
    private long generation;

    /// @param background where parts are read and decoded
    /// @param fx leads back to the thread of the views
    public PartViewer(Executor background, Executor fx) {
        this.background = background;
        this.fx = fx;
        getStyleClass().add("part-list");
    }

    /// Shows other parts; the same ones again change nothing.
    public void show(List<Part> parts) {
        if (parts.equals(shown) && !getChildren().isEmpty()) {
            return;
        }
        shown = List.copyOf(parts);
        generation++;
        getChildren().clear();
        shown.stream().limit(MOST_PARTS).forEach(part -> getChildren().add(card(part)));
        if (shown.size() > MOST_PARTS) {
            getChildren()
                    .add(caption(Messages.text("inspect.part.moreparts", Formats.count(shown.size() - MOST_PARTS))));
        }
        if (shown.isEmpty()) {
            getChildren().add(caption(Messages.text("inspect.part.none")));
        }
    }

    private Node card(Part part) {
        VBox card = new VBox();
        card.getStyleClass().add("part-card");
        StackPane body = new StackPane();
        body.setAlignment(javafx.geometry.Pos.TOP_LEFT);
        card.getChildren().addAll(head(part), body);
        if (!part.metadata().isEmpty()) {
            Label metadata = text(PrettyJson.of(part.metadata()), true);
            metadata.getStyleClass().add("muted");
            metadata.setMaxHeight(120);
            card.getChildren().add(metadata);
        }
        load(part, body, PartPreviews.TEXT_CHARS);
        return card;
    }

    private static Node head(Part part) {
        StringBuilder words = new StringBuilder(part.mimeType());
        if (!part.role().isEmpty()) {
            words.append(Messages.text("inspect.part.role", part.role()));
        }
        if (!part.substream().isEmpty()) {
            words.append(Messages.text("inspect.part.substream", part.substream()));
        }
        words.append(", ").append(Formats.bytes(part.sizeBytes()));
        Label label = new Label(words.toString());
        label.getStyleClass().add("caption");
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox head = new HBox(PortGlyph.ofMimeType(part.mimeType()).node(12), label, gap);
        head.getStyleClass().add("part-head");
        if (part.body() instanceof TextBody text) {
            Button copy = new Button(null, Icons.icon("copy", 12));
            copy.getStyleClass().addAll("icon-button", "small");
            copy.setTooltip(new Tooltip(Messages.text("inspect.part.copy")));
            copy.setAccessibleText(Messages.text("inspect.part.copy"));
            copy.setOnAction(event -> {
                ClipboardContent content = new ClipboardContent();
                content.putString(text.text());
                Clipboard.getSystemClipboard().setContent(content);
            });
            head.getChildren().add(copy);
        }
        return head;
    }

    private void load(Part part, StackPane body, int textChars) {
        long wanted = generation;
        background.execute(() -> {
            PartPreview preview = PartPreviews.of(part, textChars);
            Image picture = preview instanceof PartPreview.Picture image ? decode(image) : null;
            fx.execute(() -> {
                if (wanted == generation) {
                    body.getChildren().setAll(node(part, body, preview, picture, textChars));
                }
            });
        });
    }

    /// No larger than it is shown on a screen of twice the density.
    private static Image decode(PartPreview.Picture picture) {
        double scale = Math.min(1, Math.min(2 * PICTURE_SIDE / picture.width(), 2 * PICTURE_HEIGHT / picture.height()));
        return UprightImage.of(
                picture.data(),
                Math.max(1, Math.floor(picture.width() * scale)),
                Math.max(1, Math.floor(picture.height() * scale)));
    }

    private Node node(Part part, StackPane body, PartPreview preview, @Nullable Image picture, int textChars) {
        return switch (preview) {
            case PartPreview.Text text -> {
                VBox box = new VBox(6, text(text.shown(), text.face() == PartPreview.Face.CODE));
                if (text.hiddenChars() > 0) {
                    Button more = new Button(Messages.text("inspect.part.more", Formats.count(text.hiddenChars())));
                    more.getStyleClass().addAll("small");
                    more.setOnAction(event -> load(part, body, textChars + PartPreviews.TEXT_CHARS));
                    box.getChildren().add(more);
                }
                yield box;
            }
            case PartPreview.Picture image -> picture(image, picture);
            case PartPreview.Sound sound -> sound(sound.waveform());
            case PartPreview.Raw raw -> {
                VBox box = new VBox(6, text(raw.dump(), true));
                if (raw.hiddenBytes() > 0) {
                    box.getChildren()
                            .add(caption(Messages.text("inspect.part.morebytes", Formats.bytes(raw.hiddenBytes()))));
                }
                yield box;
            }
            case PartPreview.Note note -> caption(note.sentence());
        };
    }

    private Node picture(PartPreview.Picture preview, @Nullable Image image) {
        if (image == null || image.isError()) {
            return caption(Messages.text("inspect.part.damagedpicture"));
        }
        ImageView view = new ImageView(image);
        view.setPreserveRatio(true);
        view.setSmooth(true);
        view.setFitHeight(Math.min(PICTURE_HEIGHT, preview.height()));
        view.fitWidthProperty()
                .bind(javafx.beans.binding.Bindings.min(
                        Math.min(PICTURE_SIDE, preview.width()), widthProperty().subtract(24)));
        view.setAccessibleText(
                Messages.text("inspect.part.size", Formats.count(preview.width()), Formats.count(preview.height())));
        return new VBox(
                6,
                view,
                caption(Messages.text(
                        "inspect.part.size", Formats.count(preview.width()), Formats.count(preview.height()))));
    }

    private static Node sound(Waveform wave) {
        Path outline = new Path();
        outline.getStyleClass().add("waveform");
        double middle = WAVE_HEIGHT / 2;
        for (int column = 0; column < wave.columns(); column++) {
            // At least half a pixel each way, so that silence is a line and not a hole.
            double top = middle - Math.max(0.5, wave.high(column) * (middle - 2));
            double bottom = middle - Math.min(-0.5, wave.low(column) * (middle - 2));
            outline.getElements().addAll(new MoveTo(column + 0.5, top), new LineTo(column + 0.5, bottom));
        }
        Region ground = new Region();
        ground.setMinSize(Math.max(1, wave.columns()), WAVE_HEIGHT);
        ground.setMaxSize(Math.max(1, wave.columns()), WAVE_HEIGHT);
        javafx.scene.layout.Pane picture = new javafx.scene.layout.Pane(ground, outline);
        picture.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        return new VBox(
                6,
                picture,
                caption(Formats.durationNanos((long) (wave.durationMillis() * 1e6)) + ", " + wave.format()));
    }

    private static Label text(String text, boolean code) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        if (code) {
            label.getStyleClass().add("mono");
        }
        return label;
    }

    private static Label caption(String text) {
        Label label = new Label(text);
        label.getStyleClass().add("secondary");
        label.setWrapText(true);
        return label;
    }
}

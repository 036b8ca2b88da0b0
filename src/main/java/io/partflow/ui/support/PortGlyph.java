package io.partflow.ui.support;

import java.util.Locale;
import javafx.scene.Group;
import javafx.scene.Node;
import javafx.scene.layout.StackPane;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Rectangle;
import javafx.scene.shape.SVGPath;
import javafx.scene.shape.Shape;
import javafx.scene.shape.StrokeLineCap;
import javafx.scene.shape.StrokeLineJoin;

/// The mark of a port by what passes it: shape, letter and colour, so that none of the three is needed to tell
/// two apart.
public enum PortGlyph {
    /// A disc, `T`.
    TEXT("T"),
    /// A square, `I`.
    IMAGE("I"),
    /// A wave, `A`.
    AUDIO("A"),
    /// A triangle, `V`.
    VIDEO("V"),
    /// Braces, `J`.
    JSON("J"),
    /// A ring, `*`.
    ANY("*");

    /// The square in which the shapes are described, px.
    private static final double DRAWN_SIZE = 12;

    private final String letter;

    PortGlyph(String letter) {
        this.letter = letter;
    }

    /// One character, shown on hover, while dragging and in lists.
    public String letter() {
        return letter;
    }

    /// The colour token of ports and wires of this kind, such as `-pf-text`.
    public String colorToken() {
        return "-pf-" + name().toLowerCase(Locale.ROOT);
    }

    /// The glyph for a MIME type such as `image/png`; [#ANY] for `*/*` and for what has no glyph of its own.
    public static PortGlyph ofMimeType(String mimeType) {
        String type = mimeType.toLowerCase(Locale.ROOT);
        if (type.startsWith("application/json") || type.contains("+json")) {
            return JSON;
        }
        int slash = type.indexOf('/');
        return switch (slash < 0 ? type : type.substring(0, slash)) {
            case "text" -> TEXT;
            case "image" -> IMAGE;
            case "audio" -> AUDIO;
            case "video" -> VIDEO;
            default -> ANY;
        };
    }

    /// A new node showing this glyph within a square of `sizePx`; 12 in lists, 10 to 12 on the canvas.
    public Node node(double sizePx) {
        Shape shape = shape();
        Group scaled = new Group(shape);
        double scale = sizePx / DRAWN_SIZE;
        scaled.setScaleX(scale);
        scaled.setScaleY(scale);
        StackPane square = new StackPane(scaled);
        square.setMinSize(sizePx, sizePx);
        square.setPrefSize(sizePx, sizePx);
        square.setMaxSize(sizePx, sizePx);
        square.setMouseTransparent(true);
        scaled.getStyleClass().addAll("port-glyph", "port-" + name().toLowerCase(Locale.ROOT));
        return square;
    }

    private Shape shape() {
        return switch (this) {
            case TEXT -> filled(new Circle(5));
            case IMAGE -> {
                Rectangle square = new Rectangle(9, 9);
                square.setArcWidth(2);
                square.setArcHeight(2);
                yield filled(square);
            }
            case AUDIO -> stroked(path("M-5.5 1.5 L-3 -4 L0 4.5 L3 -4 L5.5 1.5"), 2.2);
            case VIDEO -> filled(path("M-4 -5.2 L5.4 0 L-4 5.2 Z"));
            case JSON ->
                stroked(
                        path("M-1.5 -5 C-4 -5 -2.5 -1 -5 0 C-2.5 1 -4 5 -1.5 5 M1.5 -5 C4 -5 2.5 -1 5 0 C2.5 1 4 5"
                                + " 1.5 5"),
                        2);
            case ANY -> stroked(new Circle(4), 2.4);
        };
    }

    private static SVGPath path(String content) {
        SVGPath path = new SVGPath();
        path.setContent(content);
        return path;
    }

    private static Shape filled(Shape shape) {
        shape.getStyleClass().add("fill-mark");
        return shape;
    }

    private static Shape stroked(Shape shape, double width) {
        shape.getStyleClass().add("line-mark");
        shape.setStrokeWidth(width);
        shape.setStrokeLineCap(StrokeLineCap.ROUND);
        shape.setStrokeLineJoin(StrokeLineJoin.ROUND);
        return shape;
    }
}

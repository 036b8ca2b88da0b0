package io.partflow.ui.support;

import java.util.Map;
import javafx.scene.Group;
import javafx.scene.Node;
import javafx.scene.layout.StackPane;
import javafx.scene.shape.SVGPath;
import javafx.scene.shape.StrokeLineCap;
import javafx.scene.shape.StrokeLineJoin;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Icons by name: those of Feather (`folder`, `search`, ...) and our own (`blocked`, `wave`, `braces`, `pin`,
/// `join`, `playf`, `pausef`, `table`).
///
/// An icon takes its colour from the style classes `accent-icon`, `success-icon`, `warning-icon`,
/// `danger-icon`, `subtle-icon` and `on-emphasis-icon`, and is muted without one. No icon stands without a word
/// or a tooltip.
public final class Icons {

    /// The square in which our own icons are described, as those of Feather are.
    private static final double DRAWN_SIZE = 24;

    private static final double STROKE = 1.75;

    private static final Map<String, String> STROKED = Map.of(
            "blocked", "M3 9 L8 15 L12 9 L16 15 L21 9",
            "wave", "M3 12 H5 L7 6 L10 19 L13 3 L16 16 L18 12 H21",
            "braces",
                    "M9 4 H8 A2 2 0 0 0 6 6 V10 A2 2 0 0 1 4 12 A2 2 0 0 1 6 14 V18 A2 2 0 0 0 8 20 H9 M15 4 H16 A2 2"
                            + " 0 0 1 18 6 V10 A2 2 0 0 0 20 12 A2 2 0 0 0 18 14 V18 A2 2 0 0 1 16 20 H15",
            "pin", "M9 3 H15 L14 10 L17 13 V15 H7 V13 L10 10 Z M12 15 V21",
            "join", "M4 6 C10 6 10 12 16 12 H20 M4 18 C10 18 10 12 16 12",
            "table",
                    "M5 3 H19 A2 2 0 0 1 21 5 V19 A2 2 0 0 1 19 21 H5 A2 2 0 0 1 3 19 V5 A2 2 0 0 1 5 3 Z M3 9 H21 M9"
                            + " 3 V21");

    private static final Map<String, String> FILLED = Map.of(
            "playf", "M6 4 L20 12 L6 20 Z",
            "pausef", "M6 5 H10 V19 H6 Z M14 5 H18 V19 H14 Z");

    private Icons() {}

    /// A new icon of `sizePx` (menu 18, toolbar 16, in text 12 to 14), with the style classes given.
    ///
    /// Throws [IllegalArgumentException] for an unknown name.
    public static Node icon(String name, int sizePx, String... styleClasses) {
        String stroked = STROKED.get(name);
        String filled = FILLED.get(name);
        Node icon;
        if (stroked != null) {
            icon = drawn(stroked, "stroke", sizePx, styleClasses);
        } else if (filled != null) {
            icon = drawn(filled, "filled", sizePx, styleClasses);
        } else {
            icon = feather(name, sizePx, styleClasses);
        }
        icon.setMouseTransparent(true);
        return icon;
    }

    /// Tells whether an icon of this name exists.
    public static boolean exists(String name) {
        if (STROKED.containsKey(name) || FILLED.containsKey(name)) {
            return true;
        }
        try {
            Feather.findByDescription("fth-" + name);
            return true;
        } catch (IllegalArgumentException unknown) {
            return false;
        }
    }

    private static Node feather(String name, int sizePx, String... styleClasses) {
        FontIcon icon = new FontIcon(Feather.findByDescription("fth-" + name));
        // Appended inline (the icon keeps its font there), because the size of the theme wins over one set in code.
        icon.setStyle(icon.getStyle() + ";-fx-icon-size: " + sizePx + "px;");
        icon.getStyleClass().addAll(styleClasses);
        return icon;
    }

    private static Node drawn(String content, String kind, int sizePx, String... styleClasses) {
        SVGPath path = new SVGPath();
        path.setContent(content);
        path.setStrokeWidth(STROKE);
        path.setStrokeLineCap(StrokeLineCap.ROUND);
        path.setStrokeLineJoin(StrokeLineJoin.ROUND);
        path.getStyleClass().add(kind);
        Group group = new Group(path);
        group.setScaleX(sizePx / DRAWN_SIZE);
        group.setScaleY(sizePx / DRAWN_SIZE);
        group.getStyleClass().add("drawn-icon");
        group.getStyleClass().addAll(styleClasses);
        StackPane square = new StackPane(group);
        square.setMinSize(sizePx, sizePx);
        square.setPrefSize(sizePx, sizePx);
        square.setMaxSize(sizePx, sizePx);
        return square;
    }
}

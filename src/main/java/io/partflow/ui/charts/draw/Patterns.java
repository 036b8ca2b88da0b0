package io.partflow.ui.charts.draw;

import io.partflow.ui.charts.model.Mark;
import java.util.HashMap;
import java.util.Map;
import javafx.scene.image.PixelWriter;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;
import javafx.scene.paint.ImagePattern;
import javafx.scene.paint.Paint;

/// Fills that differ without their colour: plain, hatched, dotted, pale. Made once for each colour.
final class Patterns {

    private static final int HATCH_TILE = 8;
    private static final double HATCH_INK = 4;
    private static final double HATCH_GROUND = 0.35;
    private static final int DOT_TILE = 4;
    private static final double DOT_RADIUS = 1.35;
    private static final double DOT_GROUND = 0.3;
    private static final int SUBPIXELS = 4;

    private record Key(Mark mark, Color color) {}

    private final Map<Key, Paint> made = new HashMap<>();

    /// The fill of a mark in a colour; transparent for marks without a surface.
    Paint fill(Mark mark, Color color) {
        return switch (mark) {
            case PLAIN -> color;
            case PALE -> color.deriveColor(0, 1, 1, 0.45);
            case HATCHED, BACK_HATCHED -> made.computeIfAbsent(new Key(mark, color), key -> hatch(color, mark));
            case DOTTED -> made.computeIfAbsent(new Key(mark, color), key -> dots(color));
            case LINE, THIN_LINE, DASHED_LINE, DOTTED_LINE, OUTLINED -> Color.TRANSPARENT;
        };
    }

    private static ImagePattern hatch(Color color, Mark mark) {
        WritableImage tile = new WritableImage(HATCH_TILE, HATCH_TILE);
        PixelWriter pixels = tile.getPixelWriter();
        for (int y = 0; y < HATCH_TILE; y++) {
            for (int x = 0; x < HATCH_TILE; x++) {
                int inked = 0;
                for (int sub = 0; sub < SUBPIXELS * SUBPIXELS; sub++) {
                    double across = x + (sub % SUBPIXELS + 0.5) / SUBPIXELS;
                    double down = y + (sub / SUBPIXELS + 0.5) / SUBPIXELS;
                    double along = mark == Mark.HATCHED ? across + down : across - down + HATCH_TILE;
                    inked += along % HATCH_TILE < HATCH_INK ? 1 : 0;
                }
                pixels.setColor(x, y, mixed(color, inked, HATCH_GROUND));
            }
        }
        return new ImagePattern(tile, 0, 0, HATCH_TILE, HATCH_TILE, false);
    }

    private static ImagePattern dots(Color color) {
        WritableImage tile = new WritableImage(DOT_TILE, DOT_TILE);
        PixelWriter pixels = tile.getPixelWriter();
        double centre = DOT_TILE / 2.0;
        for (int y = 0; y < DOT_TILE; y++) {
            for (int x = 0; x < DOT_TILE; x++) {
                int inked = 0;
                for (int sub = 0; sub < SUBPIXELS * SUBPIXELS; sub++) {
                    double dx = x + (sub % SUBPIXELS + 0.5) / SUBPIXELS - centre;
                    double dy = y + (sub / SUBPIXELS + 0.5) / SUBPIXELS - centre;
                    inked += Math.hypot(dx, dy) < DOT_RADIUS ? 1 : 0;
                }
                pixels.setColor(x, y, mixed(color, inked, DOT_GROUND));
            }
        }
        return new ImagePattern(tile, 0, 0, DOT_TILE, DOT_TILE, false);
    }

    private static Color mixed(Color color, int inked, double ground) {
        double share = inked / (double) (SUBPIXELS * SUBPIXELS);
        return color.deriveColor(0, 1, 1, ground + share * (1 - ground));
    }
}

package io.partflow.ui.charts.draw;

import io.partflow.ui.support.Fonts;
import io.partflow.ui.support.ThemeColors;
import java.util.LinkedHashMap;
import java.util.Map;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.paint.Paint;
import javafx.scene.text.Font;
import javafx.scene.text.FontSmoothingType;
import javafx.scene.text.Text;
import javafx.scene.text.TextAlignment;

/// A canvas with the colours of a theme: lines on whole pixels, text of three sizes.
final class Ink {

    static final Font CAPTION = Font.font(Fonts.SANS, 11);
    static final Font CAPTION_STRONG = Font.font(Fonts.SANS_SEMI_BOLD, 11);
    static final Font SECONDARY = Font.font(Fonts.SANS, 12);
    static final Font VALUE = Font.font(Fonts.SANS_MEDIUM, 12);
    static final Font TITLE = Font.font(Fonts.SANS_SEMI_BOLD, 13);

    /// Most texts of a chart return at every drawing, and measuring one costs more than drawing it.
    private static final int MOST_WIDTHS = 2_000;

    private record Measured(String text, Font font) {}

    private static final Text RULER = new Text();

    private static final Map<Measured, Double> WIDTHS = new LinkedHashMap<>(256, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Measured, Double> eldest) {
            return size() > MOST_WIDTHS;
        }
    };

    private static final String ELLIPSIS = "…";

    private final GraphicsContext canvas;
    private final ThemeColors colors;

    Ink(GraphicsContext canvas, ThemeColors colors) {
        this.canvas = canvas;
        this.colors = colors;
        canvas.setFontSmoothingType(FontSmoothingType.GRAY);
        canvas.setTextBaseline(VPos.BASELINE);
        canvas.setTextAlign(TextAlignment.LEFT);
        canvas.setLineDashes();
    }

    GraphicsContext canvas() {
        return canvas;
    }

    Color color(String token) {
        return colors.color(token);
    }

    Color color(String token, double opacity) {
        return colors.color(token, opacity);
    }

    static double width(String text, Font font) {
        return WIDTHS.computeIfAbsent(new Measured(text, font), Ink::measure);
    }

    private static double measure(Measured what) {
        RULER.setFont(what.font());
        RULER.setText(what.text());
        return RULER.getLayoutBounds().getWidth();
    }

    /// The text, cut with an ellipsis where it is wider than `mostPx`.
    static String fitted(String text, Font font, double mostPx) {
        if (width(text, font) <= mostPx) {
            return text;
        }
        int low = 0;
        int high = text.length();
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (width(text.substring(0, middle).stripTrailing() + ELLIPSIS, font) <= mostPx) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low == 0 ? "" : text.substring(0, low).stripTrailing() + ELLIPSIS;
    }

    /// The text, its middle cut out where it is wider than `mostPx`, so that both ends can be read.
    static String fittedAtBothEnds(String text, Font font, double mostPx) {
        if (width(text, font) <= mostPx) {
            return text;
        }
        for (int kept = text.length() - 1; kept > 1; kept--) {
            String ends = text.substring(0, (kept + 1) / 2).stripTrailing()
                    + ELLIPSIS
                    + text.substring(text.length() - kept / 2).stripLeading();
            if (width(ends, font) <= mostPx) {
                return ends;
            }
        }
        return fitted(text, font, mostPx);
    }

    void text(String text, double x, double baseline, Font font, String token) {
        canvas.setFont(font);
        canvas.setFill(color(token));
        canvas.fillText(text, Math.rint(x), Math.rint(baseline));
    }

    void textRight(String text, double right, double baseline, Font font, String token) {
        text(text, right - width(text, font), baseline, font, token);
    }

    void textCentred(String text, double centre, double baseline, Font font, String token) {
        text(text, centre - width(text, font) / 2, baseline, font, token);
    }

    void horizontal(double x0, double x1, double y, Color color, double width, double... dashes) {
        stroke(color, width, dashes);
        double crisp = Math.round(y) + (width % 2 == 1 ? 0.5 : 0);
        canvas.strokeLine(x0, crisp, x1, crisp);
        canvas.setLineDashes();
    }

    void vertical(double x, double y0, double y1, Color color, double width, double... dashes) {
        stroke(color, width, dashes);
        double crisp = Math.round(x) + (width % 2 == 1 ? 0.5 : 0);
        canvas.strokeLine(crisp, y0, crisp, y1);
        canvas.setLineDashes();
    }

    void rectangle(double x, double y, double width, double height, Paint fill) {
        canvas.setFill(fill);
        canvas.fillRect(x, y, width, height);
    }

    void stroke(Color color, double width, double... dashes) {
        canvas.setStroke(color);
        canvas.setLineWidth(width);
        canvas.setLineDashes(dashes);
    }
}

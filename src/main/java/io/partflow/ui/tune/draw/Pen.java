package io.partflow.ui.tune.draw;

import io.partflow.ui.support.Fonts;
import io.partflow.ui.support.ThemeColors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.FontSmoothingType;
import javafx.scene.text.Text;
import javafx.scene.text.TextAlignment;

/// Draws lines on whole pixels, text and boxes in the colours of a theme. FX thread.
public final class Pen {
    /// The size of what stands beside a chart.
    public static final Font CAPTION = Font.font(Fonts.SANS, 11);

    public static final Font STRONG = Font.font(Fonts.SANS_SEMI_BOLD, 11);

    private static final double LABEL_PITCH = 14;
    private static final Text RULER = new Text();

    private record Label(double y, String text, String token) {}

    private final GraphicsContext canvas;
    private final ThemeColors colors;
    private final List<Label> labels = new ArrayList<>();

    Pen(GraphicsContext canvas, ThemeColors colors) {
        this.canvas = canvas;
        this.colors = colors;
        canvas.setFontSmoothingType(FontSmoothingType.GRAY);
        canvas.setTextBaseline(VPos.BASELINE);
        canvas.setTextAlign(TextAlignment.LEFT);
        canvas.setLineDashes();
    }

    public static double width(String text, Font font) {
        RULER.setFont(font);
        RULER.setText(text);
        return RULER.getLayoutBounds().getWidth();
    }

    public Color color(String token, double opacity) {
        return colors.color(token, opacity);
    }

    public void text(String text, double x, double baseline, Font font, String token) {
        canvas.setFont(font);
        canvas.setFill(colors.color(token));
        canvas.fillText(text, Math.rint(x), Math.rint(baseline));
    }

    public void textRight(String text, double right, double baseline, Font font, String token) {
        text(text, right - width(text, font), baseline, font, token);
    }

    public void textCentred(String text, double centre, double baseline, Font font, String token) {
        text(text, centre - width(text, font) / 2, baseline, font, token);
    }

    public void horizontal(double x0, double x1, double y, String token) {
        stroke(token, 1, 1);
        canvas.strokeLine(x0, Math.round(y) + 0.5, x1, Math.round(y) + 0.5);
    }

    public void vertical(double x, double y0, double y1, String token, double width, double... dashes) {
        stroke(token, 1, width, dashes);
        double crisp = Math.round(x) + (width % 2 == 1 ? 0.5 : 0);
        canvas.strokeLine(crisp, y0, crisp, y1);
        canvas.setLineDashes();
    }

    /// A line through points.
    public void line(double[] xs, double[] ys, int points, String token, double width, double... dashes) {
        stroke(token, 1, width, dashes);
        canvas.strokePolyline(xs, ys, points);
        canvas.setLineDashes();
    }

    public void rectangle(double x, double y, double width, double height, String token, double opacity) {
        canvas.setFill(color(token, opacity));
        canvas.fillRect(x, y, width, height);
    }

    /// The outline of a rectangle, one pixel wide.
    public void outline(double x, double y, double width, double height, String token) {
        stroke(token, 1, 1);
        canvas.strokeRect(Math.round(x) + 0.5, Math.round(y) + 0.5, Math.max(0, width - 1), Math.max(0, height - 1));
    }

    /// A disc with a ring in the colour of the surface, so that it stands out from lines.
    public void disc(double x, double y, double radius, String token) {
        canvas.setFill(colors.color("-color-bg-default"));
        canvas.fillOval(x - radius - 2, y - radius - 2, 2 * radius + 4, 2 * radius + 4);
        canvas.setFill(colors.color(token));
        canvas.fillOval(x - radius, y - radius, 2 * radius, 2 * radius);
    }

    public void diamond(double x, double y, double radius, String token) {
        double[] xs = {x, x + radius, x, x - radius};
        double[] ys = {y - radius, y, y + radius, y};
        canvas.setFill(colors.color("-color-bg-default"));
        canvas.fillPolygon(xs, ys, xs.length);
        stroke(token, 1, 1.5);
        canvas.strokePolygon(xs, ys, xs.length);
    }

    /// A box on top of everything, as for values under the pointer.
    public void box(double x, double y, double width, double height) {
        canvas.setFill(colors.color("-color-bg-overlay"));
        canvas.fillRoundRect(x, y, width, height, 8, 8);
        stroke("-color-border-default", 1, 1);
        canvas.strokeRoundRect(Math.round(x) + 0.5, Math.round(y) + 0.5, width - 1, height - 1, 8, 8);
    }

    /// Notes a label beside the chart; drawn by [#drawLabels].
    public void label(double y, String text, String token) {
        labels.add(new Label(y, text, token));
    }

    /// Draws the labels, pushed apart where they would overlap.
    public void drawLabels(double x, double top, double bottom) {
        labels.sort(Comparator.comparingDouble(Label::y));
        double[] places = new double[labels.size()];
        double least = top;
        for (int i = 0; i < places.length; i++) {
            places[i] = Math.max(labels.get(i).y(), least);
            least = places[i] + LABEL_PITCH;
        }
        double most = bottom;
        for (int i = places.length - 1; i >= 0; i--) {
            places[i] = Math.min(places[i], most);
            most = places[i] - LABEL_PITCH;
        }
        for (int i = 0; i < places.length; i++) {
            text(labels.get(i).text(), x, places[i] + 4, CAPTION, labels.get(i).token());
        }
        labels.clear();
    }

    private void stroke(String token, double opacity, double width, double... dashes) {
        canvas.setStroke(color(token, opacity));
        canvas.setLineWidth(width);
        canvas.setLineDashes(dashes);
    }
}

package io.partflow.ui.tune.draw;

import io.partflow.ui.support.Theme;
import java.util.List;
import java.util.stream.Collectors;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.Region;

/// A chart on a canvas that draws itself when its size, the theme or the focus changed, and when it is told. FX
/// thread.
///
/// It draws at most once a pulse and only inside a scene. Screen readers get one sentence; who needs all values finds
/// them in the table that the view offers beside it.
public abstract class DrawnChart extends Region {
    private final Canvas canvas = new Canvas();

    protected DrawnChart() {
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setFocusTraversable(true);
        getStyleClass().add("drawn-chart");
        getChildren().add(canvas);
        Theme.follow(this, this::redraw);
        focusedProperty().subscribe(is -> redraw());
        setMinSize(200, 120);
    }

    /// Draws anew with the next pulse.
    public final void redraw() {
        requestLayout();
    }

    @Override
    protected final void layoutChildren() {
        canvas.setWidth(getWidth());
        canvas.setHeight(getHeight());
        if (getScene() == null || getWidth() < 1 || getHeight() < 1) {
            return;
        }
        canvas.getGraphicsContext2D().clearRect(0, 0, getWidth(), getHeight());
        Pen pen = new Pen(canvas.getGraphicsContext2D(), Theme.current().colors());
        paint(pen, getWidth(), getHeight());
        if (isFocused()) {
            pen.outline(1, 1, getWidth() - 2, getHeight() - 2, "-color-accent-fg");
        }
        setAccessibleText(sentence());
    }

    /// Puts a picture of the chart on the clipboard.
    public final void copyPicture() {
        ClipboardContent content = new ClipboardContent();
        content.putImage(canvas.snapshot(null, null));
        boolean unused = Clipboard.getSystemClipboard().setContent(content);
    }

    /// Puts lines of comma-separated values on the clipboard.
    public static void copyLines(List<List<String>> lines) {
        ClipboardContent content = new ClipboardContent();
        content.putString(lines.stream()
                .map(line -> line.stream().map(DrawnChart::quoted).collect(Collectors.joining(",")))
                .collect(Collectors.joining("\n", "", "\n")));
        boolean unused = Clipboard.getSystemClipboard().setContent(content);
    }

    private static String quoted(String cell) {
        return cell.contains(",") || cell.contains("\"") ? "\"" + cell.replace("\"", "\"\"") + "\"" : cell;
    }

    /// Draws everything.
    protected abstract void paint(Pen pen, double width, double height);

    /// What the chart says, in one sentence.
    protected abstract String sentence();
}

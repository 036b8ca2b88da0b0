package io.partflow.ui.tune.draw;

import io.partflow.ui.support.Theme;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
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
        Theme.currentProperty().subscribe(theme -> redraw());
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

    /// Draws everything.
    protected abstract void paint(Pen pen, double width, double height);

    /// What the chart says, in one sentence.
    protected abstract String sentence();
}

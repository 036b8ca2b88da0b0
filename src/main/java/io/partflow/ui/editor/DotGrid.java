package io.partflow.ui.editor;

import io.partflow.ui.editor.model.Viewport;
import io.partflow.ui.support.Theme;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;

/// The dots behind the nodes: one every 24 world pixels, fewer when they would come closer than 12 on the screen.
final class DotGrid extends Canvas {
    private static final double SPACING = 24;
    private static final double CLOSEST = 12;
    private static final double RADIUS = 1;

    DotGrid() {
        setMouseTransparent(true);
    }

    void draw(Viewport viewport) {
        GraphicsContext pen = getGraphicsContext2D();
        pen.clearRect(0, 0, getWidth(), getHeight());
        double step = SPACING * viewport.zoom();
        while (step < CLOSEST) {
            step *= 2;
        }
        pen.setFill(Theme.current().colors().color("-pf-canvas-dot"));
        double left = Math.floorMod((long) Math.rint(viewport.panX() + step / 2), (long) Math.max(1, step));
        double top = Math.floorMod((long) Math.rint(viewport.panY() + step / 2), (long) Math.max(1, step));
        for (double y = top; y < getHeight() + step; y += step) {
            for (double x = left; x < getWidth() + step; x += step) {
                pen.fillOval(x - RADIUS, y - RADIUS, 2 * RADIUS, 2 * RADIUS);
            }
        }
    }

    @Override
    public boolean isResizable() {
        return true;
    }

    @Override
    public void resize(double width, double height) {
        setWidth(width);
        setHeight(height);
    }

    @Override
    public double minWidth(double height) {
        return 0;
    }

    @Override
    public double minHeight(double width) {
        return 0;
    }
}

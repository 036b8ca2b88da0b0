package io.partflow.ui.editor.model;

import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;

/// The part of the world that the canvas shows: `screen = world x zoom + pan`. Immutable.
///
/// @param panX screen x of the world's origin
/// @param panY screen y of the world's origin
/// @param zoom screen pixels per world pixel, from [#MIN_ZOOM] to [#MAX_ZOOM]
public record Viewport(double panX, double panY, double zoom) {
    public static final double MIN_ZOOM = 0.1;
    public static final double MAX_ZOOM = 4;
    /// What one notch of the wheel multiplies or divides by.
    public static final double NOTCH = 1.1;
    public static final Viewport HOME = new Viewport(0, 0, 1);

    public Viewport {
        zoom = Math.clamp(zoom, MIN_ZOOM, MAX_ZOOM);
    }

    public Point2D toWorld(double screenX, double screenY) {
        return new Point2D((screenX - panX) / zoom, (screenY - panY) / zoom);
    }

    public Point2D toScreen(double worldX, double worldY) {
        return new Point2D(worldX * zoom + panX, worldY * zoom + panY);
    }

    public Viewport panned(double screenDx, double screenDy) {
        return new Viewport(panX + screenDx, panY + screenDy, zoom);
    }

    /// The same world point stays under the given screen point.
    public Viewport zoomedTo(double newZoom, double screenX, double screenY) {
        Point2D world = toWorld(screenX, screenY);
        double clamped = Math.clamp(newZoom, MIN_ZOOM, MAX_ZOOM);
        return new Viewport(screenX - world.getX() * clamped, screenY - world.getY() * clamped, clamped);
    }

    /// Shows all of `content`, centred, at most at `maxZoom`.
    ///
    /// @param margins screen pixels kept free at the four sides
    public static Viewport fitting(Rectangle2D content, double width, double height, double margins, double maxZoom) {
        double across = Math.max(1, width - 2 * margins) / Math.max(1, content.getWidth());
        double down = Math.max(1, height - 2 * margins) / Math.max(1, content.getHeight());
        double zoom = Math.clamp(Math.min(Math.min(across, down), maxZoom), MIN_ZOOM, MAX_ZOOM);
        double centreX = content.getMinX() + content.getWidth() / 2;
        double centreY = content.getMinY() + content.getHeight() / 2;
        return new Viewport(Math.rint(width / 2 - centreX * zoom), Math.rint(height / 2 - centreY * zoom), zoom);
    }

    /// The least pan that brings `content` into a view of the given size, with some room around it.
    public Viewport revealing(Rectangle2D content, double width, double height, double margin) {
        Point2D low = toScreen(content.getMinX(), content.getMinY());
        Point2D high = toScreen(content.getMaxX(), content.getMaxY());
        return panned(shift(low.getX(), high.getX(), width, margin), shift(low.getY(), high.getY(), height, margin));
    }

    /// The world rectangle seen in a view of the given size.
    public Rectangle2D seen(double width, double height) {
        Point2D origin = toWorld(0, 0);
        return new Rectangle2D(origin.getX(), origin.getY(), Math.max(0, width) / zoom, Math.max(0, height) / zoom);
    }

    private static double shift(double low, double high, double size, double margin) {
        if (low < margin) {
            return margin - low;
        }
        return high > size - margin ? Math.max(size - margin - high, margin - low) : 0;
    }
}

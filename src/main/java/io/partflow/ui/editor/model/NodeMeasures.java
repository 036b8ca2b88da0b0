package io.partflow.ui.editor.model;

import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;

/// The measures of a node at 100 %, in pixels, and where its ports lie.
public final class NodeMeasures {
    public static final double WIDTH = 160;
    public static final double INSET = 8;
    public static final double HEADER = 28;
    public static final double STATE_ROW = 20;
    public static final double CACHE_ROW = 24;
    public static final double COUNT_ROW = 16;
    public static final double WELL_GAP = 4;
    /// A well with three lines of text, or with the strip of a rolling prompt.
    public static final double TEXT_WELL = 56;
    /// A well with a picture.
    public static final double PICTURE_WELL = 72;
    /// A well with a waveform.
    public static final double WAVE_WELL = 32;
    /// The node-time strip with the room around it.
    public static final double STRIP_ROW = 16;
    public static final double STRIP = 4;
    /// Below the last row where there is no strip.
    public static final double FOOT = 6;
    /// The square in which a port answers the pointer.
    public static final double PORT_REACH = 24;
    /// The width a port is drawn in.
    public static final double PORT_DRAWN = 10;
    /// Grid to which nodes snap.
    public static final double GRID = 8;
    /// Pixels the pointer must travel before a press becomes a drag.
    public static final double DRAG_START = 6;

    private NodeMeasures() {}

    /// The height of a node that shows `face` at a level of detail.
    ///
    /// @param ports the larger of its numbers of inputs and outputs
    public static double height(NodeFace face, LevelOfDetail detail, int ports) {
        double rows = switch (detail) {
            case FULL ->
                HEADER
                        + STATE_ROW
                        + cacheRow(face)
                        + COUNT_ROW
                        + (face.wellPx() > 0 ? WELL_GAP + face.wellPx() + STRIP_ROW : FOOT);
            case NUMBERS -> HEADER + STATE_ROW + cacheRow(face) + FOOT;
            case TITLE -> HEADER + (face.cache() == null ? 0 : CACHE_ROW) + FOOT;
        };
        return Math.max(rows, HEADER + (ports - 1) * PORT_REACH + FOOT);
    }

    /// The centre of a port: on the centre line of the header, further ports below it.
    public static Point2D port(Rectangle2D node, PortSide side, int index) {
        double x = switch (side) {
            case INPUT -> node.getMinX();
            case OUTPUT -> node.getMaxX();
        };
        return new Point2D(x, node.getMinY() + HEADER / 2 + index * PORT_REACH);
    }

    /// The nearest line of the grid.
    public static double snap(double value) {
        return Math.rint(value / GRID) * GRID;
    }

    private static double cacheRow(NodeFace face) {
        return face.cache() == null ? 0 : CACHE_ROW;
    }
}

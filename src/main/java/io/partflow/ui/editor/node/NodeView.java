package io.partflow.ui.editor.node;

import io.partflow.engine.processor.PortSpec;
import io.partflow.pipeline.NodeState;
import io.partflow.pipeline.PipelineNode;
import io.partflow.ui.editor.model.LevelOfDetail;
import io.partflow.ui.editor.model.NodeFace;
import io.partflow.ui.editor.model.NodeMeasures;
import io.partflow.ui.editor.model.PortSide;
import io.partflow.ui.support.Badge;
import io.partflow.ui.support.HitRing;
import io.partflow.ui.support.Icons;
import io.partflow.ui.support.Messages;
import io.partflow.ui.support.Tips;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;

/// One node, laid out by [NodeMeasures]: header, state, cache, counts, preview, node-time strip, and its ports at
/// the edges.
public final class NodeView extends Region {
    private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");
    private static final PseudoClass FOCUSED = PseudoClass.getPseudoClass("focused-node");
    private static final PseudoClass FAILED = PseudoClass.getPseudoClass("failed");
    private static final PseudoClass BYPASSED = PseudoClass.getPseudoClass("bypassed");
    private static final PseudoClass MUTED = PseudoClass.getPseudoClass("muted");
    private static final PseudoClass DROP = PseudoClass.getPseudoClass("drop");

    private final String id;
    private final HBox icon = new HBox();
    private final Label title = label("node-title");
    private final Label tag = label("node-tag");
    private final HBox stateIcon = new HBox();
    private final Label stateWord = label("node-row");
    private final Label rate = label("node-row");
    private final HitRing ring = new HitRing(20);
    private final Label ratio = label("node-row");
    private final Label badge = Badge.HIT.label();
    private final HBox counts = new HBox(6);
    private final PreviewView preview;
    private final Region strip = region("node-strip");
    private final Region busy = region("node-busy");
    private final Region blocked = region("node-blocked");
    private final List<PortView> ports = new ArrayList<>();
    private List<PortSpec> inputs = List.of();
    private List<PortSpec> outputs = List.of();
    private LevelOfDetail detail = LevelOfDetail.FULL;
    private NodeFace.@Nullable State state;
    private @Nullable NodeFace face;
    private String iconName = "";
    private Badge shownBadge = Badge.HIT;
    private double textScaleZoom = Double.NaN;

    public NodeView(String id, PreviewLoader loader) {
        this.id = id;
        preview = new PreviewView(loader);
        getStyleClass().add("node-view");
        setId("node-" + id);
        setAccessibleRole(AccessibleRole.NODE);
        icon.setAlignment(Pos.CENTER);
        stateIcon.setAlignment(Pos.CENTER);
        counts.setAlignment(Pos.CENTER_LEFT);
        counts.getStyleClass().add("node-counts");
        Tips.install(counts, this::countsTip);
        rate.setAlignment(Pos.CENTER_RIGHT);
        title.setTextOverrun(OverrunStyle.ELLIPSIS);
        Tips.install(badge, () -> Messages.textOr("badge." + shownBadge.styleClass() + ".tip", ""));
        getChildren()
                .addAll(
                        icon, title, tag, stateIcon, stateWord, rate, ring, ratio, badge, counts, preview, strip, busy,
                        blocked);
    }

    public String nodeId() {
        return id;
    }

    public List<PortView> ports() {
        return ports;
    }

    /// Shows what the author set.
    public void show(PipelineNode node, String name, String newIcon, List<PortSpec> ins, List<PortSpec> outs) {
        title.setText(name);
        if (!newIcon.equals(iconName)) {
            iconName = newIcon;
            icon.getChildren().setAll(Icons.icon(Icons.exists(newIcon) ? newIcon : "box", 14));
        }
        if (!ins.equals(inputs) || !outs.equals(outputs) || ports.isEmpty()) {
            inputs = ins;
            outputs = outs;
            getChildren().removeAll(ports);
            ports.clear();
            ins.forEach(port -> ports.add(new PortView(node.port(port.name()), PortSide.INPUT, port)));
            outs.forEach(port -> ports.add(new PortView(node.port(port.name()), PortSide.OUTPUT, port)));
            getChildren().addAll(ports);
        }
        pseudoClassStateChanged(BYPASSED, node.state() == NodeState.BYPASS);
        pseudoClassStateChanged(MUTED, node.state() == NodeState.MUTE);
        requestLayout();
    }

    /// Shows the numbers.
    public void show(NodeFace shown, LevelOfDetail level, double zoom) {
        boolean sameLevel = level == detail && zoom == textScaleZoom;
        if (shown.equals(face) && sameLevel) {
            return;
        }
        face = shown;
        detail = level;
        if (zoom != textScaleZoom) {
            textScaleZoom = zoom;
            scaleText(zoom);
        }
        if (shown.state() != state) {
            state = shown.state();
            String tone = shown.state().tone().name().toLowerCase(Locale.ROOT);
            stateIcon.getChildren().setAll(Icons.icon(shown.state().icon(), 12, tone + "-icon"));
            stateWord.setText(
                    Messages.text("editor.state." + shown.state().name().toLowerCase(Locale.ROOT)));
            stateWord.getStyleClass().setAll("label", "node-row", tone);
        }
        pseudoClassStateChanged(FAILED, shown.state() == NodeFace.State.FAILED);
        tag.setText(shown.tag());
        rate.setText(shown.rate());
        NodeFace.CacheFace cache = shown.cache();
        if (cache != null) {
            ring.setHitRatio(cache.hitRatio());
            ratio.setText(cache.text());
            if (cache.badge() != null) {
                showBadge(cache.badge());
            }
        }
        showCounts(shown.counts());
        if (level == LevelOfDetail.FULL) {
            preview.show(shown.preview(), shown.wellPx());
        }
        setAccessibleText(Messages.text("editor.node.spoken", title.getText(), shown.spoken()));
        requestLayout();
    }

    /// Style classes are set only when they change: each setting makes the toolkit match all rules again.
    private void showBadge(Badge wanted) {
        if (wanted != shownBadge) {
            shownBadge = wanted;
            wanted.show(badge);
        }
    }

    private String countsTip() {
        NodeFace shown = face;
        return shown == null
                ? ""
                : shown.counts().stream()
                        .map(count -> count.tone() == NodeFace.Tone.COALESCED
                                ? Messages.text("editor.count.joined-tip", count.text())
                                : count.text())
                        .collect(Collectors.joining(", "));
    }

    private void showCounts(List<NodeFace.Count> shown) {
        while (counts.getChildren().size() > shown.size()) {
            counts.getChildren().removeLast();
        }
        while (counts.getChildren().size() < shown.size()) {
            counts.getChildren().add(label("node-count"));
        }
        for (int i = 0; i < shown.size(); i++) {
            Label piece = (Label) counts.getChildren().get(i);
            piece.setText(shown.get(i).text());
            String tone = shown.get(i).tone().name().toLowerCase(Locale.ROOT);
            if (!piece.getStyleClass().contains(tone)) {
                piece.getStyleClass().setAll("label", "node-count", tone);
            }
        }
    }

    private void scaleText(double zoom) {
        size(title, 13, zoom);
        size(stateWord, 12, zoom);
        size(rate, 12, zoom);
        size(ratio, 12, zoom);
        double px = LevelOfDetail.readable(11, Math.min(1, zoom));
        // A badge among numbers keeps its size; with the title alone it has the row for itself.
        String large =
                "-fx-font-size: " + px + "px; -fx-min-height: 26px; -fx-pref-height: 26px; -fx-max-height: 26px;";
        badge.setStyle(detail == LevelOfDetail.TITLE && zoom < 0.5 ? large : "");
    }

    private static void size(Label label, double px, double zoom) {
        double size = LevelOfDetail.readable(px, zoom);
        label.setStyle(size == px ? "" : "-fx-font-size: " + size + "px;");
    }

    public void setSelected(boolean on) {
        pseudoClassStateChanged(SELECTED, on);
    }

    public void setFocusRing(boolean on) {
        pseudoClassStateChanged(FOCUSED, on);
    }

    /// Marks the node as the one that a wire or a file would go to.
    public void setDropTarget(boolean on) {
        pseudoClassStateChanged(DROP, on);
    }

    /// Lets the title be typed over; `taker` gets what was entered, unless Escape was pressed.
    public void rename(Consumer<String> taker) {
        TextField field = new TextField(title.getText());
        field.getStyleClass().addAll("small", "node-rename");
        field.setManaged(false);
        field.resizeRelocate(4, 2, NodeMeasures.WIDTH - 8, 24);
        getChildren().add(field);
        boolean[] open = {true};
        Consumer<Boolean> close = accepted -> {
            if (open[0]) {
                open[0] = false;
                getChildren().remove(field);
                if (accepted) {
                    taker.accept(field.getText());
                }
            }
        };
        field.setOnAction(entered -> close.accept(true));
        field.focusedProperty().subscribe((was, is) -> {
            if (was && !is) {
                close.accept(true);
            }
        });
        field.setOnKeyPressed(key -> {
            if (key.getCode() == KeyCode.ESCAPE) {
                close.accept(false);
                key.consume();
            }
        });
        field.requestFocus();
        field.selectAll();
    }

    @Override
    protected void layoutChildren() {
        NodeFace shown = face;
        if (shown == null) {
            return;
        }
        double width = getWidth();
        double inset = NodeMeasures.INSET;
        boolean full = detail == LevelOfDetail.FULL;
        boolean numbers = detail != LevelOfDetail.TITLE;
        icon.setVisible(full);
        icon.resizeRelocate(inset, 7, 14, 14);
        double titleX = full ? inset + 20 : inset + 2;
        tag.setVisible(full && !tag.getText().isEmpty());
        double tagWidth = tag.isVisible() ? Math.ceil(tag.prefWidth(-1)) + 4 : 0;
        title.resizeRelocate(titleX, 0, width - titleX - inset - tagWidth, NodeMeasures.HEADER);
        tag.resizeRelocate(width - inset - tagWidth + 4, 6, Math.max(0, tagWidth - 4), 16);

        double y = NodeMeasures.HEADER;
        stateIcon.setVisible(numbers);
        stateWord.setVisible(numbers);
        rate.setVisible(full);
        if (numbers) {
            stateIcon.resizeRelocate(inset, y + 4, 12, 12);
            double wordWidth = Math.min(Math.ceil(stateWord.prefWidth(-1)), width - 2 * inset - 18);
            // Far out the letters are as high as the row; a label cuts off what is beyond its own height.
            stateWord.resizeRelocate(inset + 18, y - 3, wordWidth, NodeMeasures.STATE_ROW + 6);
            double rateX = inset + 18 + wordWidth + 6;
            rate.resizeRelocate(rateX, y, Math.max(0, width - inset - rateX), NodeMeasures.STATE_ROW);
            y += NodeMeasures.STATE_ROW;
        }
        y = layoutCacheRow(shown, y, width);
        counts.setVisible(full);
        counts.resizeRelocate(inset, y, width - 2 * inset, NodeMeasures.COUNT_ROW);
        y += NodeMeasures.COUNT_ROW + NodeMeasures.WELL_GAP;
        boolean well = full && shown.wellPx() > 0;
        preview.setVisible(well);
        preview.resizeRelocate(inset, y, width - 2 * inset, Math.max(0, shown.wellPx()));
        layoutStrip(shown, well, y + shown.wellPx() + 6, width - 2 * inset);
        for (PortView port : ports) {
            int index = (port.side() == PortSide.INPUT ? inputs : outputs).indexOf(port.spec());
            double x = port.side() == PortSide.INPUT ? 0 : width;
            port.relocate(
                    x - NodeMeasures.PORT_REACH / 2,
                    NodeMeasures.HEADER / 2 + index * NodeMeasures.PORT_REACH - NodeMeasures.PORT_REACH / 2);
        }
    }

    private double layoutCacheRow(NodeFace shown, double y, double width) {
        NodeFace.CacheFace cache = shown.cache();
        if (cache == null) {
            ring.setVisible(false);
            ratio.setVisible(false);
            badge.setVisible(false);
            return y;
        }
        boolean off = cache.badge() == Badge.OFF;
        boolean numbers = detail != LevelOfDetail.TITLE && !off;
        ring.setVisible(numbers);
        ratio.setVisible(numbers);
        badge.setVisible(cache.badge() != null && (detail != LevelOfDetail.NUMBERS || off));
        double inset = NodeMeasures.INSET;
        ring.resizeRelocate(inset, y + 2, 20, 20);
        ratio.resizeRelocate(inset + 26, y, width - 2 * inset - 26, NodeMeasures.CACHE_ROW);
        double badgeWidth = Math.ceil(badge.prefWidth(-1));
        double badgeX = off || detail == LevelOfDetail.TITLE ? inset : width - inset - badgeWidth;
        double badgeHeight = badge.prefHeight(-1);
        badge.resizeRelocate(badgeX, y + (detail == LevelOfDetail.TITLE ? -2 : 4), badgeWidth, badgeHeight);
        return y + NodeMeasures.CACHE_ROW;
    }

    private void layoutStrip(NodeFace shown, boolean well, double y, double width) {
        NodeFace.TimeShares time = shown.time();
        strip.setVisible(well);
        busy.setVisible(well && time != null);
        blocked.setVisible(well && time != null);
        strip.resizeRelocate(NodeMeasures.INSET, y, width, NodeMeasures.STRIP);
        if (time != null) {
            busy.resizeRelocate(NodeMeasures.INSET, y, Math.rint(width * time.busy()), NodeMeasures.STRIP);
            double length = Math.rint(width * time.blocked());
            blocked.resizeRelocate(NodeMeasures.INSET + width - length, y, length, NodeMeasures.STRIP);
        }
    }

    /// The text shown as the title, for whoever looks for a node by its name.
    public String shownTitle() {
        return title.getText();
    }

    /// Whether a target lies in the title, which a double click renames.
    public boolean isTitle(Object target) {
        Node at = target instanceof Text text ? text.getParent() : target instanceof Node node ? node : null;
        return at == title;
    }

    private static Label label(String style) {
        Label label = new Label();
        label.getStyleClass().add(style);
        label.setMinWidth(0);
        if (!style.equals("node-title")) {
            label.setMouseTransparent(true);
        }
        return label;
    }

    private static Region region(String style) {
        Region region = new Region();
        region.getStyleClass().add(style);
        region.setMouseTransparent(true);
        return region;
    }
}

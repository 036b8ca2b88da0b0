package io.partflow.ui.charts.draw;

import java.util.ArrayList;
import java.util.List;

/// The sentence in a chart that has nothing to show, wrapped and centred.
final class EmptyText {

    private static final double LINE = 17;

    private EmptyText() {}

    static void draw(Plot plot, String sentence) {
        double left = 16;
        double right = Math.max(left + 80, plot.right + plot.left - 16);
        List<String> lines = wrapped(sentence, Math.min(360, right - left));
        double centre = (left + right) / 2;
        double baseline = (plot.top + plot.bottom) / 2 - (lines.size() - 1) * LINE / 2;
        for (String line : lines) {
            plot.ink.textCentred(line, centre, baseline, Ink.SECONDARY, "-color-fg-muted");
            baseline += LINE;
        }
    }

    private static List<String> wrapped(String sentence, double widest) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : sentence.split(" ")) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (!line.isEmpty() && Ink.width(longer, Ink.SECONDARY) > widest) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}

package io.partflow.pipeline.report;

import java.util.ArrayList;
import java.util.List;

/// Rows of cells set in columns: words to the left, numbers to the right, two spaces between. Confined to one
/// thread.
public final class TextTable {
    /// To which side of its column a cell goes.
    public enum Side {
        LEFT,
        RIGHT
    }

    private final List<Side> sides;
    private final List<List<String>> rows = new ArrayList<>();

    public TextTable(Side... sides) {
        this.sides = List.of(sides);
    }

    /// Adds a row; missing cells at its end stay empty.
    ///
    /// @throws IllegalArgumentException when there are more cells than columns
    public TextTable row(String... cells) {
        if (cells.length > sides.size()) {
            throw new IllegalArgumentException(cells.length + " cells do not fit " + sides.size() + " columns");
        }
        rows.add(List.of(cells));
        return this;
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /// The lines, each with `indent` before it and a newline behind it.
    public String text(String indent) {
        int[] widths = new int[sides.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        }
        StringBuilder out = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder(indent);
            for (int i = 0; i < row.size(); i++) {
                String gap = " ".repeat(widths[i] - width(row.get(i)));
                line.append(i == 0 ? "" : "  ");
                line.append(sides.get(i) == Side.RIGHT ? gap + row.get(i) : row.get(i) + gap);
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }
        return out.toString();
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}

package io.partflow.ui.charts.draw;

import io.partflow.ui.charts.model.ChartHistory;
import io.partflow.ui.charts.model.LiveChart;
import io.partflow.ui.charts.model.Mark;
import io.partflow.ui.charts.model.TimeAxis;
import java.util.List;

/// Draws one form of chart.
interface Painter {

    /// One value in the header: swatch, word, value.
    ///
    /// @param label the word
    /// @param value the value as text
    /// @param mark the mark of the swatch
    /// @param colorToken the colour of the swatch
    /// @param opacity of the swatch, 0 to 1; 0 for none
    record HeaderValue(String label, String value, Mark mark, String colorToken, double opacity) {}

    /// Draws all of the chart below the header.
    void paint(Plot plot, ChartHistory history);

    /// The values at one moment, in the order of the series.
    List<HeaderValue> values(ChartHistory history, TimeAxis axis, double atSeconds, double plotWidth);

    /// Tells whether the form has the time from left to right.
    boolean overTime();

    /// The painter of a form.
    static Painter of(LiveChart.Form form) {
        return switch (form) {
            case LINES -> new LinePainter();
            case STACKED_BARS -> new BarPainter();
            case STACKED_AREAS -> new AreaPainter();
            case SMALL_MULTIPLES -> new MultiplesPainter();
            case STRIPS -> new StripPainter();
        };
    }
}

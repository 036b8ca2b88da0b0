package io.partflow.ui.charts.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.partflow.ui.charts.model.ValueScale.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueScaleTest {

    @Test
    void perCent_anyValues_isAlways0To100() {
        ValueScale scale = ValueScale.of(Kind.PER_CENT, 40, 60);
        assertEquals(0, scale.low());
        assertEquals(100, scale.high());
        assertEquals(0.5, scale.position(50));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.004, 0.7, 1, 3, 9.9, 38, 96, 4_000, 1_234_567})
    void fromZero_anyTop_coversItWithTwoToFiveLines(double top) {
        ValueScale scale = ValueScale.of(Kind.FROM_ZERO, 0, top);
        assertTrue(scale.high() >= top, () -> scale.toString());
        assertTrue(scale.high() <= Math.max(1, top * 3), () -> scale.toString());
        assertTrue(scale.ticks().size() >= 2 && scale.ticks().size() <= 5, () -> scale.toString());
        assertEquals(0, scale.low());
    }

    @Test
    void logarithmic_latencies_powersOfTen() {
        ValueScale scale = ValueScale.of(Kind.LOGARITHMIC, 0.6, 1_600);
        assertEquals(0.1, scale.low(), 1e-12);
        assertEquals(10_000, scale.high(), 1e-6);
        assertTrue(scale.ticks().size() <= 6);
        assertEquals(0.4, scale.position(10), 1e-9);
    }

    @Test
    void timeAxis_ticks_roundAndApart() {
        TimeAxis axis = new TimeAxis();
        axis.nowProperty().set(768);
        assertEquals(List.of(0.0, 300.0, 600.0), axis.ticks(300, 100));
        axis.rangeProperty().set(TimeRange.ONE_MINUTE);
        assertEquals(708, axis.startSeconds());
        assertEquals(5, axis.barSeconds(60, 5));
    }

    @Test
    void timeAxis_cursorOutsideOfWhatIsShown_isNone() {
        TimeAxis axis = new TimeAxis();
        axis.nowProperty().set(100);
        axis.cursorProperty().set(20);
        assertEquals(20, axis.visibleCursor());
        axis.rangeProperty().set(TimeRange.TEN_SECONDS);
        assertTrue(Double.isNaN(axis.visibleCursor()));
    }
}

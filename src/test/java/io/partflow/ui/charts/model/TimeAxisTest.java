package io.partflow.ui.charts.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TimeAxisTest {
    private final TimeAxis axis = new TimeAxis();

    @BeforeEach
    void runForTwoMinutes() {
        axis.nowProperty().set(120);
    }

    @Test
    void brushedStretch_isShownUntilTheRangeIsChosenAgain() {
        axis.drawBrush(40, 20);
        assertThat(axis.startSeconds()).as("nothing changes while brushing").isZero();
        axis.endBrush();

        assertThat(axis.startSeconds()).isEqualTo(20);
        assertThat(axis.endSeconds()).isEqualTo(40);
        assertThat(axis.drawnProperty().get()).isNull();
        axis.nowProperty().set(130);
        assertThat(axis.endSeconds()).as("it does not move with the run").isEqualTo(40);

        axis.rangeProperty().set(TimeRange.TEN_SECONDS);
        assertThat(axis.startSeconds()).isEqualTo(120);
        assertThat(axis.endSeconds()).isEqualTo(130);
    }

    @Test
    void brush_staysWithinWhatHappened() {
        axis.drawBrush(-5, 500);
        axis.endBrush();

        assertThat(axis.startSeconds()).isZero();
        assertThat(axis.endSeconds()).isEqualTo(120);
    }

    @Test
    void brushOfLessThanASecond_isAClick() {
        axis.drawBrush(20, 20.5);
        axis.endBrush();

        assertThat(axis.brushProperty().get()).isNull();
    }

    @Test
    void brushedStretch_isDrawnFromTheFinestBucketsThatStillHoldIt() {
        axis.nowProperty().set(3_000);
        assertThat(resolution(2_950, 2_990)).isEqualTo(TimeRange.ONE_MINUTE);
        assertThat(resolution(2_500, 2_990)).isEqualTo(TimeRange.TEN_MINUTES);
        assertThat(resolution(100, 200)).isEqualTo(TimeRange.ALL);
    }

    private TimeRange resolution(double from, double to) {
        axis.clearBrush();
        axis.drawBrush(from, to);
        axis.endBrush();
        return axis.resolution();
    }

    @Test
    void spanOfTheWholeRun_isShown_whateverTheRange() {
        axis.rangeProperty().set(TimeRange.TEN_SECONDS);
        assertThat(axis.showsPart()).isTrue();
        axis.showSpan(60, -20);
        assertThat(axis.brushProperty().get()).isEqualTo(new TimeAxis.Span(0, 60));
        axis.showSpan(100, 900);
        assertThat(axis.brushProperty().get()).isEqualTo(new TimeAxis.Span(100, 120));
        axis.showSpan(120, 120);
        assertThat(axis.brushProperty().get()).as("never shorter than a second").isEqualTo(new TimeAxis.Span(119, 120));
        axis.clearBrush();
        axis.rangeProperty().set(TimeRange.ALL);
        assertThat(axis.showsPart()).isFalse();
    }

    @Test
    void span_moved_keepsItsLengthAtBothEnds() {
        axis.showSpan(30, 50);
        axis.moveSpan(-100);
        assertThat(axis.brushProperty().get()).isEqualTo(new TimeAxis.Span(0, 20));
        axis.moveSpan(500);
        assertThat(axis.brushProperty().get()).isEqualTo(new TimeAxis.Span(100, 120));
    }

    @Test
    void span_resized_keepsItsStart() {
        axis.showSpan(30, 50);
        axis.resizeSpan(10);
        assertThat(axis.brushProperty().get()).isEqualTo(new TimeAxis.Span(30, 60));
        axis.resizeSpan(-200);
        assertThat(axis.brushProperty().get()).isEqualTo(new TimeAxis.Span(30, 31));
        axis.resizeSpan(200);
        assertThat(axis.brushProperty().get()).isEqualTo(new TimeAxis.Span(30, 120));
    }

    @Test
    void span_beforeAnythingHappened_isNotShown() {
        axis.nowProperty().set(0);
        axis.showSpan(0, 10);
        axis.moveSpan(1);
        axis.resizeSpan(1);
        assertThat(axis.brushProperty().get()).isNull();
    }

    @Test
    void nextRun_isShownWhole() {
        axis.drawBrush(20, 40);
        axis.endBrush();
        axis.reset();

        assertThat(axis.brushProperty().get()).isNull();
        assertThat(axis.startSeconds()).isZero();
    }
}

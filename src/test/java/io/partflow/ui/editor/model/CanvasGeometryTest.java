package io.partflow.ui.editor.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.partflow.engine.content.Part;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import org.junit.jupiter.api.Test;

class CanvasGeometryTest {
    @Test
    void viewport_zoomed_keepsThePointUnderThePointer() {
        Viewport view = new Viewport(30, -12, 0.7);
        Point2D before = view.toWorld(200, 150);
        Point2D after = view.zoomedTo(2.2, 200, 150).toWorld(200, 150);
        assertThat(after.distance(before)).isLessThan(1e-9);
    }

    @Test
    void viewport_zoomedBeyondItsLimits_staysWithin() {
        assertThat(Viewport.HOME.zoomedTo(100, 0, 0).zoom()).isEqualTo(4);
        assertThat(Viewport.HOME.zoomedTo(0, 0, 0).zoom()).isEqualTo(0.1);
    }

    @Test
    void viewport_fittingSmallContent_neverExceedsFullSize_andCentres() {
        Viewport view = Viewport.fitting(new Rectangle2D(100, 100, 200, 100), 820, 555, 16, 1);
        assertThat(view.zoom()).isEqualTo(1);
        assertThat(view.toScreen(200, 150).distance(410, 277.5)).isLessThan(1);
    }

    @Test
    void viewport_fittingLargeContent_showsAllOfIt() {
        Rectangle2D content = new Rectangle2D(-300, 40, 3_000, 900);
        Viewport view = Viewport.fitting(content, 820, 555, 16, 1);
        assertThat(view.seen(820, 555).contains(content)).isTrue();
    }

    @Test
    void viewport_revealing_panOnlyAsFarAsNeeded() {
        Viewport view = Viewport.HOME.revealing(new Rectangle2D(900, 10, 160, 120), 820, 555, 24);
        assertThat(view.toScreen(1_060, 0).getX()).isCloseTo(796, within(1e-9));
        assertThat(Viewport.HOME.revealing(new Rectangle2D(100, 100, 50, 50), 820, 555, 24))
                .isEqualTo(Viewport.HOME);
    }

    @Test
    void curve_endsAndMiddle_lieOnIt() {
        WireCurve curve = new WireCurve(10, 20, 210, 120);
        assertThat(curve.at(0)).isEqualTo(new Point2D(10, 20));
        assertThat(curve.at(1)).isEqualTo(new Point2D(210, 120));
        assertThat(curve.distance(110, 70)).isLessThan(1);
        assertThat(curve.distance(110, 140)).isGreaterThan(20);
        assertThat(curve.crosses(new Rectangle2D(100, 60, 20, 20))).isTrue();
        assertThat(curve.crosses(new Rectangle2D(100, 200, 20, 20))).isFalse();
    }

    @Test
    void detail_byZoom_dropsWhatCannotBeRead() {
        assertThat(LevelOfDetail.at(0.8)).isEqualTo(LevelOfDetail.FULL);
        assertThat(LevelOfDetail.at(0.79)).isEqualTo(LevelOfDetail.NUMBERS);
        assertThat(LevelOfDetail.at(0.49)).isEqualTo(LevelOfDetail.TITLE);
        assertThat(LevelOfDetail.readable(12, 0.5) * 0.5).isGreaterThanOrEqualTo(11);
        assertThat(LevelOfDetail.readable(12, 1)).isEqualTo(12);
    }

    @Test
    void waveform_ofWav_isLoudWhereTheSoundIs() {
        Waveform wave = Waveform.of(Part.blob(EditorFixtures.wav(), "audio/wav"));
        assertThat(wave.isKnown()).isTrue();
        assertThat(wave.peak(4)).isGreaterThan(0.2);
        assertThat(wave.peak(15)).isLessThan(0.05);
    }

    @Test
    void waveform_ofBrokenOrUnknownSound_isUnknown() {
        byte[] cut = java.util.Arrays.copyOf(EditorFixtures.wav(), 30);
        assertThat(Waveform.of(Part.blob(cut, "audio/wav")).isKnown()).isFalse();
        assertThat(Waveform.of(Part.blob(new byte[200], "audio/ogg")).isKnown()).isFalse();
        assertThat(Waveform.of(Part.blob(new byte[0], "audio/wav")).isKnown()).isFalse();
    }
}

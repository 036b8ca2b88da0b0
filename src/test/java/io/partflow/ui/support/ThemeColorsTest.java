package io.partflow.ui.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ThemeColorsTest {

    @Test
    void tokens_bothThemes_sameNames() {
        assertEquals(Theme.DARK.colors().tokens(), Theme.LIGHT.colors().tokens());
    }

    @Test
    void color_knownToken_valueOfTheTokenFile() {
        assertEquals(Color.web("#3EB9F5"), Theme.DARK.colors().color("-pf-hit"));
        assertEquals(Color.web("#FAFBFC"), Theme.LIGHT.colors().color("-color-bg-default"));
    }

    @Test
    void color_unknownToken_refusedByName() {
        ThemeColors colors = Theme.DARK.colors();
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> colors.color("-pf-no-such"));
        assertTrue(refused.getMessage().contains("-pf-no-such"));
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void texts_onTheirSurfaces_contrastAtLeast4_5(Theme theme) {
        ThemeColors colors = theme.colors();
        for (String text : List.of(
                "-color-fg-default",
                "-color-fg-muted",
                "-color-accent-fg",
                "-color-success-fg",
                "-color-warning-fg",
                "-color-danger-fg")) {
            for (String surface : List.of("-color-bg-default", "-color-bg-subtle", "-color-bg-overlay")) {
                double contrast = contrast(colors.color(text), colors.color(surface));
                assertTrue(contrast >= 4.5, theme + ": " + text + " on " + surface + " is " + contrast);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void seriesMarks_onChartSurface_contrastAtLeast3(Theme theme) {
        ThemeColors colors = theme.colors();
        for (String mark : List.of(
                "-pf-hit", "-pf-miss", "-pf-coalesced", "-pf-evict-size", "-pf-evict-ttl", "-pf-other", "-pf-text")) {
            double contrast = contrast(colors.color(mark), colors.color("-color-bg-default"));
            assertTrue(contrast >= 3, theme + ": " + mark + " is " + contrast);
        }
    }

    @ParameterizedTest
    @EnumSource(PortGlyph.class)
    void portGlyph_everyKind_hasAColourInBothThemes(PortGlyph glyph) {
        assertTrue(Theme.DARK.colors().tokens().contains(glyph.colorToken()));
        assertTrue(Theme.LIGHT.colors().tokens().contains(glyph.colorToken()));
    }

    private static double contrast(Color one, Color other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(Color color) {
        return 0.2126 * linear(color.getRed()) + 0.7152 * linear(color.getGreen()) + 0.0722 * linear(color.getBlue());
    }

    private static double linear(double channel) {
        return channel <= 0.04045 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4);
    }
}

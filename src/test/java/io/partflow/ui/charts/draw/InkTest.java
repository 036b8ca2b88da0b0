package io.partflow.ui.charts.draw;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InkTest {
    @Test
    void fittedAtBothEnds_ofTwoWiresFromOneNode_tellsThemApart() {
        double most = Ink.width("Speech segments to Vie", Ink.CAPTION);

        String viewer = Ink.fittedAtBothEnds("Speech segments to Viewer", Ink.CAPTION, most);
        String facts = Ink.fittedAtBothEnds("Speech segments to Audio facts", Ink.CAPTION, most);

        assertThat(viewer).startsWith("Speech").contains("…").endsWith("Viewer");
        assertThat(facts).startsWith("Speech").contains("…").endsWith("facts");
        assertThat(Ink.width(viewer, Ink.CAPTION)).isLessThanOrEqualTo(most);
        assertThat(Ink.width(facts, Ink.CAPTION)).isLessThanOrEqualTo(most);
        assertThat(Ink.fittedAtBothEnds("Viewer", Ink.CAPTION, most)).isEqualTo("Viewer");
    }
}

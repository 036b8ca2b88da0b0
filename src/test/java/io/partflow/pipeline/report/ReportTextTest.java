package io.partflow.pipeline.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.cache.CacheSnapshot;
import org.junit.jupiter.api.Test;

class ReportTextTest {
    private static final String TEXT = ReportText.of(SampleRun.report(SampleRun.snapshot()));

    @Test
    void text_ofARun_saysHowItWentFirst() {
        assertThat(TEXT)
                .startsWith("samples/hello-hits.partflow.json: completed in 1.83 s (balanced, as fast as possible)\n"
                        + "400 parts in, 400 out, 1 failed\n");
    }

    @Test
    void text_ofACache_hasTheNumbersOfTheSnapshot() {
        assertThat(row("  answer  "))
                .containsExactly("answer", "model.simulated@2", "400", "399", "1", "34.0 s", "0", "0");
        assertThat(TEXT.lines().filter(line -> line.contains("86.0 %")).findFirst())
                .hasValueSatisfying(line -> assertThat(line.strip().split("  +"))
                        .containsExactly(
                                "answer",
                                "400",
                                "300",
                                "44",
                                "56",
                                "86.0 %",
                                "56",
                                "52",
                                "43.9 KiB",
                                "3",
                                "0",
                                "1",
                                "0"));
    }

    @Test
    void columns_ofATable_areAligned() {
        String[] lines = new TextTable(TextTable.Side.LEFT, TextTable.Side.RIGHT)
                .row("name", "parts")
                .row("a", "1,234,567")
                .row("longer")
                .text("  ")
                .split("\n");

        assertThat(lines).containsExactly("  name        parts", "  a       1,234,567", "  longer");
    }

    @Test
    void problemsAndAssertions_areListedWithRemedyAndValue() {
        assertThat(TEXT).contains("\nProblems\n  error FILE_EMPTY  ask: x.wav is empty.\n    Check it.\n");
        assertThat(TEXT).contains("  passed  hitRatio>=0.6           is 0.86\n");
        assertThat(TEXT).contains("  FAILED  nodes.ask.cache.hits>1  not known\n");
    }

    @Test
    void unknownRatio_isADash() {
        String text = ReportText.of(SampleRun.report(SampleRun.snapshot(CacheSnapshot.EMPTY)));

        assertThat(text).doesNotContain("NaN").doesNotContain("Time to answer");
        assertThat(text.lines().anyMatch(line -> line.matches("  answer +0 +0 +0 +0 +- .*")))
                .isTrue();
    }

    private static String[] row(String start) {
        return TEXT.lines()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElse("")
                .strip()
                .split("  +");
    }
}

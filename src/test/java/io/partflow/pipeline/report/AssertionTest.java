package io.partflow.pipeline.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.partflow.engine.content.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssertionTest {
    private static final JsonObject NUMBERS = ReportJson.numbers(SampleRun.snapshot());

    @ParameterizedTest
    @CsvSource({
        "hitRatio>=0.86, PASSED",
        "hitRatio>0.86, FAILED",
        "hitRatio <= 0.86, PASSED",
        "hitRatio<0.86, FAILED",
        "misses==56, PASSED",
        "misses!=56, FAILED",
        "cache.misses==56, PASSED",
        "totals.cache.misses==56, PASSED",
        "evictions.size==3, PASSED",
        "partsOut==400, PASSED",
        "totals.failures==1, PASSED",
        "savings.measured.calls>3e2, PASSED",
        "nodes.answer.cache.hitLatency.p50Ms<1, PASSED",
        "nodes.ask.partsOut==400, PASSED",
        "nodes.ask.partsIn>-1, PASSED",
    })
    void assertion_aboutANumber_comparesIt(String text, Assertion.Verdict verdict) {
        assertThat(Assertion.parse(text).check(NUMBERS).verdict()).isEqualTo(verdict);
    }

    @Test
    void assertion_aboutAnUnknownValue_fails() {
        Assertion.Result result = Assertion.parse("nodes.ask.cache.hitRatio>=0").check(NUMBERS);

        assertThat(result.verdict()).isEqualTo(Assertion.Verdict.FAILED);
        assertThat(result.actual()).isNull();
    }

    @Test
    void assertion_withActualValue_tellsIt() {
        assertThat(Assertion.parse(" misses == 57 ").check(NUMBERS))
                .isEqualTo(new Assertion.Result("misses == 57", 56.0, Assertion.Verdict.FAILED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hitRatio",
                "hitRatio>=",
                ">=0.5",
                "hitRatio=0.5",
                "hitRatio>=high",
                "hit ratio>=1",
                "a>=1>=2"
            })
    void text_ofAnotherForm_isRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Assertion.parse(text))
                .withMessageContaining("NAME OP NUMBER")
                .withMessageContaining("\"" + text + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hitRatio>=0.5",
                "nodes.answer.prompt.tokensAfter<5",
                "nodes.answer.cache.hitRatio>0",
                "totals.savings.estimated.costUsd==0",
            })
    void name_thatReportsHave_isNotComplainedAbout(String text) {
        assertThat(Assertion.parse(text).complaint(ReportJson.form(List.of("answer"))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"hitRate>=0.5", "nodes.other.partsIn>1", "evictions>1", "nodes.answer.id==1", "nodes.answer==1"})
    void name_thatReportsNeverHave_isComplainedAbout(String text) {
        Assertion assertion = Assertion.parse(text);

        assertThat(assertion.complaint(ReportJson.form(List.of("answer"))))
                .hasValueSatisfying(complaint -> assertThat(complaint).contains(assertion.name()));
    }
}

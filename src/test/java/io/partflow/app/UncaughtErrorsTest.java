package io.partflow.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UncaughtErrorsTest {
    private static RuntimeException fromHere() {
        return new IllegalStateException("once");
    }

    private static RuntimeException fromElsewhere() {
        return new IllegalStateException("once");
    }

    @Test
    void code_isShort_andTheSameForTheSamePlace() {
        RuntimeException first = null;
        RuntimeException second = null;
        for (int i = 0; i < 2; i++) {
            second = first;
            first = fromHere();
        }

        assertThat(UncaughtErrors.code(first)).matches("E-[0-9A-Z]{1,5}").isEqualTo(UncaughtErrors.code(second));
    }

    @Test
    void code_ofAnotherPlaceOrError_isAnother() {
        assertThat(UncaughtErrors.code(fromHere())).isNotEqualTo(UncaughtErrors.code(fromElsewhere()));
        assertThat(UncaughtErrors.code(new IllegalStateException()))
                .isNotEqualTo(UncaughtErrors.code(new IllegalArgumentException()));
    }

    @Test
    void code_doesNotDependOnLines() {
        RuntimeException moved = fromHere();
        String before = UncaughtErrors.code(moved);
        StackTraceElement[] frames = moved.getStackTrace();
        for (int i = 0; i < frames.length; i++) {
            frames[i] = new StackTraceElement(
                    frames[i].getClassName(), frames[i].getMethodName(), "Moved.java", frames[i].getLineNumber() + 7);
        }
        moved.setStackTrace(frames);

        assertThat(UncaughtErrors.code(moved)).isEqualTo(before);
    }
}

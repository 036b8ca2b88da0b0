package io.partflow.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.ui.inspect.Fx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UncaughtErrorsUiTest {
    @TempDir
    Path home;

    @Test
    void error_isLogged_andToldWithItsCode() throws Exception {
        List<Notice> told = new ArrayList<>();
        UncaughtErrors errors = new UncaughtErrors(home.resolve("logs"), told::add);
        IllegalStateException error = new IllegalStateException("no such thing");

        Fx.call(() -> {
            errors.uncaughtException(Thread.currentThread(), error);
            errors.uncaughtException(Thread.currentThread(), error);
            return null;
        });

        String code = UncaughtErrors.code(error);
        assertThat(told).hasSize(2).allMatch(notice -> notice.title().contains(code) && notice.staysUntilClosed());
        assertThat(told.getFirst().action()).as("details can be copied").isNotBlank();
        assertThat(Files.readString(home.resolve("logs/errors.log")))
                .contains(code, "no such thing", "UncaughtErrorsUiTest")
                .containsPattern("(?s)" + code + ".*" + code);
    }
}

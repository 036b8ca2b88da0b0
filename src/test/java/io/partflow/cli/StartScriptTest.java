package io.partflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The script that starts the product, run by the system's shell with a stand-in for Java that writes down how it was
/// called. On Windows another script does this.
class StartScriptTest {
    private static final Path SCRIPT = Path.of("src", "main", "dist", "bin", "partflow");

    @TempDir
    Path folder;

    private static boolean hasShell() {
        return Files.isExecutable(Path.of("/bin/sh"));
    }

    private List<String> start(Map<String, String> environment, String... arguments) throws Exception {
        Path java = Files.createDirectories(folder.resolve("java").resolve("bin"));
        Files.writeString(folder.resolve("java").resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
        Path program = java.resolve("java");
        Files.writeString(program, """
            #!/bin/sh
            echo "LC_ALL=${LC_ALL:-}"
            echo "LC_CTYPE=${LC_CTYPE:-}"
            for last in "$@"; do :; done
            printf '%s\\n' "$last"
            """);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<String> command =
                new ArrayList<>(List.of("/bin/sh", SCRIPT.toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
        builder.environment().put("PARTFLOW_JAVA", folder.resolve("java").toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            return said.lines().toList();
        } catch (IOException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    @Test
    void noLocale_becomesOneThatKnowsEveryFileName() throws Exception {
        if (!hasShell()) {
            return;
        }
        assertThat(start(Map.of(), "run", "x")).containsExactly("LC_ALL=", "LC_CTYPE=C.UTF-8", "x");
        assertThat(start(Map.of("LC_ALL", "C"), "run", "x")).containsExactly("LC_ALL=", "LC_CTYPE=C.UTF-8", "x");
        assertThat(start(Map.of("LANG", "POSIX"), "run", "x")).contains("LC_CTYPE=C.UTF-8");
    }

    @Test
    void localeOfTheUser_stays() throws Exception {
        if (!hasShell()) {
            return;
        }
        assertThat(start(Map.of("LANG", "de_DE.UTF-8"), "run", "x")).containsExactly("LC_ALL=", "LC_CTYPE=", "x");
        assertThat(start(Map.of("LC_ALL", "de_DE.UTF-8"), "run", "x")).contains("LC_ALL=de_DE.UTF-8");
    }

    @Test
    void argumentsWithBlanksAndBackslashes_arePassedOnAsTheyAre() throws Exception {
        if (!hasShell()) {
            return;
        }
        assertThat(start(Map.of("LANG", "C.UTF-8"), "run", "a b\\c $HOME.json")).endsWith("a b\\c $HOME.json");
    }
}

package io.partflow.cli;

import static io.partflow.cli.Invocation.partflow;
import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.processor.ProcessorCatalog;
import io.partflow.engine.trace.ProgramVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartflowCommandTest {
    @Test
    void help_listsEveryCommandAndStatus() {
        Invocation.Result result = partflow("--help");

        assertThat(result.status()).isZero();
        assertThat(result.out()).contains("run ", "check ", "key ", "processors ", "picture ", "doctor ");
        assertThat(result.out()).contains("130  interrupted").doesNotContain("completion");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void version_isThatOfTheBuild() {
        Invocation.Result result = partflow("--version");

        assertThat(result.status()).isZero();
        assertThat(result.out())
                .startsWith("Partflow Workbench ")
                .containsPattern("Workbench \\d+\\.\\d+\\.\\d+")
                .contains("Java 2");
        assertThat(ProgramVersion.text()).matches("\\d+\\.\\d+\\.\\d+.*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "check", "key", "processors", "picture", "doctor", "completion"})
    void help_ofACommand_isPrinted(String command) {
        Invocation.Result result = partflow(command, "--help");

        assertThat(result.status()).isZero();
        assertThat(result.out()).startsWith("Usage: partflow " + command);
    }

    @Test
    void unknownOption_isWrongUsage() {
        Invocation.Result result = partflow("run", "--sped=3", "x.partflow.json");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("--sped").contains("--speed").contains("Try: partflow run --help");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void unknownCommand_isWrongUsage_andListsCommands() {
        Invocation.Result result = partflow("ruin");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("\"ruin\"").contains("run, check, key");
    }

    @Test
    void files_withADisplay_areOpenedInTheWorkbench(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("a.partflow.json"), "{}");
        Invocation invocation = new Invocation().with("WAYLAND_DISPLAY", "wayland-0");

        assertThat(invocation.run(file.toString()).status()).isZero();
        assertThat(invocation.opened).containsExactly(file);
    }

    @Test
    void workbench_withoutADisplay_namesTheCommandsThatNeedNone() {
        Invocation invocation = new Invocation();

        Invocation.Result result = invocation.run();

        assertThat(result.status()).isEqualTo(3);
        assertThat(result.err()).contains("DISPLAY").contains("partflow run").contains("partflow picture");
        assertThat(invocation.opened).isEmpty();
        assertThat(result.out()).isEmpty();
    }

    @Test
    void helpCommand_explainsAnother() {
        assertThat(partflow("help", "run").out()).startsWith("Usage: partflow run");
        assertThat(partflow("help").out()).startsWith("Usage: partflow ");
    }

    @Test
    void completion_coversCommandsAndOptions() {
        Invocation.Result result = partflow("completion", "bash");

        assertThat(result.status()).isZero();
        assertThat(result.out()).contains("complete -F", "'--assert'", "--ignore-metadata", "doctor");
        assertThat(partflow("completion", "fish").status()).isEqualTo(2);
    }

    @Test
    void picture_hasItsRequestReadFromTheOptions(@TempDir Path folder) throws Exception {
        Path pipeline = Files.writeString(folder.resolve("a.partflow.json"), "{}");
        Path out = folder.resolve("a.png");
        Invocation invocation = new Invocation();

        assertThat(invocation
                        .run(
                                "picture",
                                pipeline.toString(),
                                "--out",
                                out.toString(),
                                "--theme",
                                "light",
                                "--size",
                                "1280x720")
                        .status())
                .isZero();
        assertThat(invocation.run("picture", "observe", "--out", out.toString()).status())
                .isZero();
        assertThat(invocation.drawn)
                .containsExactly(
                        new PictureRequest(
                                new PictureRequest.OfPipeline(pipeline),
                                out,
                                PictureRequest.Theme.LIGHT,
                                new PictureRequest.Size(1280, 720)),
                        new PictureRequest(
                                new PictureRequest.OfView("observe"),
                                out,
                                PictureRequest.Theme.DARK,
                                new PictureRequest.Size(1440, 900)));
    }

    @Test
    void picture_ofNothingThatIsThere_listsTheViews(@TempDir Path folder) {
        Invocation.Result result =
                partflow("picture", "nowhere", "--out", folder.resolve("a.png").toString());

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("build, observe");
    }

    @ParameterizedTest
    @ValueSource(strings = {"100", "1440x", "10x10", "9000x900", "axb"})
    void picture_withAnImpossibleSize_isWrongUsage(String size) {
        Invocation.Result result = partflow("picture", "build", "--out", "a.png", "--size", size);

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("--size");
    }

    @Test
    void doctor_withoutADisplay_saysSoAndIsNoFailure() {
        Invocation.Result result = partflow("doctor");

        assertThat(result.status()).isZero();
        assertThat(result.out()).contains("Java ", "JavaFX ", "display ", "memory ", "settings ", "logs ");
    }

    @Test
    void errorOfTheProgram_getsTheSameShortCodeEveryTime() {
        Invocation invocation = new Invocation().with((ProcessorCatalog) null);

        Invocation.Result first = invocation.run("processors");
        Invocation.Result second = invocation.run("processors");

        assertThat(first.status()).isEqualTo(4);
        assertThat(first.err())
                .containsPattern("internal error PF-[0-9A-V]{4}")
                .contains("report")
                .isEqualTo(second.err());
    }
}

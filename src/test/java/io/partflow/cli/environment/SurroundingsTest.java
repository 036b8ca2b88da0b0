package io.partflow.cli.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SurroundingsTest {
    @Test
    void display_isToldByTheVariablesOfTheSystem() {
        assertThat(Platform.LINUX.display(Map.of(), "")).isEqualTo(Platform.Display.ABSENT);
        assertThat(Platform.LINUX.display(Map.of("DISPLAY", ":0"), "")).isEqualTo(Platform.Display.PRESENT);
        assertThat(Platform.LINUX.display(Map.of(), "Headless")).isEqualTo(Platform.Display.IN_MEMORY);
        assertThat(Platform.MACOS.display(Map.of(), "")).isEqualTo(Platform.Display.PRESENT);
    }

    @Test
    void folders_followTheSystem_andPartflowHomeOverrides() {
        Path home = Path.of("/home/u");

        assertThat(Folders.of(Platform.LINUX, Map.of("XDG_CONFIG_HOME", "/cfg", "XDG_STATE_HOME", "relative"), home))
                .isEqualTo(new Folders(
                        Path.of("/cfg/partflow"),
                        Path.of("/home/u/.local/state/partflow/journals"),
                        Path.of("/home/u/.local/state/partflow/logs")));
        assertThat(Folders.of(Platform.MACOS, Map.of(), home).logs())
                .isEqualTo(Path.of("/home/u/Library/Application Support/Partflow/logs"));
        assertThat(Folders.of(Platform.WINDOWS, Map.of("APPDATA", "/roaming"), home)
                        .settings())
                .isEqualTo(Path.of("/roaming/Partflow/settings"));
        assertThat(Folders.of(Platform.MACOS, Map.of("PARTFLOW_HOME", "/pf"), home)
                        .settings())
                .isEqualTo(Path.of("/pf/settings"));
    }

    @Test
    void missingDisplay_hasARemedy_andIsNotBad() {
        Surroundings.Finding display = finding(Map.of(), Path.of("/nowhere"), "display");

        assertThat(display.health()).isEqualTo(Surroundings.Finding.Health.LACKING);
        assertThat(display.found()).contains("DISPLAY");
        assertThat(display.remedy()).contains("xvfb-run");
    }

    @Test
    void folderThatCannotBeMade_hasARemedy(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("occupied"), "");

        Surroundings.Finding settings = finding(Map.of(), file, "settings");

        assertThat(settings.health()).isEqualTo(Surroundings.Finding.Health.LACKING);
        assertThat(settings.remedy()).contains("PARTFLOW_HOME");
        assertThat(finding(Map.of(), folder.resolve("fresh"), "settings").health())
                .isEqualTo(Surroundings.Finding.Health.GOOD);
    }

    @Test
    void everyFinding_thatIsNotGood_hasARemedy() {
        List<Surroundings.Finding> all =
                surroundings(Map.of(), Path.of("/nowhere")).findings();

        assertThat(all)
                .filteredOn(each -> each.health() != Surroundings.Finding.Health.GOOD)
                .allSatisfy(each -> assertThat(each.remedy()).isNotBlank());
        assertThat(all)
                .extracting(Surroundings.Finding::subject)
                .contains("Java", "JavaFX", "display", "memory", "logs");
    }

    private static Surroundings.Finding finding(Map<String, String> environment, Path home, String subject) {
        return surroundings(environment, home).findings().stream()
                .filter(each -> each.subject().equals(subject))
                .findFirst()
                .orElseThrow();
    }

    private static Surroundings surroundings(Map<String, String> environment, Path home) {
        return new Surroundings(Platform.LINUX, environment, "", Folders.of(Platform.MACOS, environment, home));
    }
}

package io.partflow.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.ui.support.Theme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @TempDir
    Path home;

    private Settings settings() {
        return new Settings(home.resolve("settings"), Runnable::run);
    }

    @Test
    void choices_areThereAtTheNextStart() throws IOException {
        Path pipeline = Files.writeString(home.resolve("desk.partflow.json"), "{}");
        settings().theme(Theme.LIGHT);
        settings().lastPipeline(pipeline);

        assertThat(settings().theme()).isEqualTo(Theme.LIGHT);
        assertThat(settings().lastPipeline()).contains(pipeline);
    }

    @Test
    void withoutChoices_itIsDark_andNoPipelineWasOpen() {
        assertThat(settings().theme()).isEqualTo(Theme.DARK);
        assertThat(settings().lastPipeline()).isEmpty();
    }

    @Test
    void pipelineThatIsGone_isNotOpenedAgain() {
        settings().lastPipeline(home.resolve("gone.partflow.json"));

        assertThat(settings().lastPipeline()).isEmpty();
    }

    @Test
    void damagedFile_countsAsAbsent_andIsWrittenAnew() throws IOException {
        Files.createDirectories(home.resolve("settings"));
        Files.writeString(home.resolve("settings/settings.json"), "{\"theme\": ");
        assertThat(settings().theme()).isEqualTo(Theme.DARK);
        settings().theme(Theme.LIGHT);

        assertThat(settings().theme()).isEqualTo(Theme.LIGHT);
    }

    @Test
    void folderThatCannotBeMade_doesNotMatter() throws IOException {
        Files.writeString(home.resolve("settings"), "a file where the folder should be");
        Settings settings = settings();
        settings.theme(Theme.LIGHT);

        assertThat(settings.theme()).isEqualTo(Theme.LIGHT);
    }

    @Test
    void ofTwoChoices_theLaterStays_inWhateverOrderTheyAreWritten() {
        Deque<Runnable> writes = new ArrayDeque<>();
        Settings settings = new Settings(home.resolve("settings"), writes::add);
        settings.theme(Theme.LIGHT);
        settings.theme(Theme.DARK);
        writes.removeLast().run();
        writes.removeLast().run();

        assertThat(settings().theme()).isEqualTo(Theme.DARK);
    }
}

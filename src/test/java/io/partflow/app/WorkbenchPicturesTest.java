package io.partflow.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.pipeline.Problem;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkbenchPicturesTest {
    private static final BufferedImage NEW = new BufferedImage(40, 30, BufferedImage.TYPE_INT_ARGB);

    @TempDir
    Path folder;

    @Test
    void picture_takesThePlaceOfAnOlderOne() throws IOException {
        Path out = Files.writeString(folder.resolve("window.png"), "older");

        assertThat(WorkbenchPictures.write(NEW, out)).isEmpty();

        assertThat(ImageIO.read(out.toFile()).getWidth()).isEqualTo(40);
        assertThat(folder).isDirectoryNotContaining(file -> !file.equals(out));
    }

    @Test
    void pictureThatCannotBeWritten_leavesTheOlderOne_andSaysWhy() throws IOException {
        Path out = Files.writeString(folder.resolve("window.png"), "older");
        // Where the new one would be written first.
        Files.createDirectories(folder.resolve("window.png.new/inside"));

        Optional<Problem> problem = WorkbenchPictures.write(NEW, out);

        assertThat(problem).hasValueSatisfying(told -> {
            assertThat(told.code()).isEqualTo("PICTURE_NOT_WRITTEN");
            assertThat(told.file()).isEqualTo(out.toString());
            assertThat(told.message()).doesNotContain("null");
            assertThat(told.remedy()).isNotBlank();
        });
        assertThat(out).hasContent("older");
    }

    @Test
    void pictureInPlaceOfAFolder_isRefused_andNothingIsLeftBehind() throws IOException {
        Path out = Files.createDirectory(folder.resolve("window.png"));

        assertThat(WorkbenchPictures.write(NEW, out))
                .hasValueSatisfying(told -> assertThat(told.message()).contains("a folder of that name"));

        assertThat(folder).isDirectoryNotContaining(file -> !file.equals(out));
    }
}

package io.partflow.ui.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.builtin.image.TurnedJpeg;
import io.partflow.engine.content.Bytes;
import java.io.IOException;
import java.nio.ByteOrder;
import javafx.scene.image.Image;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.testfx.framework.junit5.ApplicationExtension;

/// A picture of 60 x 40 pixels whose left half is red as it is stored.
@ExtendWith(ApplicationExtension.class)
class UprightImageUiTest {
    private static Color at(Image image, double x, double y) {
        return image.getPixelReader().getColor((int) (x * image.getWidth()), (int) (y * image.getHeight()));
    }

    @ParameterizedTest
    @CsvSource({"1, 60, 40, left", "3, 60, 40, right", "6, 40, 60, top", "8, 40, 60, bottom"})
    void picture_isShownAsTheCameraWasHeld(int orientation, int width, int height, String red) throws IOException {
        Image image = UprightImage.of(Bytes.of(TurnedJpeg.of(orientation, ByteOrder.LITTLE_ENDIAN)), 600, 600);

        double scale = 600 / 60.0;
        assertThat(image.getWidth()).isEqualTo(width * scale);
        assertThat(image.getHeight()).isEqualTo(height * scale);
        Color found = switch (red) {
            case "left" -> at(image, 0.1, 0.5);
            case "right" -> at(image, 0.9, 0.5);
            case "top" -> at(image, 0.5, 0.1);
            default -> at(image, 0.5, 0.9);
        };
        assertThat(found.getRed()).isGreaterThan(0.9);
        assertThat(found.getBlue()).isLessThan(0.1);
    }

    @Test
    void turnedPicture_fitsIntoItsBox() throws IOException {
        Image image = UprightImage.of(Bytes.of(TurnedJpeg.of(6, ByteOrder.BIG_ENDIAN)), 30, 15);
        assertThat(image.getWidth()).isEqualTo(10);
        assertThat(image.getHeight()).isEqualTo(15);
    }

    @Test
    void damagedBytes_areAnImageInError() {
        assertThat(UprightImage.of(Bytes.of(new byte[] {1, 2, 3}), 30, 15).isError())
                .isTrue();
    }
}

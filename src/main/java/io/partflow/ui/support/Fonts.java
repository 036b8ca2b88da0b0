package io.partflow.ui.support;

import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javafx.scene.text.Font;
import org.jspecify.annotations.Nullable;

/// The bundled fonts: Partflow Sans (figures of one width) and JetBrains Mono.
///
/// JavaFX chooses a weight only by the name of its family, hence one constant for each weight.
public final class Fonts {

    /// Text of 400.
    public static final String SANS = "Partflow Sans";

    /// Buttons and chosen tabs, 500.
    public static final String SANS_MEDIUM = "Partflow Sans Medium";

    /// Titles, 600.
    public static final String SANS_SEMI_BOLD = "Partflow Sans SemiBold";

    /// Keys, JSON and times.
    public static final String MONO = "JetBrains Mono";

    private static final List<String> FILES = List.of(
            "PartflowSans-Regular.otf",
            "PartflowSans-Medium.otf",
            "PartflowSans-SemiBold.otf",
            "JetBrainsMono-Regular.ttf",
            "JetBrainsMono-SemiBold.ttf");

    private static final double SIZE = 13;

    private static boolean loaded;

    private Fonts() {}

    /// Makes the bundled families known to the toolkit; later calls do nothing.
    ///
    /// Any thread. Throws [IllegalStateException] when a file is missing from the application or is no font,
    /// because then the application was built wrongly.
    public static synchronized void load() {
        if (loaded) {
            return;
        }
        for (String file : FILES) {
            if (font(file) == null) {
                throw new IllegalStateException("The bundled font " + file + " is missing or unreadable");
            }
        }
        loaded = true;
    }

    /// Of a file that lies in a folder, the toolkit maps the file itself; of one inside an archive, it would write a
    /// copy to the disk at every start.
    private static @Nullable Font font(String file) {
        Path beside = Path.of(Objects.requireNonNull(System.getProperty("partflow.home", "")), "fonts", file);
        if (Files.isReadable(beside)) {
            return Font.loadFont(beside.toUri().toString(), SIZE);
        }
        URL bundled = Fonts.class.getResource("fonts/" + file);
        return bundled == null ? null : Font.loadFont(bundled.toExternalForm(), SIZE);
    }
}

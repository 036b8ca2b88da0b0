package io.partflow.ui.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import javafx.scene.text.Font;

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
            try (InputStream bytes = Fonts.class.getResourceAsStream("fonts/" + file)) {
                if (bytes == null || Font.loadFont(bytes, 13) == null) {
                    throw new IllegalStateException("The bundled font " + file + " is missing or unreadable");
                }
            } catch (IOException failure) {
                throw new UncheckedIOException("The bundled font " + file + " cannot be read", failure);
            }
        }
        loaded = true;
    }
}

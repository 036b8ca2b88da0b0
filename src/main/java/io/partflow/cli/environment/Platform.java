package io.partflow.cli.environment;

import java.util.Locale;
import java.util.Map;

/// The kind of system the program runs on. Everything that is neither Windows nor macOS counts as Linux.
public enum Platform {
    LINUX,
    MACOS,
    WINDOWS;

    /// That of this process.
    public static Platform ofProcess() {
        return of(System.getProperty("os.name", ""));
    }

    /// That of a system by the name Java gives it.
    public static Platform of(String osName) {
        String name = osName.toLowerCase(Locale.ROOT);
        if (name.startsWith("windows")) {
            return WINDOWS;
        }
        return name.startsWith("mac") ? MACOS : LINUX;
    }

    /// Whether a window can be opened, as far as can be told without trying.
    ///
    /// @param glass the value of the property `glass.platform`, with which JavaFX is told to draw into
    ///     memory; empty when not set
    public Display display(Map<String, String> environment, String glass) {
        if (glass.equalsIgnoreCase("headless")) {
            return Display.IN_MEMORY;
        }
        boolean named = isSet(environment, "DISPLAY") || isSet(environment, "WAYLAND_DISPLAY");
        return this != LINUX || named ? Display.PRESENT : Display.ABSENT;
    }

    private static boolean isSet(Map<String, String> environment, String name) {
        String value = environment.get(name);
        return value != null && !value.isBlank();
    }

    /// What a window would be drawn on.
    public enum Display {
        PRESENT,
        /// JavaFX was told to draw without one.
        IN_MEMORY,
        ABSENT
    }
}

package io.partflow.cli.environment;

import io.partflow.pipeline.report.Amounts;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the program finds around it: the Java below, the display, fonts, memory, its folders. Loads no class
/// of JavaFX.
///
/// @param glass the property `glass.platform`; empty when not set
public record Surroundings(Platform platform, Map<String, String> environment, String glass, Folders folders) {
    private static final int NEEDED_JAVA = 25;
    private static final long NEEDED_HEAP_BYTES = 256L << 20;
    private static final List<String> DRAWING_LIBRARIES =
            List.of("libpango-1.0.so", "libfreetype.so", "libfontconfig.so");
    private static final List<String> WINDOW_LIBRARIES = List.of("libgtk-3.so");
    private static final List<String> LIBRARY_FOLDERS =
            List.of("/usr/lib", "/usr/lib64", "/lib", "/lib64", "/usr/local/lib");
    private static final List<String> FONT_FOLDERS = List.of("/usr/share/fonts", "/usr/local/share/fonts");

    /// Those of this process.
    public static Surroundings ofProcess() {
        return new Surroundings(
                Platform.ofProcess(), System.getenv(), System.getProperty("glass.platform", ""), Folders.ofProcess());
    }

    /// What a window would be drawn on.
    public Platform.Display screen() {
        return platform.display(environment, glass);
    }

    /// Everything, in the order to show it.
    public List<Finding> findings() {
        List<Finding> all = new ArrayList<>();
        all.add(java());
        all.add(javaFx());
        all.add(display());
        if (platform == Platform.LINUX) {
            all.add(libraries(
                    "drawing",
                    DRAWING_LIBRARIES,
                    "sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libfreetype6 libfontconfig1"));
            all.add(libraries("window", WINDOW_LIBRARIES, "sudo apt install libgtk-3-0 libgl1 libxtst6 libxxf86vm1"));
            all.add(fonts());
        }
        all.add(heap());
        all.add(machine());
        all.add(folder("settings", folders.settings()));
        all.add(folder("journals", folders.journals()));
        all.add(folder("logs", folders.logs()));
        return all;
    }

    private Finding java() {
        String found =
                Runtime.version() + ", " + System.getProperty("java.vendor") + ", " + System.getProperty("java.home");
        return Runtime.version().feature() >= NEEDED_JAVA
                ? Finding.good("Java", found)
                : Finding.bad(
                        "Java",
                        found,
                        "Install a Java " + NEEDED_JAVA + ", or set PARTFLOW_JAVA to the folder of one.");
    }

    private Finding javaFx() {
        boolean module = ModuleLayer.boot().findModule("javafx.controls").isPresent();
        boolean onPath = Surroundings.class.getResource("/javafx/application/Application.class") != null;
        if (module || onPath) {
            return Finding.good("JavaFX", "present");
        }
        return Finding.lacking(
                "JavaFX", "not found; only the commands work", "Start with bin/partflow of a complete installation.");
    }

    private Finding display() {
        return switch (screen()) {
            case PRESENT -> Finding.good("display", platform == Platform.LINUX ? displayName() : "present");
            case IN_MEMORY -> Finding.good("display", "JavaFX draws into memory (glass.platform=" + glass + ")");
            case ABSENT ->
                Finding.lacking(
                        "display",
                        "none: neither DISPLAY nor WAYLAND_DISPLAY is set; run, check, key, trace, processors and"
                                + " picture work without",
                        "For the window, log in at a desktop, use ssh -X, or start with xvfb-run.");
        };
    }

    private String displayName() {
        String wayland = environment.getOrDefault("WAYLAND_DISPLAY", "");
        return wayland.isBlank() ? environment.getOrDefault("DISPLAY", "") : wayland;
    }

    private static Finding libraries(String subject, List<String> names, String remedy) {
        List<String> missing = names.stream().filter(name -> !anyLibrary(name)).toList();
        return missing.isEmpty()
                ? Finding.good(subject, String.join(", ", names))
                : Finding.lacking(subject, "not found: " + String.join(", ", missing), "Debian and Ubuntu: " + remedy);
    }

    private static boolean anyLibrary(String name) {
        for (String folder : LIBRARY_FOLDERS) {
            Path root = Path.of(folder);
            if (holds(root, name)) {
                return true;
            }
            try (Stream<Path> inside = Files.list(root)) {
                if (inside.filter(each -> each.getFileName().toString().contains("linux-"))
                        .anyMatch(each -> holds(each, name))) {
                    return true;
                }
            } catch (IOException e) {
                // A folder that is not there or not ours to read holds nothing for us.
            }
        }
        return false;
    }

    private static boolean holds(Path folder, String name) {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.anyMatch(each -> each.getFileName().toString().startsWith(name));
        } catch (IOException e) {
            // As above.
            return false;
        }
    }

    private Finding fonts() {
        String chosen = environment.get("FONTCONFIG_FILE");
        if (chosen != null && Files.isReadable(Path.of(chosen))) {
            return Finding.good("fonts", "chosen by " + chosen);
        }
        long count = FONT_FOLDERS.stream().mapToLong(Surroundings::fontsIn).sum();
        return count > 0
                ? Finding.good("fonts", Amounts.count(count) + " files; the workbench brings its own for its interface")
                : Finding.lacking(
                        "fonts", "no font file found", "Debian and Ubuntu: sudo apt install fonts-dejavu-core");
    }

    private static long fontsIn(String folder) {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            return files.filter(each -> each.toString().matches(".*\\.(ttf|otf|ttc|pfb)"))
                    .count();
        } catch (IOException | java.io.UncheckedIOException e) {
            // As above.
            return 0;
        }
    }

    private static Finding heap() {
        long max = Runtime.getRuntime().maxMemory();
        String found = Amounts.bytes(max) + " at most for the program";
        return max >= NEEDED_HEAP_BYTES
                ? Finding.good("memory", found)
                : Finding.lacking("memory", found, "Give it more: PARTFLOW_JAVA_OPTIONS=-Xmx1g");
    }

    private static Finding machine() {
        String cores = Runtime.getRuntime().availableProcessors() + " processors, ";
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? Finding.good(
                        "machine",
                        cores + Amounts.bytes(system.getTotalMemorySize()) + " of memory, "
                                + Amounts.bytes(system.getFreeMemorySize()) + " free")
                : Finding.good("machine", cores + "memory unknown");
    }

    private static Finding folder(String subject, Path folder) {
        Path existing = nearest(folder);
        if (existing != null && Files.isWritable(existing)) {
            return Finding.good(subject, folder + (existing.equals(folder) ? "" : " (made when needed)"));
        }
        return Finding.lacking(
                subject,
                folder + " cannot be written",
                "Make the folder and give yourself the right to write, or set PARTFLOW_HOME to another one.");
    }

    private static @Nullable Path nearest(Path folder) {
        for (Path at = folder; at != null; at = at.getParent()) {
            if (Files.isDirectory(at)) {
                return at;
            }
            if (Files.exists(at)) {
                return null;
            }
        }
        return null;
    }

    /// One thing the doctor looked at.
    ///
    /// @param subject what was looked at, one or two words
    /// @param found what is there, one line
    /// @param remedy what to do; empty when all is well
    public record Finding(String subject, Health health, String found, String remedy) {
        /// How the program fares with what was found.
        public enum Health {
            GOOD("ok"),
            /// Something will not work; the rest will.
            LACKING("lacking"),
            /// The program cannot do its work.
            BAD("BAD");

            private final String word;

            Health(String word) {
                this.word = word;
            }

            public String word() {
                return word;
            }
        }

        static Finding good(String subject, String found) {
            return new Finding(subject, Health.GOOD, found, "");
        }

        static Finding lacking(String subject, String found, String remedy) {
            return new Finding(subject, Health.LACKING, found, remedy);
        }

        static Finding bad(String subject, String found, String remedy) {
            return new Finding(subject, Health.BAD, found, remedy);
        }
    }
}

package io.partflow.cli.environment;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the program keeps its own files. Immutable; naming a folder does not create it.
///
/// `PARTFLOW_HOME` holds all three; without it they follow the customs of the system: XDG folders,
/// `%APPDATA%`, Application Support.
///
/// @param settings what the user has chosen
/// @param journals what is not saved yet
/// @param logs what went wrong
public record Folders(Path settings, Path journals, Path logs) {
    /// The folders for this process.
    public static Folders ofProcess() {
        return of(Platform.ofProcess(), System.getenv(), Path.of(System.getProperty("user.home", ".")));
    }

    /// The folders for a system, an environment and a home folder.
    public static Folders of(Platform platform, Map<String, String> environment, Path home) {
        Path chosen = folder(environment, "PARTFLOW_HOME");
        if (chosen != null) {
            return under(chosen);
        }
        return switch (platform) {
            case WINDOWS ->
                under(or(folder(environment, "APPDATA"), home.resolve("AppData").resolve("Roaming"))
                        .resolve("Partflow"));
            case MACOS ->
                under(home.resolve("Library").resolve("Application Support").resolve("Partflow"));
            case LINUX -> {
                Path config = or(folder(environment, "XDG_CONFIG_HOME"), home.resolve(".config"));
                Path state = or(
                                folder(environment, "XDG_STATE_HOME"),
                                home.resolve(".local").resolve("state"))
                        .resolve("partflow");
                yield new Folders(config.resolve("partflow"), state.resolve("journals"), state.resolve("logs"));
            }
        };
    }

    private static Folders under(Path root) {
        return new Folders(root.resolve("settings"), root.resolve("journals"), root.resolve("logs"));
    }

    private static Path or(@Nullable Path chosen, Path otherwise) {
        return chosen == null ? otherwise : chosen;
    }

    /// The XDG rules ignore relative paths, and so do we everywhere.
    private static @Nullable Path folder(Map<String, String> environment, String name) {
        String value = environment.get(name);
        if (value == null || value.isBlank()) {
            return null;
        }
        Path path = Path.of(value);
        return path.isAbsolute() || name.equals("PARTFLOW_HOME") ? path.toAbsolutePath() : null;
    }
}

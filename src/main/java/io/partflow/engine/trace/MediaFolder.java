package io.partflow.engine.trace;

import io.partflow.engine.content.Bytes;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/// The folder beside a recording that holds its large blobs, each named by its SHA-256. Immutable; files are
/// written whole or not at all.
final class MediaFolder {
    private static final Map<String, String> EXTENSIONS = Map.ofEntries(
            Map.entry("image/png", "png"),
            Map.entry("image/jpeg", "jpg"),
            Map.entry("image/gif", "gif"),
            Map.entry("image/webp", "webp"),
            Map.entry("image/bmp", "bmp"),
            Map.entry("image/tiff", "tiff"),
            Map.entry("audio/wav", "wav"),
            Map.entry("audio/flac", "flac"),
            Map.entry("audio/mpeg", "mp3"),
            Map.entry("audio/ogg", "ogg"),
            Map.entry("video/mp4", "mp4"),
            Map.entry("video/webm", "webm"),
            Map.entry("application/pdf", "pdf"));

    private final Path folder;

    MediaFolder(Path folder) {
        this.folder = folder;
    }

    /// Whether a name from a recording stays below the folder it is resolved against, on every system.
    static boolean isInside(String name) {
        return !name.isBlank()
                && !name.startsWith("/")
                && name.chars().noneMatch(c -> c == '\\' || c == ':' || c < ' ')
                && Arrays.stream(name.split("/", -1))
                        .noneMatch(step -> step.isEmpty() || step.equals("..") || step.equals("."));
    }

    /// Where the file of that name lies; the name must be [#isInside(String)].
    Path resolve(String name) {
        return folder.resolve(name);
    }

    /// Whether an existing file lies in the folder even when links are followed.
    boolean reallyHolds(Path file) throws IOException {
        return file.toRealPath().startsWith(folder.toRealPath());
    }

    /// Keeps a blob and returns its file's name; on return the file is complete and closed.
    String keep(Bytes data, String mimeType) throws IOException {
        String name = hex(data) + "." + extension(mimeType);
        Path file = folder.resolve(name);
        if (Files.exists(file) && Files.size(file) == data.length()) {
            return name;
        }
        Files.createDirectories(folder);
        Path unfinished = Files.createTempFile(folder, "unfinished-", ".tmp");
        try {
            try (OutputStream out = new FileOutputStream(unfinished.toFile())) {
                data.inputStream().transferTo(out);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
        return name;
    }

    private static String extension(String mimeType) {
        return EXTENSIONS.getOrDefault(mimeType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT), "bin");
    }

    private static String hex(Bytes data) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(data.asByteBuffer());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

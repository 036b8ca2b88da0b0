package io.partflow.engine.trace;

import io.partflow.engine.content.Bytes;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The media files of a recording, read with suspicion: a name may not lead out of their folder, nor a file be larger
/// than is allowed or other than its line says. Immutable.
final class RecordedMedia {
    private final Path file;
    private final @Nullable String named;
    private final @Nullable MediaFolder folder;
    private final long maxBytes;

    /// @param file the recording
    /// @param named the folder as the header names it, or null where it names none
    /// @param maxBytes the largest file to read
    RecordedMedia(Path file, @Nullable String named, long maxBytes) {
        this.file = file;
        this.named = named;
        this.folder =
                named == null ? null : new MediaFolder(file.toAbsolutePath().resolveSibling(named));
        this.maxBytes = maxBytes;
    }

    /// The bytes of a media file.
    ///
    /// @param bytes how many they are, as the line says; null where it says nothing
    /// @param line its number, for messages
    /// @throws IllegalArgumentException when the recording names no folder
    Bytes load(String name, @Nullable Long bytes, long line) throws IOException, RecordingException {
        if (!MediaFolder.isInside(name)) {
            throw outside(file, line, name);
        }
        MediaFolder media = folder;
        if (media == null) {
            throw new IllegalArgumentException("the line names the media file " + name + ", the header no folder");
        }
        Path blob = media.resolve(name);
        if (!Files.isRegularFile(blob)) {
            throw new RecordingException(
                    "RECORDING_MEDIA_MISSING",
                    file,
                    line,
                    "the media file " + name + " is not in " + named,
                    "Put the folder " + named + " that belongs to the recording beside it.");
        }
        if (!media.reallyHolds(blob)) {
            throw outside(file, line, name);
        }
        long size = Files.size(blob);
        if (size > maxBytes) {
            throw new RecordingException(
                    "FILE_TOO_LARGE",
                    file,
                    line,
                    "the media file " + name + " has " + size + " bytes, more than " + maxBytes,
                    "Raise the limit for files, or leave this part out.");
        }
        if (bytes != null && bytes != size) {
            throw new RecordingException(
                    "RECORDING_MEDIA_DAMAGED",
                    file,
                    line,
                    "the media file " + name + " has " + size + " bytes instead of " + bytes,
                    "Copy the folder " + named + " again from where the recording was made.");
        }
        try (InputStream in = new FileInputStream(blob.toFile())) {
            return Bytes.wrapUnsafe(in.readAllBytes());
        }
    }

    static RecordingException outside(Path file, long line, String name) {
        return new RecordingException(
                "RECORDING_MEDIA_OUTSIDE",
                file,
                line,
                "the media path \"" + name + "\" leads outside the recording's own folder",
                "Do not trust this recording; media paths are relative and have no \"..\".");
    }
}

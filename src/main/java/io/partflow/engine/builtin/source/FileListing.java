package io.partflow.engine.builtin.source;

import io.partflow.engine.processor.Failure;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// Finds the files that paths and a pattern stand for. Confined to one thread.
final class FileListing {
    /// Whether folders inside folders are searched.
    enum Depth {
        THIS_FOLDER,
        ALL_FOLDERS
    }

    /// Takes note of what cannot be listed.
    @FunctionalInterface
    interface Complaints {
        void add(Failure failure) throws InterruptedException;
    }

    private final Path folder;
    private final String glob;
    private final Depth depth;

    /// @param folder where relative paths start
    /// @param glob such as `*.png` (names) or `raw/**.txt` (paths under the listed folder); empty for all
    /// files
    FileListing(Path folder, String glob, Depth depth) {
        this.folder = folder;
        this.glob = glob;
        this.depth = depth;
    }

    /// The files in the order of the paths, and in natural order within each folder. Hidden files and
    /// folders are left out of folders, but not when they are named themselves. The pattern concerns files
    /// found in folders only.
    ///
    /// @param paths files and folders, relative to the document's folder or absolute
    List<Path> files(List<String> paths, Complaints complaints) throws InterruptedException {
        PathMatcher matcher;
        try {
            matcher = folder.getFileSystem().getPathMatcher("glob:" + (glob.isBlank() ? "**" : glob.strip()));
        } catch (PatternSyntaxException | UnsupportedOperationException e) {
            complaints.add(Failure.of(
                    "GLOB_INVALID",
                    "The pattern \"" + glob + "\" is no file pattern.",
                    "Write one such as *.png, **/*.{txt,md} or frame-??.jpg."));
            return List.of();
        }
        List<Path> files = new ArrayList<>();
        for (String each : paths) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            Path path = resolved(each, complaints);
            if (path != null) {
                if (Files.isDirectory(path)) {
                    addFolder(path, matcher, files, complaints);
                } else {
                    files.add(path);
                }
            }
        }
        return files;
    }

    /// A file as the user knows it: relative to the document's folder when it lies inside, with `/`.
    String shown(Path file) {
        Path path = file.startsWith(folder) ? folder.relativize(file) : file;
        // On Linux a backslash is a letter like any other.
        return path.toString().replace(path.getFileSystem().getSeparator(), "/");
    }

    private @Nullable Path resolved(String path, Complaints complaints) throws InterruptedException {
        try {
            return folder.resolve(path.strip()).normalize();
        } catch (InvalidPathException e) {
            complaints.add(new Failure(
                    "PATH_INVALID",
                    "\"" + path + "\" is no path on this computer: " + e.getReason() + ".",
                    "Choose the file anew.",
                    path));
            return null;
        }
    }

    private void addFolder(Path root, PathMatcher matcher, List<Path> files, Complaints complaints)
            throws InterruptedException {
        List<Path> found = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        try {
            int levels = depth == Depth.ALL_FOLDERS ? Integer.MAX_VALUE : 1;
            Files.walkFileTree(
                    root,
                    EnumSet.of(FileVisitOption.FOLLOW_LINKS),
                    levels,
                    new Visitor(root, matcher, found, failures));
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw new InterruptedException();
        } catch (IOException e) {
            failures.add(unreadable(root, e));
        }
        found.sort(Comparator.comparing(this::shown, NaturalOrder.INSTANCE));
        files.addAll(found);
        if (found.isEmpty() && failures.isEmpty()) {
            failures.add(new Failure(
                    "FOLDER_NO_MATCH",
                    glob.isBlank()
                            ? "The folder " + shown(root) + " holds no files."
                            : "No file in " + shown(root) + " matches " + glob + ".",
                    glob.isBlank() ? "Choose another folder." : "Change the pattern, or leave it empty for all files.",
                    shown(root)));
        }
        for (Failure failure : failures) {
            complaints.add(failure);
        }
    }

    private Failure unreadable(Path path, IOException e) {
        boolean denied = e instanceof AccessDeniedException;
        return new Failure(
                "FOLDER_UNREADABLE",
                shown(path) + (denied ? " may not be read by you." : " cannot be listed: " + e.getMessage() + "."),
                denied ? "Change its permissions, or choose another folder." : "Check the drive, then run again.",
                shown(path));
    }

    private final class Visitor extends SimpleFileVisitor<Path> {
        private final Path root;
        private final PathMatcher matcher;
        private final List<Path> found;
        private final List<Failure> failures;

        Visitor(Path root, PathMatcher matcher, List<Path> found, List<Failure> failures) {
            this.root = root;
            this.matcher = matcher;
            this.found = found;
            this.failures = failures;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) throws IOException {
            if (Thread.currentThread().isInterrupted()) {
                throw new ClosedByInterruptException();
            }
            return each.equals(root) || !isHidden(each) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!attributes.isDirectory() && !isHidden(file) && matches(file)) {
                found.add(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            // A link back to a folder above is no fault: its files are listed already.
            if (!(e instanceof FileSystemLoopException) && !isHidden(file)) {
                failures.add(unreadable(file, e));
            }
            return FileVisitResult.CONTINUE;
        }

        private boolean isHidden(Path path) {
            Path name = path.getFileName();
            return name != null && name.toString().startsWith(".");
        }

        private boolean matches(Path file) {
            Path name = file.getFileName();
            return matcher.matches(root.relativize(file)) || (name != null && matcher.matches(name));
        }
    }
}

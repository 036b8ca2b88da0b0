package io.partflow.engine.builtin.source;

import io.partflow.engine.content.Bytes;
import io.partflow.engine.content.Origin;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.BuildContext;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.Params;
import io.partflow.engine.processor.PartSource;
import io.partflow.engine.processor.PortSpec;
import io.partflow.engine.processor.PortType;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.processor.ProcessorDescriptor.Category;
import io.partflow.engine.processor.ProcessorDescriptor.Kind;
import io.partflow.engine.processor.ProcessorDescriptor.Work;
import io.partflow.engine.processor.ProcessorEntry;
import io.partflow.engine.processor.SourceContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads files and folders: text as text parts, long text in pieces, everything else as one blob part each.
///
/// The type of a part is that of the content; between kinds of text the file's name decides. Where a part
/// came from stands in its [Origin], not in the part, so equal files are equal parts. Confined to its
/// stage's thread.
public final class FilesSource extends PartSource {
    static final ProcessorDescriptor DESCRIPTOR = ProcessorDescriptor.builder("source.files", 1, "Files")
            .summary("Reads files and folders, and tells by their content what they are.")
            .category(Category.SOURCES)
            .synonyms("folder", "directory", "open", "load", "input", "glob", "drop")
            .icon("folder")
            .example("Drop a folder of tickets, photos and calls on the canvas.")
            .outputs(PortSpec.required("out", PortType.ANY))
            .params(
                    ParamSpec.list(
                                    "paths",
                                    "Paths",
                                    "Files and folders, one a line, relative to the pipeline's own folder.")
                            .asRequired(),
                    ParamSpec.text(
                            "glob",
                            "Pattern",
                            "Which files of a folder: by name such as *.png, or by path such as **/*.{txt,md}; empty"
                                    + " for all.",
                            ""),
                    ParamSpec.flag("recursive", "Folders inside", "Whether folders inside folders are read too.", true),
                    ParamSpec.bytes(
                                    "pieceBytes",
                                    "Piece size",
                                    "Longer text is read in pieces of at most this size, cut at paragraphs.",
                                    262_144)
                            .withRange(1_024, 16_777_216)
                            .withStep(65_536))
            .kind(Kind.SOURCE)
            .work(Work.BLOCKING)
            .build();

    public static final ProcessorEntry ENTRY = new ProcessorEntry(DESCRIPTOR, FilesSource::new);

    private record Config(List<String> paths, int pieceBytes, FileListing listing) {
        static Config of(Params params, BuildContext context) {
            FileListing.Depth depth =
                    params.flag("recursive") ? FileListing.Depth.ALL_FOLDERS : FileListing.Depth.THIS_FOLDER;
            return new Config(
                    params.list("paths"),
                    params.count("pieceBytes"),
                    new FileListing(context.folder(), params.text("glob"), depth));
        }
    }

    private final Config config;
    private final Origin origin;

    private FilesSource(Params params, BuildContext context) {
        config = Config.of(params, context);
        origin = Origin.ofNode(context.node());
    }

    @Override
    protected void produce(SourceContext context) throws InterruptedException {
        for (Path file : config.listing.files(config.paths, context::fail)) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            String shown = config.listing.shown(file);
            try {
                read(file, shown, context);
            } catch (ClosedByInterruptException e) {
                Thread.interrupted();
                throw new InterruptedException();
            } catch (IOException e) {
                context.fail(unreadable(shown, e));
            }
        }
    }

    private void read(Path file, String shown, SourceContext context) throws IOException, InterruptedException {
        Failure refusal = refusal(file, shown, context.maxFileBytes());
        if (refusal != null) {
            context.fail(refusal);
            return;
        }
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(MediaTypes.PREFIX_BYTES);
        }
        if (start.length == 0) {
            context.fail(empty(shown));
            return;
        }
        MediaTypes.Found found = MediaTypes.of(String.valueOf(file.getFileName()), start);
        if (found.isWronglyNamed()) {
            context.warn(wronglyNamed(shown, found));
        }
        if (found.isText()) {
            readText(file, shown, start, found.mimeType(), context);
        } else {
            readBlob(file, shown, found.mimeType(), context);
        }
    }

    private void readBlob(Path file, String shown, String mimeType, SourceContext context)
            throws IOException, InterruptedException {
        long size = Files.size(file);
        context.admit(size);
        byte[] data;
        try (InputStream in = Files.newInputStream(file)) {
            data = in.readNBytes(Math.toIntExact(size));
        }
        context.emit(Part.blob(Bytes.wrapUnsafe(data), mimeType), origin.withFile(shown));
    }

    private void readText(Path file, String shown, byte[] start, String mimeType, SourceContext context)
            throws IOException, InterruptedException {
        Optional<TextEncoding> encoding;
        try (InputStream in = Files.newInputStream(file)) {
            encoding = TextEncoding.of(in, start);
        }
        if (encoding.isEmpty()) {
            context.fail(new Failure(
                    "TEXT_ENCODING",
                    shown + " is text in an encoding that is not UTF-8, UTF-16 or Western.",
                    "Save it as UTF-8 in an editor.",
                    shown));
            return;
        }
        long size = Files.size(file);
        // A document that is one whole must not be cut.
        boolean whole =
                mimeType.equals("application/json") || mimeType.equals("text/html") || mimeType.equals("text/xml");
        int pieceBytes = whole ? Integer.MAX_VALUE - 8 : config.pieceBytes;
        try (InputStream in = Files.newInputStream(file);
                TextReading text = new TextReading(in, encoding.get(), pieceBytes)) {
            while (!text.isFinished()) {
                context.admit(Math.min(size, pieceBytes));
                String piece = text.next();
                if (piece == null) {
                    // Nothing but a byte order mark.
                    context.fail(empty(shown));
                    return;
                }
                context.emit(Part.text(piece).withMimeType(mimeType), origin.withFile(shown));
            }
        }
        if (encoding.get().end() == TextEncoding.End.CUT_OFF) {
            context.fail(new Failure(
                    "TEXT_TRUNCATED",
                    shown + " ends in the middle of a character; it was read up to there.",
                    "Copy or download the file again; it is cut off.",
                    shown));
        }
    }

    private static @Nullable Failure refusal(Path file, String shown, long maxFileBytes) throws IOException {
        if (!Files.exists(file)) {
            return new Failure(
                    "FILE_MISSING",
                    shown + " does not exist.",
                    "Choose the file anew, or take it off the list.",
                    shown);
        }
        if (!Files.isRegularFile(file)) {
            return new Failure(
                    "FILE_NOT_REGULAR",
                    shown + " is a device or a pipe, not a file.",
                    "Copy what it gives into a file.",
                    shown);
        }
        if (!Files.isReadable(file)) {
            return unreadable(shown, new AccessDeniedException(shown));
        }
        long size = Files.size(file);
        if (size == 0) {
            return empty(shown);
        }
        return size <= maxFileBytes
                ? null
                : new Failure(
                        "FILE_TOO_LARGE",
                        String.format(
                                Locale.ROOT,
                                "%s has %.1f MiB; the limit is %.1f MiB.",
                                shown,
                                size / 1048576.0,
                                maxFileBytes / 1048576.0),
                        "Split the file, or give Java more memory: the limit is at most a quarter of its heap.",
                        shown);
    }

    private static Failure empty(String shown) {
        return new Failure(
                "FILE_EMPTY", shown + " is empty.", "Check how the file was written, then run again.", shown);
    }

    private static Failure unreadable(String shown, IOException e) {
        if (e instanceof NoSuchFileException) {
            return new Failure(
                    "FILE_MISSING", shown + " has gone.", "Choose the file anew, or take it off the list.", shown);
        }
        boolean denied = e instanceof AccessDeniedException;
        return new Failure(
                "FILE_UNREADABLE",
                denied
                        ? shown + " may not be read by you."
                        : shown + " cannot be read: " + Objects.toString(e.getMessage(), "no reason given") + ".",
                denied
                        ? "Change its permissions, or choose another file."
                        : "Check the drive or copy the file, then run again.",
                shown);
    }

    private static Failure wronglyNamed(String shown, MediaTypes.Found found) {
        String known =
                found.mimeType().equals(MediaTypes.UNKNOWN) ? "nothing known, perhaps damaged" : found.mimeType();
        String extension = MediaTypes.extension(found.mimeType());
        return new Failure(
                "FILE_NAME_MISMATCH",
                shown + " is named like " + found.namedAs() + " but its content is " + known + "; it was read as "
                        + found.mimeType() + ".",
                found.mimeType().equals(MediaTypes.UNKNOWN) || extension.isEmpty()
                        ? "Check the file in the program that wrote it."
                        : "Rename it to end in " + extension + ", or check that it is the file you meant.",
                shown);
    }
}

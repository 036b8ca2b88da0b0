package io.partflow.engine.builtin.sink;

import io.partflow.engine.content.Delivery;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Origin;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.WireForm;
import io.partflow.engine.processor.BuildContext;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.Params;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartSink;
import io.partflow.engine.processor.PortSpec;
import io.partflow.engine.processor.PortType;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.processor.ProcessorDescriptor.Category;
import io.partflow.engine.processor.ProcessorDescriptor.Kind;
import io.partflow.engine.processor.ProcessorDescriptor.Work;
import io.partflow.engine.processor.ProcessorEntry;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Writes every part as a line of JSON, in wire form, with `from_cache` and `original_file_name` added to
/// the metadata where they are known.
///
/// Lines go to a temporary file beside the target, which takes the target's place and its permissions at the
/// end of a run; a run that is cancelled or fails leaves the target as it was. A line that cannot be written
/// ends the writing: a file with holes is worth nothing. Confined to its stage's thread.
public final class JsonLinesSink extends PartSink {
    static final ProcessorDescriptor DESCRIPTOR = ProcessorDescriptor.builder("sink.jsonl", 1, "JSON Lines")
            .summary("Writes every part as a line of JSON into a file, whole at the end of the run.")
            .category(Category.SINKS)
            .synonyms("save", "write", "export", "output", "file", "jsonl")
            .icon("file-text")
            .example("Keep a run's answers for a program that reads JSON Lines.")
            .inputs(PortSpec.required("in", PortType.ANY))
            .params(ParamSpec.file(
                            "file", "File", "Where to write; a file that is there is replaced at the end of the run.")
                    .asRequired())
            .kind(Kind.SINK)
            .work(Work.BLOCKING)
            .build();

    public static final ProcessorEntry ENTRY = new ProcessorEntry(DESCRIPTOR, JsonLinesSink::new);

    /// Makes a file that is not there yet, to be written in UTF-8.
    @FunctionalInterface
    interface Opening {
        BufferedWriter open(Path file) throws IOException;
    }

    private final Opening opening;
    private final Path target;
    private final String shown;
    private @Nullable Path temporary;
    private @Nullable BufferedWriter writer;

    private JsonLinesSink(Params params, BuildContext context) {
        this(params, context, file -> Files.newBufferedWriter(file, StandardOpenOption.CREATE_NEW));
    }

    JsonLinesSink(Params params, BuildContext context, Opening opening) {
        this.opening = opening;
        target = followed(context.resolve(params.text("file")).toAbsolutePath());
        shown = params.text("file");
    }

    /// What a link leads to: it is the file that is replaced, not the link.
    private static Path followed(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            return file;
        }
    }

    @Override
    protected void accept(Delivery delivery, PartContext context) throws Exception {
        try {
            BufferedWriter lines = open();
            lines.write(WireForm.toJson(labelled(delivery, UnaryOperator.identity())));
            lines.write('\n');
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /// A part as it leaves the product: with what is known of where it came from in its metadata.
    ///
    /// @param naming what a file is called there
    public static Part labelled(Delivery delivery, UnaryOperator<String> naming) {
        Origin origin = delivery.origin();
        Part part = delivery.part();
        if (origin.serving() == Origin.Serving.FROM_CACHE) {
            part = part.withMetadata("from_cache", JsonValue.of(true));
        }
        String file = origin.file();
        return file == null ? part : part.withMetadata("original_file_name", JsonValue.of(naming.apply(file)));
    }

    private BufferedWriter open() throws IOException {
        BufferedWriter open = writer;
        if (open == null) {
            // Not a system temporary file: those are for their owner's eyes alone, and this one is to stay.
            Path file = target.resolveSibling(".partflow-" + UUID.randomUUID() + ".jsonl.tmp");
            open = opening.open(file);
            temporary = file;
            writer = open;
        }
        return open;
    }

    @Override
    protected void finish(PartContext context) throws Broken {
        try {
            open().close();
            Path file = Objects.requireNonNull(temporary);
            keepPermissions(file);
            try {
                Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
            temporary = null;
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private void keepPermissions(Path file) throws IOException {
        PosixFileAttributeView former = Files.getFileAttributeView(target, PosixFileAttributeView.class);
        PosixFileAttributeView fresh = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (former != null && fresh != null && Files.exists(target)) {
            fresh.setPermissions(former.readAttributes().permissions());
        }
    }

    /// Closes the file and removes it when it has not taken the target's place.
    @Override
    public void close() throws IOException {
        Path file = temporary;
        if (writer == null || file == null) {
            return;
        }
        try {
            writer.close();
        } catch (IOException givenUp) {
            // The file goes, so what could not be written into it is of no matter.
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private Broken broken(IOException e) {
        return switch (e) {
            case AccessDeniedException denied ->
                broken(
                        "FILE_NOT_WRITABLE",
                        "You may not write " + shown + ".",
                        "Choose another folder, or change its permissions.");
            case NoSuchFileException missing ->
                broken(
                        "FOLDER_MISSING",
                        "The folder of " + shown + " does not exist.",
                        "Create it, or choose another.");
            default ->
                broken(
                        "FILE_NOT_WRITABLE",
                        shown + " could not be written, and is as it was before: " + reason(e) + ".",
                        "Check the space left on the drive, or choose another file.");
        };
    }

    private static String reason(IOException e) {
        String given = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
        return given == null ? "no reason given" : given;
    }

    private Broken broken(String code, String message, String remedy) {
        return new Broken(new Failure(code, message, remedy, shown));
    }
}

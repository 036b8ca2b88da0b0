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
import io.partflow.engine.processor.PartException;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Writes every part as a line of JSON, in wire form, with `from_cache` and `original_file_name` added to
/// the metadata where they are known.
///
/// Lines go to a temporary file beside the target, which takes the target's place at the end of a run; a
/// run that is cancelled or fails leaves the target as it was. Confined to its stage's thread.
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

    private final Path target;
    private final String shown;
    private @Nullable Path temporary;
    private @Nullable BufferedWriter writer;

    private JsonLinesSink(Params params, BuildContext context) {
        target = context.resolve(params.text("file"));
        shown = params.text("file");
    }

    @Override
    protected void accept(Delivery delivery, PartContext context) throws Exception {
        try {
            BufferedWriter lines = open();
            lines.write(WireForm.toJson(labelled(delivery)));
            lines.write('\n');
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private static Part labelled(Delivery delivery) {
        Origin origin = delivery.origin();
        Part part = delivery.part();
        if (origin.serving() == Origin.Serving.FROM_CACHE) {
            part = part.withMetadata("from_cache", JsonValue.of(true));
        }
        return origin.file() == null ? part : part.withMetadata("original_file_name", JsonValue.of(origin.file()));
    }

    private BufferedWriter open() throws IOException {
        BufferedWriter open = writer;
        if (open == null) {
            Path folder = Objects.requireNonNull(target.toAbsolutePath().getParent(), "a file lies in a folder");
            Path file = Files.createTempFile(folder, ".partflow-", ".jsonl.tmp");
            temporary = file;
            open = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
            writer = open;
        }
        return open;
    }

    @Override
    protected void finish(PartContext context) throws InterruptedException {
        try {
            open().close();
            Path file = Objects.requireNonNull(temporary);
            try {
                Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
            temporary = null;
        } catch (IOException e) {
            context.fail(failure(e).failure());
        }
    }

    /// Closes the file and removes it when it has not taken the target's place.
    @Override
    public void close() throws IOException {
        try {
            if (writer != null) {
                writer.close();
            }
        } finally {
            if (temporary != null) {
                Files.deleteIfExists(temporary);
            }
        }
    }

    private PartException failure(IOException e) {
        if (e instanceof AccessDeniedException) {
            return fail(
                    "FILE_NOT_WRITABLE",
                    "You may not write " + shown + ".",
                    "Choose another folder, or change its permissions.");
        }
        if (e instanceof NoSuchFileException) {
            return fail(
                    "FOLDER_MISSING", "The folder of " + shown + " does not exist.", "Create it, or choose another.");
        }
        return fail(
                "FILE_NOT_WRITABLE",
                shown + " cannot be written: " + Objects.toString(e.getMessage(), "no reason given") + ".",
                "Check the space left on the drive, or choose another file.");
    }

    private PartException fail(String code, String message, String remedy) {
        return new PartException(new Failure(code, message, remedy, shown));
    }
}

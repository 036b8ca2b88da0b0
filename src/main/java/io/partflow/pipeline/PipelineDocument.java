package io.partflow.pipeline;

import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonReal;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.ProcessorCatalog;
import io.partflow.engine.processor.ProcessorDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Reads and writes `*.partflow.json`. Immutable; its methods block on files, so they belong on no interface thread.
///
/// The written form is one and the same for one graph: keys sorted, two spaces, nodes by id, wires by start then
/// end, one newline at the
/// end, parameters equal to their default left out, fields that are not understood kept. What was written here
/// reads back to the same graph
/// and writes to the same bytes.
public final class PipelineDocument {
    /// The end of every pipeline file's name.
    public static final String SUFFIX = ".partflow.json";

    private static final long MOST_BYTES = 64L << 20;

    private final ProcessorCatalog catalog;

    /// @param catalog tells the defaults that a document leaves out
    public PipelineDocument(ProcessorCatalog catalog) {
        this.catalog = catalog;
    }

    /// What may be done with the file a graph was read from.
    public enum Access {
        /// Save writes to it.
        WRITABLE,
        /// Only Save As to another file: a newer version wrote it, a part of it was not understood, or the file is
        /// locked.
        SAVE_AS_ONLY,
        /// It is no pipeline that could be read; the graph is empty.
        UNREADABLE
    }

    /// What came of reading a document.
    ///
    /// @param graph as much as could be read; empty when nothing could
    /// @param problems of the document alone; [GraphChecker] tells those of the graph
    public record Reading(PipelineGraph graph, Access access, List<Problem> problems) {
        public Reading {
            problems = List.copyOf(problems);
        }

        /// Whether save may not write to the file it came from.
        public boolean isReadOnly() {
            return access != Access.WRITABLE;
        }
    }

    /// Reads a file. Whatever is wrong with it is told as a problem.
    public Reading read(Path file) {
        String shown = file.getFileName() == null
                ? file.toString()
                : file.getFileName().toString();
        try {
            long size = Files.size(file);
            if (size > MOST_BYTES) {
                return unreadable(
                        shown,
                        "FILE_TOO_LARGE",
                        shown + " has " + size + " bytes; a pipeline has at most " + MOST_BYTES + ".",
                        "Choose a pipeline file; recordings and media are opened by dropping them on the canvas.");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
            Reading reading = parse(text.startsWith("\ufeff") ? text.substring(1) : text, shown);
            return Files.isWritable(file) || reading.isReadOnly() ? reading : locked(reading, shown);
        } catch (NoSuchFileException e) {
            return unreadable(
                    shown, "FILE_NOT_FOUND", "There is no file " + file + ".", "Check the name, or open it again.");
        } catch (AccessDeniedException e) {
            return unreadable(
                    shown,
                    "FILE_NOT_READABLE",
                    shown + " may not be read by you.",
                    "Ask for permission to read it, or copy it to a folder of your own.");
        } catch (CharacterCodingException e) {
            return unreadable(
                    shown,
                    "NOT_A_PIPELINE",
                    shown + " is not UTF-8 text.",
                    "Choose a file that ends in " + SUFFIX + ".");
        } catch (IOException e) {
            String reason = Files.isDirectory(file) ? "it is a folder" : reason(e);
            return unreadable(
                    shown,
                    "FILE_NOT_READABLE",
                    shown + " cannot be read: " + reason + ".",
                    "Choose a file that ends in " + SUFFIX + ".");
        }
    }

    private static Reading locked(Reading reading, String shown) {
        List<Problem> problems = new ArrayList<>(reading.problems());
        problems.add(Problem.ofFile(
                "FILE_NOT_WRITABLE",
                Problem.Severity.INFO,
                shown,
                shown + " may not be written by you.",
                "Change what you like and use Save As."));
        return new Reading(reading.graph(), Access.SAVE_AS_ONLY, problems);
    }

    /// Reads a document's text.
    public Reading parse(String text) {
        return parse(text, "the document");
    }

    /// Reads a document's text.
    ///
    /// @param shownName how problems name the document
    public Reading parse(String text, String shownName) {
        JsonValue value;
        try {
            value = JsonText.read(text);
        } catch (JsonText.BrokenException e) {
            return unreadable(
                    shownName,
                    "DAMAGED_JSON",
                    shownName + " is damaged in line " + e.line + ": " + e.getMessage() + ".",
                    "Open it in a text editor at line " + e.line + ", or take an older copy.");
        }
        if (!(value instanceof JsonObject object)) {
            return unreadable(
                    shownName,
                    "NOT_A_PIPELINE",
                    shownName + " holds JSON, but not a pipeline.",
                    "Choose a file that ends in " + SUFFIX + ".");
        }
        DocumentProblems problems = new DocumentProblems(shownName);
        DocumentReader.Result result = new DocumentReader(problems).read(object, nameOf(shownName));
        boolean newer = result.version() > DocumentReader.VERSION;
        if (newer) {
            problems.warn(
                    "NEWER_VERSION",
                    shownName + " has version " + result.version() + "; this workbench knows version "
                            + DocumentReader.VERSION + ".",
                    "Look at it here, change a copy with Save As, or update the workbench.");
        }
        Access access = newer || problems.isLossy() ? Access.SAVE_AS_ONLY : Access.WRITABLE;
        return new Reading(withoutDefaults(result.graph()), access, problems.found());
    }

    private static Reading unreadable(String shownName, String code, String message, String remedy) {
        return new Reading(
                PipelineGraph.empty(nameOf(shownName)),
                Access.UNREADABLE,
                List.of(Problem.ofFile(code, Problem.Severity.ERROR, shownName, message, remedy)));
    }

    private static String nameOf(String file) {
        return file.endsWith(SUFFIX) ? file.substring(0, file.length() - SUFFIX.length()) : file;
    }

    /// The document's text.
    public String write(PipelineGraph graph) {
        return JsonText.write(DocumentWriter.write(withoutDefaults(graph)));
    }

    /// The same graph without the parameters that equal their default, as documents hold it.
    public PipelineGraph withoutDefaults(PipelineGraph graph) {
        List<PipelineNode> nodes = new ArrayList<>(graph.nodes());
        nodes.replaceAll(node -> catalog.descriptor(node.processor())
                .map(descriptor -> withoutDefaults(node, descriptor))
                .orElse(node));
        return nodes.equals(graph.nodes()) ? graph : graph.withNodes(nodes);
    }

    private static PipelineNode withoutDefaults(PipelineNode node, ProcessorDescriptor descriptor) {
        JsonObject params = node.params();
        for (ParamSpec spec : descriptor.params()) {
            JsonValue value = params.get(spec.name());
            boolean unsayable = value instanceof JsonReal real && !Double.isFinite(real.value());
            if (unsayable || (value != null && value.equals(spec.defaultValue()))) {
                params = params.without(spec.name());
            }
        }
        return params == node.params() ? node : node.withParams(params);
    }

    /// Writes a document in one step: a reader sees the old file or the new one, never a half.
    ///
    /// The text is read back and compared before anything is written. Permissions of an existing file stay, a link
    /// is followed.
    ///
    /// @return why nothing was written; empty when it was
    public Optional<Problem> save(PipelineGraph graph, Path file) {
        String shown = file.getFileName() == null
                ? file.toString()
                : file.getFileName().toString();
        PipelineGraph meant = withoutDefaults(graph);
        String text = write(meant);
        Reading back = parse(text, shown);
        if (!back.graph().equals(meant)) {
            return Optional.of(Problem.ofFile(
                    "NOT_WRITABLE",
                    Problem.Severity.ERROR,
                    shown,
                    "The pipeline would not read back as it is.",
                    "Undo the last step and save again; please report this code."));
        }
        try {
            Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
            replace(target, text.getBytes(StandardCharsets.UTF_8));
            return Optional.empty();
        } catch (AccessDeniedException e) {
            return Optional.of(notSaved(shown, "you may not write there"));
        } catch (NoSuchFileException e) {
            return Optional.of(notSaved(shown, "the folder does not exist"));
        } catch (IOException e) {
            return Optional.of(notSaved(shown, reason(e)));
        }
    }

    /// What the system says, without the path, which may be that of a temporary file.
    private static String reason(IOException e) {
        String reason = e instanceof FileSystemException known && known.getReason() != null
                ? known.getReason()
                : e.getMessage();
        return reason == null ? "no reason given" : reason;
    }

    private static Problem notSaved(String shown, String reason) {
        return Problem.ofFile(
                "FILE_NOT_WRITABLE",
                Problem.Severity.ERROR,
                shown,
                shown + " was not saved: " + reason + ".",
                "Use Save As to write it to another folder; your changes are still here.");
    }

    private static void replace(Path target, byte[] bytes) throws IOException {
        if (Files.isDirectory(target)) {
            throw new IOException("there is a folder of that name");
        }
        if (Files.exists(target) && !Files.isWritable(target)) {
            throw new AccessDeniedException(target.toString());
        }
        Path temporary = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            try (FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer left = ByteBuffer.wrap(bytes);
                while (left.hasRemaining()) {
                    channel.write(left);
                }
                channel.force(true);
            }
            copyPermissions(target, temporary);
            try {
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void copyPermissions(Path from, Path to) throws IOException {
        PosixFileAttributeView source = Files.getFileAttributeView(from, PosixFileAttributeView.class);
        PosixFileAttributeView target = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (source != null && target != null && Files.exists(from)) {
            target.setPermissions(source.readAttributes().permissions());
        }
    }
}

package io.partflow.cli;

import io.partflow.cli.environment.ExitStatus;
import io.partflow.cli.environment.Refusal;
import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.cache.KeyFunction;
import io.partflow.engine.content.CanonicalForm;
import io.partflow.engine.content.Content;
import io.partflow.engine.content.ContentHash;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.WireForm;
import io.partflow.engine.content.WireFormException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Prints the cache key of every content of a JSON Lines file. Confined to one thread.
@Command(
        name = "key",
        description = {
            "Prints cache keys, one line for each line of the input.",
            "",
            "Each line of FILE is one content: a JSON array of parts in wire form. Its key is printed, or null where"
                    + " the content is not cacheable. A line that is not a content is reported on standard error and"
                    + " leaves an empty line."
        })
final class KeyCommand implements Callable<Integer> {
    /// The most unknown fields that are told of.
    private static final int MOST_TOLD = 100;

    private final CommandContext context;
    private final Set<String> told = new HashSet<>();

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "JSON Lines; - or nothing is standard input.")
    private @Nullable String file;

    @Option(
            names = "--prefix",
            paramLabel = "P",
            description = "Put before the hash; a further one goes before the ones given so far (A, then B, gives BA +"
                    + " hash).")
    private List<String> prefixes = new ArrayList<>();

    @Option(names = "--ignore-metadata", paramLabel = "NAME", description = "Leave this metadata entry out of the key.")
    private List<String> ignoredMetadata = new ArrayList<>();

    @Option(names = "--skip-parts-with", paramLabel = "NAME", description = "Leave out parts with this metadata entry.")
    private List<String> skippedParts = new ArrayList<>();

    @Option(
            names = "--normalise",
            paramLabel = "STEP",
            description = "Make texts alike first: unicode, space or case. May be given several times.")
    private List<String> normalisations = new ArrayList<>();

    @Option(
            names = "--image-distance",
            paramLabel = "BITS",
            description = "Match pictures by likeness: one that differs from an earlier line's by no more than so many"
                    + " of 64 bits counts as that one.")
    private @Nullable Integer imageDistance;

    @Option(names = "--canonical", description = "Print the text that is hashed in place of the key.")
    private boolean canonical;

    KeyCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        String name = file == null || file.equals("-") ? "standard input" : file;
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(open(), StandardCharsets.UTF_8.newDecoder()))) {
            return print(reader, name).code();
        } catch (MalformedInputException e) {
            throw new Refusal(
                    ExitStatus.PROBLEMS, name + " is not UTF-8 text.", "Convert it to UTF-8; blobs belong in base64.");
        } catch (IOException e) {
            throw Refusal.unreadable(name, e);
        } finally {
            context.out().flush();
        }
    }

    private InputStream open() {
        if (file == null || file.equals("-")) {
            return context.in();
        }
        try {
            return Files.newInputStream(Path.of(file));
        } catch (IOException e) {
            throw Refusal.unreadable(file, e);
        }
    }

    private ExitStatus print(BufferedReader reader, String name) throws IOException {
        StringBuilder prefix = new StringBuilder();
        prefixes.forEach(each -> prefix.insert(0, each));
        KeyFunction keys = keys();
        ExitStatus status = ExitStatus.FINE;
        long number = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            try {
                Content content = line.isBlank() ? Content.EMPTY : WireForm.readContent(line);
                context.out().print(line.isBlank() ? "" : answer(keys, content, prefix.toString()));
                noteUnknown(content, name, number);
            } catch (WireFormException e) {
                status = ExitStatus.PROBLEMS;
                context.err().println("error BAD_CONTENT  " + name + ", line " + number + ": " + e.getMessage());
            }
            context.out().print('\n');
        }
        return status;
    }

    private KeyFunction keys() {
        try {
            return KeyFunction.of(
                    new CacheSettings.KeyOptions(ignoredMetadata, skippedParts, normalisations, imageDistance));
        } catch (IllegalArgumentException e) {
            throw new Refusal(
                    ExitStatus.USAGE,
                    "The keys cannot be made so: " + e.getMessage() + ".",
                    "See partflow key --help.");
        }
    }

    /// Says once of each field that nobody here knows it.
    private void noteUnknown(Content content, String name, long line) {
        for (Part part : content.parts()) {
            for (String field : part.unknownFields()) {
                if (told.size() < MOST_TOLD && told.add(field)) {
                    context.err()
                            .println("info UNKNOWN_FIELD  " + name + ", line " + line + ": " + field
                                    + " is not known here. It is kept and counts in the key.");
                }
            }
        }
    }

    private String answer(KeyFunction keys, Content content, String prefix) {
        List<Part> parts = keys.counted(content.parts());
        if (canonical) {
            String text = parts == null ? null : CanonicalForm.text(parts);
            return text == null ? "null" : text;
        }
        ContentHash hash = parts == null ? null : CanonicalForm.hash(parts);
        return hash == null ? "null" : prefix + hash.hex();
    }
}

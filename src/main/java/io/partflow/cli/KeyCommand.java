package io.partflow.cli;

import io.partflow.engine.content.CanonicalForm;
import io.partflow.engine.content.Content;
import io.partflow.engine.content.ContentHash;
import io.partflow.engine.content.JsonObject;
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
import java.util.List;
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
    private final CommandContext context;

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
        ExitStatus status = ExitStatus.FINE;
        long number = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            try {
                context.out().print(line.isBlank() ? "" : answer(line, prefix.toString()));
            } catch (WireFormException e) {
                status = ExitStatus.PROBLEMS;
                context.err().println("error BAD_CONTENT  " + name + ", line " + number + ": " + e.getMessage());
            }
            context.out().print('\n');
        }
        return status;
    }

    private String answer(String line, String prefix) {
        Content content = WireForm.readContent(line);
        List<Part> parts = content.parts().stream().map(this::withoutIgnored).toList();
        if (canonical) {
            String text = CanonicalForm.text(parts);
            return text == null ? "null" : text;
        }
        ContentHash hash = CanonicalForm.hash(parts);
        return hash == null ? "null" : prefix + hash.hex();
    }

    private Part withoutIgnored(Part part) {
        JsonObject metadata = part.metadata();
        for (String name : ignoredMetadata) {
            metadata = metadata.without(name);
        }
        return part.withMetadata(metadata);
    }
}

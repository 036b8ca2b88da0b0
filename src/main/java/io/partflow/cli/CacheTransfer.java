package io.partflow.cli;

import io.partflow.cli.environment.ExitStatus;
import io.partflow.cli.environment.Refusal;
import io.partflow.cli.listing.StoreListing;
import io.partflow.engine.cache.sqlite.SqliteStore;
import io.partflow.engine.cache.sqlite.StoreContents;
import io.partflow.engine.cache.sqlite.StoreQuery;
import io.partflow.engine.cache.sqlite.StoreRow;
import io.partflow.engine.content.JsonObject;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The commands that carry entries between a store and JSON Lines.
final class CacheTransfer {
    private CacheTransfer() {}

    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description = "Writes entries as JSON Lines, values included; import reads them.")
    static final class Export extends CacheCommand.OnStore {
        @CommandLine.Mixin
        private CacheCommand.Selection selection = new CacheCommand.Selection();

        @Option(names = "--out", paramLabel = "FILE.jsonl", description = "Write to this file.")
        private @Nullable Path out;

        Export(CommandContext context) {
            super(context);
        }

        @Override
        SqliteStore.Access access() {
            return SqliteStore.Access.READ_ONLY;
        }

        @Override
        ExitStatus on(SqliteStore store) throws IOException {
            Path target = out;
            if (target == null) {
                long count = write(store, (line, row) -> context.out().println(line));
                context.err().println("exported " + StoreListing.entries(count));
                return ExitStatus.FINE;
            }
            try (FreshFile file = new FreshFile(target)) {
                long count = write(store, (line, row) -> file.writer().write(line + "\n"));
                if (!store.problems().isEmpty() && Files.exists(target)) {
                    throw new Refusal(
                            ExitStatus.PROBLEMS,
                            target + " was left as it is, because not all of the store may have been read.",
                            "Name a file that is not there yet.");
                }
                file.take();
                context.err().println("exported " + StoreListing.entries(count));
                return ExitStatus.FINE;
            } catch (IOException e) {
                throw Refusal.unwritable(target.toString(), e);
            }
        }

        /// Takes one line.
        private interface Lines {
            void take(String line, StoreRow row) throws IOException;
        }

        private long write(SqliteStore store, Lines lines) throws IOException {
            long[] count = {0};
            IOException[] failure = {null};
            new StoreContents(store)
                    .each(selection.query(context, StoreQuery.Order.KEY), StoreContents.Values.WITH, row -> {
                        try {
                            lines.take(StoreListing.exported(row).toJson(), row);
                            count[0]++;
                            return true;
                        } catch (IOException e) {
                            failure[0] = e;
                            return false;
                        }
                    });
            if (failure[0] != null) {
                throw failure[0];
            }
            return count[0];
        }
    }

    /// A file that takes the place of another one when it is whole: written beside it, and gone again if it is not
    /// taken. What is no file of its own, such as a pipe, is written as it comes.
    private static final class FreshFile implements AutoCloseable {
        private final Path target;
        private final @Nullable Path beside;
        private final BufferedWriter writer;

        FreshFile(Path named) throws IOException {
            boolean there = Files.exists(named);
            // What a link points to is replaced, not the link.
            target = there ? named.toRealPath() : named.toAbsolutePath();
            if (there && !Files.isWritable(target)) {
                throw new AccessDeniedException(named.toString());
            }
            if (Files.isDirectory(target)) {
                throw new FileSystemException(named.toString(), null, "it is a folder");
            }
            if (there && !Files.isRegularFile(target)) {
                beside = null;
                writer = Files.newBufferedWriter(target, StandardCharsets.UTF_8);
                return;
            }
            Path fresh = target.resolveSibling(".partflow-" + UUID.randomUUID() + ".jsonl.tmp");
            // For an end of the program that comes in between.
            fresh.toFile().deleteOnExit();
            writer = Files.newBufferedWriter(fresh, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
            beside = fresh;
        }

        BufferedWriter writer() {
            return writer;
        }

        /// Puts it in its place.
        void take() throws IOException {
            writer.close();
            Path fresh = beside;
            if (fresh == null) {
                return;
            }
            keepPermissions(fresh);
            try {
                Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }

        private void keepPermissions(Path fresh) throws IOException {
            PosixFileAttributeView former = Files.getFileAttributeView(target, PosixFileAttributeView.class);
            PosixFileAttributeView now = Files.getFileAttributeView(fresh, PosixFileAttributeView.class);
            if (former != null && now != null && Files.exists(target)) {
                now.setPermissions(former.readAttributes().permissions());
            }
        }

        @Override
        public void close() throws IOException {
            try {
                writer.close();
            } finally {
                if (beside != null) {
                    Files.deleteIfExists(beside);
                }
            }
        }
    }

    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            description = "Reads what export wrote; keys that are taken keep their entries.")
    static final class Import extends CacheCommand.OnStore {
        @Parameters(index = "1", paramLabel = "FILE", arity = "0..1", description = "JSON Lines; - is standard input.")
        private @Nullable String from;

        Import(CommandContext context) {
            super(context);
        }

        @Override
        SqliteStore.Access access() {
            return SqliteStore.Access.READ_WRITE;
        }

        @Override
        ExitStatus on(SqliteStore store) throws IOException {
            String name = from == null || from.equals("-") ? "standard input" : from;
            long added = 0;
            long taken = 0;
            long bad = 0;
            try (BufferedReader lines = lines()) {
                long number = 0;
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    number++;
                    if (line.isBlank()) {
                        continue;
                    }
                    try {
                        if (new StoreContents(store).add(StoreListing.imported(JsonObject.parse(line)))) {
                            added++;
                        } else {
                            taken++;
                        }
                    } catch (IllegalArgumentException e) {
                        bad++;
                        context.err().println("error BAD_ENTRY  " + name + ", line " + number + ": " + e.getMessage());
                    }
                }
            } catch (IOException e) {
                throw Refusal.unreadable(name, e);
            }
            context.out()
                    .println("imported " + StoreListing.entries(added) + ", " + taken + " taken or lost, " + bad
                            + " not readable");
            return bad == 0 ? ExitStatus.FINE : ExitStatus.PROBLEMS;
        }

        private BufferedReader lines() throws IOException {
            return from == null || from.equals("-")
                    ? new BufferedReader(new InputStreamReader(context.in(), StandardCharsets.UTF_8))
                    : Files.newBufferedReader(Path.of(from), StandardCharsets.UTF_8);
        }
    }
}

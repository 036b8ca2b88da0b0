package io.partflow.cli;

import io.partflow.cli.environment.ExitStatus;
import io.partflow.cli.environment.Refusal;
import io.partflow.cli.listing.StoreListing;
import io.partflow.engine.cache.sqlite.SqliteStore;
import io.partflow.engine.cache.sqlite.StoreContents;
import io.partflow.engine.cache.sqlite.StoreQuery;
import io.partflow.engine.cache.sqlite.StoreRow;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/// The commands that look into a store and leave it as it is: its list, one entry, its sums.
final class CacheReading {
    private CacheReading() {}

    @Command(name = "ls", mixinStandardHelpOptions = true, description = "Lists entries.")
    static final class Ls extends CacheCommand.OnStore {
        @CommandLine.Mixin
        private CacheCommand.Selection selection = new CacheCommand.Selection();

        @Option(
                names = "--sort",
                paramLabel = "BY",
                converter = OrderConverter.class,
                description = "key, size, created, last-hit, hits or expires.")
        private StoreQuery.Order order = StoreQuery.Order.KEY;

        @Option(names = "--json", description = "One JSON object a line.")
        private boolean json;

        Ls(CommandContext context) {
            super(context);
        }

        @Override
        SqliteStore.Access access() {
            return SqliteStore.Access.READ_ONLY;
        }

        @Override
        ExitStatus on(SqliteStore store) {
            StoreListing listing = new StoreListing(context.clock().millis());
            if (!json) {
                context.out().println(StoreListing.HEADER);
            }
            new StoreContents(store).each(selection.query(context, order), StoreContents.Values.WITHOUT, row -> {
                context.out().println(json ? listing.json(row).toJson() : listing.line(row));
                return !context.out().checkError();
            });
            return ExitStatus.FINE;
        }
    }

    /// Reads a word of the orders.
    static final class OrderConverter implements ITypeConverter<StoreQuery.Order> {
        @Override
        public StoreQuery.Order convert(String text) {
            for (StoreQuery.Order each : StoreQuery.Order.values()) {
                if (each.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(text)) {
                    return each;
                }
            }
            throw new TypeConversionException(
                    "\"" + text + "\" is no order; it must be key, size, created, last-hit, hits or expires");
        }
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows one entry with its parts.")
    static final class Show extends CacheCommand.OnStore {
        @Parameters(index = "1", paramLabel = "KEY", description = "The key, or as much of it as is unique.")
        private String key = "";

        @Option(names = "--json", description = "One JSON object, as export writes it.")
        private boolean json;

        Show(CommandContext context) {
            super(context);
        }

        @Override
        SqliteStore.Access access() {
            return SqliteStore.Access.READ_ONLY;
        }

        @Override
        ExitStatus on(SqliteStore store) {
            StoreRow row = only(store);
            StoreListing listing = new StoreListing(context.clock().millis());
            context.out().print(json ? StoreListing.exported(row).toJson() + "\n" : listing.details(row));
            return ExitStatus.FINE;
        }

        private StoreRow only(SqliteStore store) {
            StoreContents contents = new StoreContents(store);
            StoreRow exact = contents.find(key);
            List<StoreRow> found = new ArrayList<>();
            if (exact == null) {
                contents.each(StoreQuery.ALL.withPrefix(key), StoreContents.Values.WITH, row -> {
                    found.add(row);
                    return found.size() < 2;
                });
            } else {
                found.add(exact);
            }
            if (found.size() != 1) {
                throw new Refusal(
                        ExitStatus.PROBLEMS,
                        (found.isEmpty() ? "No key of " : "More than one key of ") + file + " starts with " + key + ".",
                        "List them: partflow cache ls " + file + " --prefix " + key);
            }
            return found.getFirst();
        }
    }

    @Command(name = "stats", mixinStandardHelpOptions = true, description = "Tells what is in the store.")
    static final class Stats extends CacheCommand.OnStore {
        @Option(names = "--json", description = "One JSON object.")
        private boolean json;

        Stats(CommandContext context) {
            super(context);
        }

        @Override
        SqliteStore.Access access() {
            return SqliteStore.Access.READ_ONLY;
        }

        @Override
        ExitStatus on(SqliteStore store) throws IOException {
            StoreContents.Totals totals = new StoreContents(store).totals();
            long bytes = Files.size(file);
            context.out()
                    .print(json ? StoreListing.json(totals, bytes).toJson() + "\n" : StoreListing.text(totals, bytes));
            return ExitStatus.FINE;
        }
    }
}

package io.partflow.cli;

import io.partflow.cli.environment.ExitStatus;
import io.partflow.cli.environment.Refusal;
import io.partflow.cli.listing.StoreListing;
import io.partflow.engine.cache.sqlite.SqliteStore;
import io.partflow.engine.cache.sqlite.StoreContents;
import io.partflow.engine.cache.sqlite.StoreQuery;
import io.partflow.engine.cache.sqlite.StoreRow;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Removes entries of a store, once the user has agreed. Confined to one thread.
@Command(
        name = "rm",
        mixinStandardHelpOptions = true,
        description = "Removes entries, after telling how many and asking.")
final class CacheRemoval extends CacheCommand.OnStore {
    @Parameters(index = "1..*", paramLabel = "KEY", description = "Keys to remove.")
    private List<String> keys = new ArrayList<>();

    @CommandLine.Mixin
    private CacheCommand.Selection selection = new CacheCommand.Selection();

    @Option(names = "--all", description = "Everything.")
    private boolean all;

    @Option(names = "--derived", description = "And everything that was computed from them.")
    private boolean derived;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    CacheRemoval(CommandContext context) {
        super(context);
    }

    @Override
    SqliteStore.Access access() {
        return SqliteStore.Access.READ_WRITE;
    }

    @Override
    SqliteStore open(Path path, SqliteStore.Access how) {
        if (keys.isEmpty() && selection.isEmpty() && !all) {
            throw new Refusal(
                    ExitStatus.USAGE,
                    "Say which entries: keys, --prefix, --kind, --older, --node, --text, --expired or --all.",
                    "See partflow cache rm --help.");
        }
        if (!Files.exists(path)) {
            // Opening it for writing would make it.
            return super.open(path, SqliteStore.Access.READ_ONLY);
        }
        return super.open(path, how);
    }

    @Override
    ExitStatus on(SqliteStore store) throws IOException {
        StoreContents contents = new StoreContents(store);
        List<String> meant = new ArrayList<>();
        if (keys.isEmpty()) {
            contents.each(
                    selection.query(context, StoreQuery.Order.KEY),
                    StoreContents.Values.WITHOUT,
                    row -> meant.add(row.key()));
        } else {
            keys.stream().distinct().filter(key -> contents.find(key) != null).forEach(meant::add);
        }
        if (derived) {
            addDerived(contents, meant);
        }
        context.err().println(StoreListing.entries(meant.size()) + " of " + file + " would go.");
        if (meant.isEmpty()) {
            return keys.isEmpty() ? ExitStatus.FINE : ExitStatus.PROBLEMS;
        }
        if (!yes && !isAgreed()) {
            context.err().println("Nothing was removed.");
            return ExitStatus.PROBLEMS;
        }
        int removed = contents.remove(meant);
        context.out().println("removed " + StoreListing.entries(removed));
        return removed == meant.size() ? ExitStatus.FINE : ExitStatus.PROBLEMS;
    }

    /// Adds what was computed from what is meant, until nothing more is; one look at the whole store for
    /// each step away.
    private static void addDerived(StoreContents contents, List<String> meant) {
        Set<String> all = new HashSet<>(meant);
        Set<String> from = Set.copyOf(all);
        while (!from.isEmpty()) {
            Set<String> sources = from;
            Set<String> next = new LinkedHashSet<>();
            contents.each(StoreQuery.ALL, StoreContents.Values.WITHOUT, row -> {
                StoreRow.Facts facts = row.facts();
                if (facts != null
                        && !all.contains(row.key())
                        && facts.derivedFrom().stream().anyMatch(sources::contains)) {
                    next.add(row.key());
                }
                return true;
            });
            all.addAll(next);
            meant.addAll(next);
            from = next;
        }
    }

    private boolean isAgreed() throws IOException {
        context.err().print("Remove them? [y/N] ");
        context.err().flush();
        String answer = new BufferedReader(new InputStreamReader(context.in(), StandardCharsets.UTF_8)).readLine();
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }
}

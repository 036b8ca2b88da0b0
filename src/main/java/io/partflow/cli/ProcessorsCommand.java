package io.partflow.cli;

import io.partflow.cli.environment.ExitStatus;
import io.partflow.cli.listing.CatalogListing;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.pipeline.report.IndentedJson;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Lists the processors that exist. Confined to one thread.
@Command(
        name = "processors",
        description = "Lists the processors: id, version, ports, and parameters with units, ranges and defaults.")
final class ProcessorsCommand implements Callable<Integer> {
    private final CommandContext context;

    @ArgGroup
    private @Nullable Form form;

    /// The alternatives to the plain listing.
    static final class Form {
        @Option(names = "--json", description = "As a JSON array of descriptors.")
        private boolean json;

        @Option(names = "--markdown", description = "As a page for a manual.")
        private boolean markdown;
    }

    ProcessorsCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        List<ProcessorDescriptor> all = context.catalog().get().descriptors();
        if (form != null && form.json) {
            context.out().println(IndentedJson.of(CatalogListing.json(all)));
        } else if (form != null && form.markdown) {
            context.out().print(CatalogListing.markdown(all));
        } else {
            context.out().print(CatalogListing.text(all));
        }
        return ExitStatus.FINE.code();
    }
}

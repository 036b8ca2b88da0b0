package io.partflow.cli;

import io.partflow.cli.environment.Interrupts;
import io.partflow.cli.environment.Surroundings;
import io.partflow.engine.processor.ProcessorCatalog;
import io.partflow.engine.stream.StreamClock;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.function.Supplier;

/// What a command may use of the world: its three streams, the catalog, the clock, and what tells it to stop.
/// Immutable.
///
/// @param out results, UTF-8
/// @param err progress and problems
/// @param in what `-` stands for
/// @param catalog made when first asked for, because most commands start faster without it
/// @param surroundings the system, its display and folders
record CommandContext(
        PrintStream out,
        PrintStream err,
        InputStream in,
        Supplier<ProcessorCatalog> catalog,
        StreamClock clock,
        Interrupts interrupts,
        Surroundings surroundings,
        Terminal terminal) {
    /// Whether progress is shown to somebody or goes into a file.
    enum Terminal {
        INTERACTIVE,
        REDIRECTED
    }
}

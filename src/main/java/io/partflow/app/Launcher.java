package io.partflow.app;

import io.partflow.cli.PartflowCommand;
import io.partflow.cli.WorkbenchOpening;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// The entry point of every start, with or without a window.
///
/// It does not extend `Application`: a main class that does would need JavaFX as modules before `main` runs.
/// What draws is named only in a lambda and behind [LazyPictures], so that a command loads no class of JavaFX.
public final class Launcher {

    private Launcher() {}

    /// Starts the workbench or the command named by `args`.
    public static void main(String[] args) {
        if (args.length == 0) {
            System.exit(WorkbenchOpening.run(System.err, System.getenv(), files -> Workbench.open(files)));
        }
        // Results are UTF-8 whatever the locale: JSON knows nothing else.
        PrintStream out = new PrintStream(
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)), false, StandardCharsets.UTF_8);
        int status = PartflowCommand.run(
                args, out, System.err, System.in, files -> Workbench.open(files), new LazyPictures());
        System.exit(status);
    }
}

package io.partflow.app;

import io.partflow.cli.ExitStatus;
import io.partflow.cli.PartflowCommand;
import io.partflow.cli.PictureDrawer;
import io.partflow.cli.PictureRequest;
import io.partflow.cli.Refusal;
import io.partflow.pipeline.Problem;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// The entry point of every start, with or without a window.
///
/// It does not extend `Application`: a main class that does would need JavaFX as modules before `main` runs.
/// What draws is named only inside the two seams below, so that a command loads no class of JavaFX.
public final class Launcher {

    private Launcher() {}

    /// Starts the workbench or the command named by `args`.
    public static void main(String[] args) {
        // Results are UTF-8 whatever the locale: JSON knows nothing else.
        PrintStream out = new PrintStream(
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)), false, StandardCharsets.UTF_8);
        int status = PartflowCommand.run(args, out, System.err, System.in, Launcher::openWorkbench, new Pictures());
        System.exit(status);
    }

    private static ExitStatus openWorkbench(List<Path> files) {
        throw new Refusal(
                ExitStatus.ENVIRONMENT,
                "This build has no window yet.",
                "Use the commands: partflow run, check, key, processors, doctor.");
    }

    /// Draws pictures, once somebody asks for one.
    private static final class Pictures implements PictureDrawer {
        @Override
        public List<String> views() {
            return List.of();
        }

        @Override
        public List<Problem> draw(PictureRequest request) {
            throw new Refusal(
                    ExitStatus.ENVIRONMENT,
                    "This build draws no pictures yet.",
                    "Use the commands: partflow run, check, key, processors, doctor.");
        }
    }
}

package io.partflow.cli;

import io.partflow.cli.environment.ExitStatus;
import io.partflow.cli.environment.Platform;
import io.partflow.cli.environment.Refusal;
import io.partflow.engine.trace.ProgramVersion;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Opens the workbench, or says what it needs for that. Confined to one thread.
///
/// Apart from [PartflowCommand], so that the commonest start reads no options and loads nothing that does: that
/// library is compiled for a Java so old that no class archive takes it in.
public final class WorkbenchOpening {
    private WorkbenchOpening() {}

    /// Opens the workbench for a command line without arguments.
    ///
    /// @param err where problems go
    /// @return the exit status
    public static int run(PrintStream err, Map<String, String> environment, WorkbenchStarter workbench) {
        try {
            Platform.Display screen =
                    Platform.ofProcess().display(environment, System.getProperty("glass.platform", ""));
            return open(List.of(), screen, workbench).code();
        } catch (Exception thrown) {
            return failed(thrown, err, environment);
        }
    }

    static ExitStatus open(List<Path> files, Platform.Display screen, WorkbenchStarter workbench) throws Exception {
        if (screen == Platform.Display.ABSENT) {
            throw new Refusal(
                    ExitStatus.ENVIRONMENT,
                    "There is no display to open the workbench on (neither DISPLAY nor WAYLAND_DISPLAY is set).",
                    "Without a window, \"partflow run PIPELINE\" runs a pipeline and \"partflow picture PIPELINE --out"
                            + " FILE.png\" draws it.");
        }
        return workbench.open(files);
    }

    /// Says what went wrong.
    ///
    /// @return the exit status
    static int failed(Exception thrown, PrintStream err, Map<String, String> environment) {
        if (thrown instanceof Refusal refusal) {
            err.println("partflow: " + refusal.getMessage());
            err.println("  " + refusal.remedy());
            return refusal.status().code();
        }
        if (thrown instanceof InvalidPathException path) {
            err.println("partflow: \"" + path.getInput() + "\" is no file name here: " + path.getReason() + ".");
            err.println("  If it has letters beyond a to z, set the environment variable LC_ALL to C.UTF-8.");
            return ExitStatus.USAGE.code();
        }
        if (thrown instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            return ExitStatus.INTERRUPTED.code();
        }
        err.println("partflow: internal error " + ErrorCode.of(thrown) + ": " + thrown);
        if (environment.containsKey("PARTFLOW_DEBUG")) {
            thrown.printStackTrace(err);
        } else {
            err.println("  This is our mistake. Please report the code, the command line and version "
                    + ProgramVersion.text() + "; PARTFLOW_DEBUG=1 adds the details.");
        }
        return ExitStatus.INTERNAL.code();
    }
}

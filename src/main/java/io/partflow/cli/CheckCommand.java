package io.partflow.cli;

import io.partflow.cli.environment.ExitStatus;
import io.partflow.pipeline.GraphChecker;
import io.partflow.pipeline.PipelineDocument;
import io.partflow.pipeline.Problem;
import io.partflow.pipeline.report.ReportText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Lists what is wrong with a pipeline document. Confined to one thread.
@Command(
        name = "check",
        description =
                "Lists the problems of a pipeline document, each with its node, its severity and a remedy; ends with 1"
                        + " if there are errors or warnings.")
final class CheckCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "PIPELINE", arity = "1", description = "A pipeline document, *.partflow.json.")
    private Path pipeline = Path.of("");

    CheckCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        PipelineDocument.Reading reading =
                new PipelineDocument(context.catalog().get()).read(pipeline);
        List<Problem> problems = new ArrayList<>(reading.problems());
        if (reading.access() != PipelineDocument.Access.UNREADABLE) {
            problems.addAll(
                    GraphChecker.check(reading.graph(), context.catalog().get(), RunCommand.folderOf(pipeline)));
        }
        problems.forEach(problem -> context.out().println(ReportText.problem(problem)));
        boolean fine = problems.stream().allMatch(problem -> problem.severity() == Problem.Severity.INFO);
        context.err().println(fine ? pipeline + ": no problems" : pipeline + ": " + count(problems));
        return (fine ? ExitStatus.FINE : ExitStatus.PROBLEMS).code();
    }

    private static String count(List<Problem> problems) {
        long errors = problems.stream().filter(Problem::isError).count();
        long warnings = problems.stream()
                .filter(problem -> problem.severity() == Problem.Severity.WARNING)
                .count();
        return errors
                + (errors == 1 ? " error, " : " errors, ")
                + warnings
                + (warnings == 1 ? " warning" : " warnings");
    }
}

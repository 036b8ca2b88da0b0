package io.partflow.cli;

import io.partflow.cli.environment.ExitStatus;
import io.partflow.cli.environment.Refusal;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.trace.ProcessorTraceFile;
import io.partflow.engine.trace.RecordingException;
import io.partflow.engine.trace.RecordingOutline;
import io.partflow.engine.trace.RecordingReader;
import io.partflow.pipeline.Problem;
import io.partflow.pipeline.report.ReportText;
import io.partflow.pipeline.report.TraceListing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Prints what a recording or a trace file holds. Confined to one thread.
@Command(
        name = "trace",
        description = {
            "Prints the outline of a recording (*.parts.jsonl) or of a trace file of genai-processors (NAME_ID.json).",
            "",
            "Of a recording: what each node emitted, how requests to caches ended, and whether it is whole. Of a trace:"
                    + " the tree of calls with their times, how many parts went in and came out, and what failed. Ends"
                    + " with 1 if the file cannot be read or is damaged; what can be read of a recording is printed all"
                    + " the same."
        })
final class TraceCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "FILE", arity = "1", description = "A recording or a trace file.")
    private Path file = Path.of("");

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    TraceCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try {
            if (!Files.exists(file)) {
                throw new NoSuchFileException(file.toString());
            }
            if (Files.isDirectory(file)) {
                throw new IOException("it is a folder");
            }
            return (ProcessorTraceFile.isLikely(file) ? printTrace() : printRecording()).code();
        } catch (RecordingException e) {
            tell(e.failure(), Problem.Severity.ERROR);
            return ExitStatus.PROBLEMS.code();
        } catch (IOException e) {
            throw Refusal.unreadable(file.toString(), e);
        } finally {
            context.out().flush();
        }
    }

    private ExitStatus printTrace() throws IOException, RecordingException {
        ProcessorTraceFile trace = ProcessorTraceFile.read(file, RecordingReader.DEFAULT_MAX_BYTES);
        print(TraceListing.json(name(), trace), json ? "" : TraceListing.text(name(), trace));
        return ExitStatus.FINE;
    }

    private ExitStatus printRecording() throws IOException, RecordingException {
        RecordingOutline outline = RecordingOutline.read(file, RecordingReader.DEFAULT_MAX_BYTES);
        print(TraceListing.json(name(), outline), json ? "" : TraceListing.text(name(), outline));
        outline.problems().forEach(problem -> tell(problem, Problem.Severity.ERROR));
        for (String field : outline.unknownFields()) {
            context.err()
                    .println("info UNKNOWN_FIELD  " + name() + ": " + field
                            + " is not known here. It is kept, replayed, and counts in keys.");
        }
        long untold = outline.badLines() - outline.problems().size();
        if (untold > 0) {
            context.err().println("... and " + untold + " more lines that cannot be used.");
        }
        if (!outline.note().isEmpty()) {
            tell(
                    new Failure(
                            "RECORDING_UNFINISHED",
                            outline.note(),
                            "What is whole can be replayed; record again if what is missing matters.",
                            file.toString()),
                    Problem.Severity.WARNING);
        }
        return outline.badLines() == 0 && outline.note().isEmpty() ? ExitStatus.FINE : ExitStatus.PROBLEMS;
    }

    private void print(JsonObject object, String text) {
        context.out().print(json ? object.toJson() + "\n" : text);
    }

    private String name() {
        Path last = file.getFileName();
        return last == null ? file.toString() : last.toString();
    }

    private void tell(Failure failure, Problem.Severity severity) {
        context.err()
                .println(ReportText.problem(
                        Problem.ofPipeline(failure.code(), severity, failure.message(), failure.remedy())));
    }
}

package io.partflow.cli;

import io.partflow.cli.environment.ExitStatus;
import io.partflow.cli.environment.Refusal;
import io.partflow.pipeline.Problem;
import io.partflow.pipeline.report.ReportText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/// Draws a pipeline or a view into a PNG file. Confined to one thread.
@Command(
        name = "picture",
        description = "Draws a pipeline, or a view of the workbench, into a PNG file; needs no display.")
final class PictureCommand implements Callable<Integer> {
    private final CommandContext context;
    private final PictureDrawer drawer;

    @Parameters(
            paramLabel = "PIPELINE|VIEW",
            arity = "1",
            description = "A pipeline document, or the name of a view; an unknown name lists them.")
    private String subject = "";

    @Option(names = "--out", paramLabel = "FILE.png", required = true, description = "The file to write.")
    private Path out = Path.of("");

    @Option(names = "--theme", paramLabel = "dark|light", description = "The colours; ${DEFAULT-VALUE} if not given.")
    private PictureRequest.Theme theme = PictureRequest.Theme.DARK;

    @Option(
            names = "--size",
            paramLabel = "WxH",
            converter = SizeConverter.class,
            description = "Width and height in pixels; ${DEFAULT-VALUE} if not given.")
    private PictureRequest.Size size = new PictureRequest.Size(1440, 900);

    PictureCommand(CommandContext context, PictureDrawer drawer) {
        this.context = context;
        this.drawer = drawer;
    }

    @Override
    public Integer call() throws Exception {
        checkOut();
        List<Problem> problems = drawer.draw(new PictureRequest(chosen(), out, theme, size));
        problems.forEach(problem -> context.err().println(ReportText.problem(problem)));
        return (problems.isEmpty() ? ExitStatus.FINE : ExitStatus.PROBLEMS).code();
    }

    private PictureRequest.Subject chosen() {
        if (drawer.views().contains(subject)) {
            return new PictureRequest.OfView(subject);
        }
        Path file = Path.of(subject);
        if (Files.isRegularFile(file)) {
            return new PictureRequest.OfPipeline(file);
        }
        throw new Refusal(
                ExitStatus.USAGE,
                "\"" + subject + "\" is neither a pipeline document nor a view.",
                "The views are " + String.join(", ", drawer.views()) + ".");
    }

    private void checkOut() {
        Path folder = out.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new Refusal(
                    ExitStatus.PROBLEMS,
                    "There is no folder for " + out + ".",
                    "Make the folder, or name another file.");
        }
        if (!out.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
            throw new Refusal(ExitStatus.USAGE, out + " does not end in .png.", "Pictures are PNG files: name it so.");
        }
    }

    /// Reads `1440x900`.
    static final class SizeConverter implements ITypeConverter<PictureRequest.Size> {
        @Override
        public PictureRequest.Size convert(String text) {
            try {
                return PictureRequest.Size.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}

package io.partflow.cli;

import io.partflow.cli.environment.ExitStatus;
import io.partflow.cli.environment.Folders;
import io.partflow.cli.environment.Interrupts;
import io.partflow.cli.environment.Platform;
import io.partflow.cli.environment.Surroundings;
import io.partflow.engine.builtin.BuiltinProcessors;
import io.partflow.engine.processor.ProcessorCatalog;
import io.partflow.engine.stream.StreamClock;
import io.partflow.pipeline.Problem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A command line to be run in this process, with a world of its own: streams, environment, interrupts,
/// window and pictures.
public final class Invocation implements WorkbenchStarter, PictureDrawer {
    /// What came of it.
    public record Result(int status, String out, String err) {}

    final List<Path> opened = new ArrayList<>();
    final List<PictureRequest> drawn = new ArrayList<>();

    private byte[] stdin = {};
    private @Nullable OutputStream stdout;
    private Map<String, String> environment = Map.of();
    private Interrupts interrupts = stop -> () -> {};
    private ProcessorCatalog catalog = BuiltinProcessors.catalog();

    public static Result partflow(String... args) {
        return new Invocation().run(args);
    }

    Invocation printingTo(OutputStream other) {
        stdout = other;
        return this;
    }

    Invocation reading(byte[] bytes) {
        stdin = bytes;
        return this;
    }

    Invocation reading(String text) {
        return reading(text.getBytes(StandardCharsets.UTF_8));
    }

    Invocation with(String variable, String value) {
        environment = Map.of(variable, value);
        return this;
    }

    Invocation with(Interrupts other) {
        interrupts = other;
        return this;
    }

    Invocation with(ProcessorCatalog other) {
        catalog = other;
        return this;
    }

    Result run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (PrintStream results = new PrintStream(stdout == null ? out : stdout, false, StandardCharsets.UTF_8);
                PrintStream messages = new PrintStream(err, false, StandardCharsets.UTF_8)) {
            CommandContext context = new CommandContext(
                    results,
                    messages,
                    new ByteArrayInputStream(stdin),
                    () -> catalog,
                    StreamClock.system(),
                    interrupts,
                    new Surroundings(
                            Platform.LINUX,
                            environment,
                            "",
                            Folders.of(Platform.LINUX, environment, Path.of("/nowhere"))),
                    CommandContext.Terminal.REDIRECTED);
            int status = PartflowCommand.run(args, context, this, this);
            return new Result(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        }
    }

    @Override
    public ExitStatus open(List<Path> files) {
        opened.addAll(files);
        return ExitStatus.FINE;
    }

    @Override
    public List<String> views() {
        return List.of("build", "observe");
    }

    @Override
    public List<Problem> draw(PictureRequest request) {
        drawn.add(request);
        return List.of();
    }
}

package io.partflow.cli;

import io.partflow.cli.environment.ExitStatus;
import io.partflow.cli.environment.Surroundings;
import io.partflow.engine.trace.ProgramVersion;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// Looks at what the program needs of its surroundings and says what to do about what is missing. Confined to
/// one thread.
@Command(
        name = "doctor",
        description = {
            "Looks at Java, JavaFX, display, fonts, memory and folders, and says what to do about what is missing.",
            "",
            "Ends with 3 when no command can work. What only the window needs is named, and is no failure."
        })
final class DoctorCommand implements Callable<Integer> {
    private final CommandContext context;

    DoctorCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        context.out().println("Partflow Workbench " + ProgramVersion.text());
        List<Surroundings.Finding> findings = context.surroundings().findings();
        int width = findings.stream()
                .mapToInt(each -> each.subject().length())
                .max()
                .orElse(0);
        for (Surroundings.Finding each : findings) {
            String subject = each.subject() + " ".repeat(width - each.subject().length());
            String word = each.health().word();
            context.out().println(word + " ".repeat(9 - word.length()) + subject + "  " + each.found());
            if (!each.remedy().isEmpty()) {
                context.out().println(" ".repeat(11 + width) + each.remedy());
            }
        }
        boolean bad = findings.stream().anyMatch(each -> each.health() == Surroundings.Finding.Health.BAD);
        return (bad ? ExitStatus.ENVIRONMENT : ExitStatus.FINE).code();
    }
}

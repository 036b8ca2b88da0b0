package io.partflow.cli.environment;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/// Ends a command with a status and a message for its user. Unchecked, because the commands' library passes
/// it through to one handler.
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitStatus status;
    private final String remedy;

    /// @param message what is wrong, one sentence
    /// @param remedy what to do about it, one sentence
    public Refusal(ExitStatus status, String message, String remedy) {
        super(message);
        this.status = status;
        this.remedy = remedy;
    }

    /// A file that cannot be read.
    public static Refusal unreadable(String file, IOException cause) {
        return switch (cause) {
            case NoSuchFileException missing ->
                new Refusal(
                        ExitStatus.PROBLEMS,
                        "There is no file " + file + ".",
                        "Check the name and the folder you are in.");
            case AccessDeniedException denied ->
                new Refusal(
                        ExitStatus.PROBLEMS, "You may not read " + file + ".", "Give yourself the right to read it.");
            default ->
                new Refusal(
                        ExitStatus.PROBLEMS,
                        file + " cannot be read: " + reason(cause) + ".",
                        "Check that it is a file and that its disk is there.");
        };
    }

    /// A file that cannot be written.
    public static Refusal unwritable(String file, IOException cause) {
        return switch (cause) {
            case NoSuchFileException missing ->
                new Refusal(
                        ExitStatus.PROBLEMS,
                        "There is no folder for " + file + ".",
                        "Make the folder, or name another file.");
            case AccessDeniedException denied ->
                new Refusal(
                        ExitStatus.PROBLEMS,
                        "You may not write " + file + ".",
                        "Give yourself the right, or name another file.");
            default ->
                new Refusal(
                        ExitStatus.PROBLEMS,
                        file + " cannot be written: " + reason(cause) + ".",
                        "Check that there is room and that it is not a folder.");
        };
    }

    private static String reason(IOException cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    public ExitStatus status() {
        return status;
    }

    public String remedy() {
        return remedy;
    }
}

package io.partflow.app;

import io.partflow.ui.support.FxThread;
import io.partflow.ui.support.Messages;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;

/// What happens to an error that nobody caught: it is logged, and the user is told with a code and a way to copy
/// the details. Thread-safe.
///
/// The code is made of class and method names without line numbers, so that the same error has the same code in the
/// next version.
final class UncaughtErrors implements Thread.UncaughtExceptionHandler {
    private final Path logs;
    private final Consumer<Notice> tell;

    UncaughtErrors(Path logs, Consumer<Notice> tell) {
        this.logs = logs;
        this.tell = tell;
    }

    @Override
    public void uncaughtException(Thread thread, Throwable error) {
        String code = code(error);
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text));
        String details = Instant.now() + " " + code + " on " + thread.getName() + System.lineSeparator() + text;
        log(details);
        FxThread.run(() -> tell.accept(new Notice(
                Notice.Tone.ERROR,
                Messages.text("error.internal", code),
                Messages.text("error.internal.text"),
                Messages.text("error.copy"),
                () -> copy(details))));
    }

    private void log(String details) {
        try {
            Files.createDirectories(logs);
            Files.writeString(
                    logs.resolve("errors.log"), details, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            System.err.print(details);
        }
    }

    private static void copy(String details) {
        ClipboardContent content = new ClipboardContent();
        content.putString(details);
        Clipboard.getSystemClipboard().setContent(content);
    }

    /// Five characters that stand for where the error came from.
    static String code(Throwable error) {
        int hash = error.getClass().getName().hashCode();
        for (StackTraceElement frame : error.getStackTrace()) {
            if (frame.getClassName().startsWith("io.partflow.")) {
                hash = 31 * hash + frame.getClassName().hashCode();
                hash = 31 * hash + frame.getMethodName().hashCode();
            }
        }
        String digits = Integer.toUnsignedString(hash, 36).toUpperCase(Locale.ROOT);
        return "E-" + digits.substring(0, Math.min(5, digits.length()));
    }
}

package io.partflow.engine.processor;

import io.partflow.engine.content.Part;
import org.jspecify.annotations.Nullable;

/// Why one part or file could not be used, and what to do about it.
///
/// @param code a stable upper-case name such as `FILE_TOO_LARGE`
/// @param message what happened, one sentence, naming the file when there is one
/// @param remedy what the user can do, one sentence
/// @param file the file concerned, or null
public record Failure(
        String code,
        String message,
        String remedy,
        @Nullable String file) {
    public Failure {
        message = sentence(message);
        remedy = sentence(remedy);
    }

    /// A sentence that was made of another one, which brought a full stop of its own, with one at its end.
    public static String sentence(String words) {
        return words.endsWith("..") && !words.endsWith("...") ? words.substring(0, words.length() - 1) : words;
    }

    public static Failure of(String code, String message, String remedy) {
        return new Failure(code, message, remedy, null);
    }

    /// The failure an exception stands for: its own if it is a [PartException], else one made of its class and
    /// message.
    public static Failure of(Throwable thrown) {
        if (thrown instanceof PartException known) {
            return known.failure();
        }
        if (thrown instanceof Part.NotUtf8Exception unreadable) {
            return of(
                    "TEXT_NOT_UTF8",
                    String.valueOf(unreadable.getMessage()),
                    "Convert the text to UTF-8, or give the part a type that is not text.");
        }
        String name = thrown.getClass().getSimpleName();
        String code = name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(java.util.Locale.ROOT);
        String message = thrown.getMessage();
        return of(
                code,
                message == null || message.isBlank() ? name : message,
                "Look at the part's details; if the input is good, report this code.");
    }
}

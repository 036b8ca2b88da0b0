package io.partflow.app;

import io.partflow.engine.cache.CacheEntry;
import io.partflow.engine.run.RunSnapshot;
import io.partflow.pipeline.PipelineGraph;
import io.partflow.pipeline.Problem;
import io.partflow.pipeline.edit.RecoveryJournal;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Messages;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Something the user should hear about: a title, a line, and perhaps one thing to do about it. Immutable.
///
/// @param action the word on the button, or null without button
/// @param onAction what the button does
/// @param subject what it is about, which tells when it is over
record Notice(
        Tone tone, String title, String text, @Nullable String action, Runnable onAction, Subject subject) {
    Notice(Tone tone, String title, String text, @Nullable String action, Runnable onAction) {
        this(tone, title, text, action, onAction, new Subject.Anything());
    }

    /// What a notice is about.
    sealed interface Subject {
        /// Nothing that goes.
        record Anything() implements Subject {}

        /// An edit that was refused: over with the next that is not.
        record RefusedEdit() implements Subject {}

        /// The open pipeline or its run: over when another is opened, or when it is run again.
        ///
        /// @param node the node concerned, or null
        record Pipeline(@Nullable String node) implements Subject {}
    }

    /// How it is meant.
    enum Tone {
        INFORMATION,
        SUCCESS,
        WARNING,
        ERROR
    }

    /// Whether it must not go away by itself: an error, or work that is lost unless somebody takes it back.
    boolean staysUntilClosed() {
        return tone == Tone.ERROR || (tone == Tone.WARNING && action != null);
    }

    /// Whether it is about the open pipeline and not about what outlives it.
    boolean isAboutPipeline() {
        return !(subject instanceof Subject.Anything);
    }

    /// Whether it has nothing to say any more once the pipeline has become this.
    boolean isOverWith(PipelineGraph edited) {
        return switch (subject) {
            case Subject.Anything() -> false;
            case Subject.RefusedEdit() -> true;
            case Subject.Pipeline(String node) ->
                node != null && edited.node(node).isEmpty();
        };
    }

    private Notice about(Subject about) {
        return new Notice(tone, title, text, action, onAction, about);
    }

    private static Notice plain(Tone tone, String title, String text) {
        return new Notice(tone, title, text, null, () -> {});
    }

    static Notice of(Problem problem) {
        Tone tone = problem.isError() ? Tone.ERROR : Tone.WARNING;
        return plain(tone, problem.message(), problem.remedy()).about(new Subject.Pipeline(problem.node()));
    }

    /// An edit that was not made, which is nothing to be decided on.
    static Notice refused(Problem problem) {
        return plain(Tone.WARNING, problem.message(), problem.remedy()).about(new Subject.RefusedEdit());
    }

    static Notice error(String title, String text) {
        return plain(Tone.ERROR, title, text);
    }

    static Notice information(String sentence) {
        return plain(Tone.INFORMATION, sentence, "");
    }

    static Notice saved(Path file) {
        return plain(
                Tone.SUCCESS,
                Messages.text("notice.saved", String.valueOf(file.getFileName())),
                String.valueOf(file.getParent()));
    }

    static Notice recovered(RecoveryJournal.Recovered found, Runnable restore) {
        return new Notice(
                Tone.WARNING,
                Messages.text("notice.recovered"),
                Messages.text("notice.recovered.text", Formats.count(found.steps(), "step", "steps"), found.title()),
                Messages.text("notice.restore"),
                restore);
    }

    static Notice invalidated(List<CacheEntry> entries, Runnable undo) {
        long bytes = entries.stream().mapToLong(CacheEntry::sizeBytes).sum();
        return new Notice(
                Tone.INFORMATION,
                Messages.text("notice.invalidated", Formats.count(entries.size(), "entry", "entries")),
                Messages.text("notice.invalidated.text", Formats.bytes(bytes)),
                Messages.text("notice.undo"),
                undo);
    }

    /// @param undo brings the entries back
    static Notice removed(int count, long bytes, Runnable undo) {
        return new Notice(
                Tone.INFORMATION,
                Messages.text("notice.invalidated", Formats.count(count, "entry", "entries")),
                Messages.text("notice.invalidated.text", Formats.bytes(bytes)),
                Messages.text("notice.undo"),
                undo);
    }

    static Notice ended(RunSnapshot end, Optional<Path> recording) {
        String took = Formats.durationNanos(end.elapsedNanos());
        String requests = Messages.text(
                "notice.ended.text",
                Formats.count(end.cache().requests(), "request", "requests"),
                Formats.percent(end.cache().hitRatio()));
        String text = recording
                .map(file -> Messages.text("notice.recorded", requests, String.valueOf(file.getFileName())))
                .orElse(requests);
        return switch (end.status()) {
            case FAILED ->
                plain(
                                Tone.ERROR,
                                Messages.text("notice.failed", took),
                                end.recentFailures().isEmpty()
                                        ? text
                                        : end.recentFailures().getLast().node() + ": "
                                                + end.recentFailures()
                                                        .getLast()
                                                        .failure()
                                                        .message())
                        .about(new Subject.Pipeline(lastFailing(end)));
            case CANCELLED -> plain(Tone.INFORMATION, Messages.text("notice.cancelled", took), text);
            case RUNNING, PAUSED, COMPLETED ->
                end.failures() > 0
                        ? plain(
                                Tone.WARNING,
                                Messages.text("notice.completed", took),
                                Messages.text(
                                        "notice.failures", text, Formats.count(end.failures(), "problem", "problems")))
                        : plain(Tone.SUCCESS, Messages.text("notice.completed", took), text);
        };
    }

    private static @Nullable String lastFailing(RunSnapshot end) {
        String node = end.recentFailures().isEmpty()
                ? ""
                : end.recentFailures().getLast().node();
        return node.isEmpty() ? null : node;
    }
}

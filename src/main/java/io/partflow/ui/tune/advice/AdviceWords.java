package io.partflow.ui.tune.advice;

import io.partflow.engine.insight.advice.Prediction;
import io.partflow.engine.insight.advice.ProposedChange;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Messages;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Proposed changes and predictions in words. Pure.
final class AdviceWords {
    private static final double POINTS = 100;

    private AdviceWords() {}

    /// What applying a change does.
    static String change(ProposedChange change) {
        return switch (change) {
            case ProposedChange.Limits(Long items, Long bytes) ->
                Messages.text("tune.advice.limits", items(items), bytes(bytes));
            case ProposedChange.TimeToLive(long ttlMillis) ->
                ttlMillis == 0
                        ? Messages.text("tune.advice.ttl.forever")
                        : Messages.text("tune.advice.ttl", time(ttlMillis));
            case ProposedChange.IgnoreMetadata(String name) -> Messages.text("tune.advice.ignore", name);
            case ProposedChange.Normalise(String step) -> Messages.text("tune.advice.normalise", step);
            case ProposedChange.MatchImages(int bits) ->
                Messages.text("tune.advice.images", Formats.count(bits, "bit", "bits"));
            case ProposedChange.CacheParts() -> Messages.text("tune.advice.parts");
            case ProposedChange.Separate separate ->
                Messages.text(
                        "tune.advice.separate",
                        String.join(", ", separate.mimeTypes()),
                        Formats.bytes(separate.bytes()),
                        Formats.bytes(separate.restBytes()));
            case ProposedChange.Several(List<ProposedChange> changes) ->
                changes.stream().map(AdviceWords::change).collect(Collectors.joining("\n"));
            case ProposedChange.TurnOff() -> Messages.text("tune.advice.off");
            case ProposedChange.ShareComputations() -> Messages.text("tune.advice.share");
        };
    }

    private static String items(@Nullable Long limit) {
        return limit == null ? Messages.text("tune.advice.nolimit.items") : Formats.count(limit, "entry", "entries");
    }

    private static String bytes(@Nullable Long limit) {
        return limit == null ? Messages.text("tune.advice.nolimit.bytes") : Formats.bytes(limit);
    }

    private static String time(long millis) {
        return Formats.durationNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    /// The gain, such as `+5.9 points`.
    static String gain(Prediction prediction) {
        return switch (prediction.measure()) {
            case HIT_RATIO -> Messages.text("tune.advice.points", signed(prediction.gain() * POINTS, "%.1f"));
            case BYTES_HELD -> more(prediction.gain(), Formats.bytes(Math.round(Math.abs(prediction.gain()))));
            case COMPUTATIONS -> Messages.text("tune.advice.computations", signed(prediction.gain(), "%,.0f"));
            case NET_NANOS_PER_REQUEST ->
                Messages.text(
                        "tune.advice.perrequest",
                        more(prediction.gain(), Formats.durationNanos(Math.round(Math.abs(prediction.gain())))));
        };
    }

    /// From what to what, and between which bounds 95 times of 100.
    static String interval(Prediction prediction) {
        return Messages.text(
                "tune.advice.interval",
                value(prediction, prediction.before()),
                value(prediction, prediction.after()),
                value(prediction, prediction.low()),
                value(prediction, prediction.high()));
    }

    private static String value(Prediction prediction, double value) {
        return switch (prediction.measure()) {
            case HIT_RATIO -> Formats.percent(value);
            case BYTES_HELD -> Formats.bytes(Math.round(Math.max(0, value)));
            case COMPUTATIONS -> Formats.count(Math.round(value));
            case NET_NANOS_PER_REQUEST ->
                value < 0
                        ? "\u2212" + Formats.durationNanos(Math.round(-value))
                        : Formats.durationNanos(Math.round(value));
        };
    }

    private static String signed(double value, String format) {
        return more(value, String.format(Locale.ENGLISH, format, Math.abs(value)));
    }

    private static String more(double value, String size) {
        return (value < 0 ? "\u2212" : "+") + size;
    }
}

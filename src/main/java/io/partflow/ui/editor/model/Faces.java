package io.partflow.ui.editor.model;

import io.partflow.engine.cache.CacheSnapshot;
import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonInteger;
import io.partflow.engine.content.JsonReal;
import io.partflow.engine.content.JsonString;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.ParamType;
import io.partflow.engine.processor.PortSpec;
import io.partflow.engine.processor.PortType;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.run.NodeSnapshot;
import io.partflow.engine.run.RunFailure;
import io.partflow.engine.run.RunSnapshot;
import io.partflow.engine.run.RunStatus;
import io.partflow.engine.run.StageState;
import io.partflow.engine.run.WireSnapshot;
import io.partflow.pipeline.NodeState;
import io.partflow.pipeline.PipelineNode;
import io.partflow.ui.editor.model.NodeFace.CacheFace;
import io.partflow.ui.editor.model.NodeFace.Count;
import io.partflow.ui.editor.model.NodeFace.State;
import io.partflow.ui.editor.model.NodeFace.TimeShares;
import io.partflow.ui.editor.model.NodeFace.Tone;
import io.partflow.ui.support.Badge;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Messages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Turns nodes and snapshots into what they show. Pure functions; the only place where the canvas reads counters.
public final class Faces {
    private static final int PREVIEW_CHARACTERS = 160;
    /// From this share of busy time on, the share says more than the rate.
    private static final double NEARLY_ALWAYS = 0.9;

    private Faces() {}

    /// The face of a node that takes part in no run.
    ///
    /// @param descriptor empty when the processor is unknown
    public static NodeFace atRest(PipelineNode node, Optional<ProcessorDescriptor> descriptor) {
        State state = authored(node).orElse(State.IDLE);
        CacheFace cache = cacheRow(node, descriptor) ? cacheAtRest(node) : null;
        Preview preview = known(node, descriptor);
        String word = Messages.text(key(state));
        return new NodeFace(
                state,
                "",
                List.of(new Count(subtitle(node, descriptor), Tone.MUTED)),
                cache,
                preview,
                reserved(descriptor),
                null,
                tag(node, descriptor),
                word + (cache == null ? "" : ", " + cache.text()));
    }

    /// The face of a node in a run.
    ///
    /// @param before the node in the previous snapshot of the same run, or null
    /// @param run the snapshot that `now` belongs to
    /// @param elapsedNanos measured time between the two snapshots
    /// @param wellPx the height its well has had so far in this run, which it keeps
    public static NodeFace inRun(
            PipelineNode node,
            Optional<ProcessorDescriptor> descriptor,
            @Nullable NodeSnapshot before,
            NodeSnapshot now,
            RunSnapshot run,
            long elapsedNanos,
            double wellPx) {
        State state = authored(node).orElseGet(() -> state(now));
        TimeShares time = shares(before, now);
        CacheFace cache = now.cache() != null && node.cache() != null
                ? cacheInRun(before == null ? null : before.cache(), now.cache(), now, run.status())
                : cacheRow(node, descriptor) ? cacheAtRest(node) : null;
        Preview preview = preview(node, descriptor, now);
        String rate = rate(state, before, now, run, elapsedNanos, time);
        return new NodeFace(
                state,
                rate,
                counts(now),
                cache,
                preview,
                Math.max(Math.max(wellPx, reserved(descriptor)), well(preview)),
                time,
                tag(node, descriptor),
                spoken(state, now));
    }

    public static WireFace wire(@Nullable WireSnapshot before, WireSnapshot now, long elapsedNanos) {
        double perSecond = elapsedNanos <= 0
                ? Double.NaN
                : (now.parts() - (before == null ? 0 : before.parts())) * 1e9 / elapsedNanos;
        return new WireFace(now.depth(), now.capacity(), perSecond, now.parts());
    }

    static String key(State state) {
        return "editor.state." + state.name().toLowerCase(Locale.ROOT);
    }

    /// Which processor it is, where the title does not say so.
    private static String subtitle(PipelineNode node, Optional<ProcessorDescriptor> descriptor) {
        if (node.title() == null && descriptor.isPresent()) {
            return "";
        }
        return descriptor.map(ProcessorDescriptor::title).orElse(node.processor());
    }

    private static Optional<State> authored(PipelineNode node) {
        return switch (node.state()) {
            case NORMAL -> Optional.empty();
            case BYPASS -> Optional.of(State.BYPASSED);
            case MUTE -> Optional.of(State.MUTED);
        };
    }

    private static boolean cacheRow(PipelineNode node, Optional<ProcessorDescriptor> descriptor) {
        return node.cache() != null
                || descriptor.filter(ProcessorDescriptor::cacheByDefault).isPresent();
    }

    private static CacheFace cacheAtRest(PipelineNode node) {
        if (node.cache() == null) {
            return new CacheFace(Double.NaN, "", Badge.OFF);
        }
        String words = node.state() == NodeState.NORMAL
                ? Messages.text("editor.cache.no-requests")
                : Messages.text("editor.cache." + node.state().id());
        return new CacheFace(Double.NaN, words, null);
    }

    private static CacheFace cacheInRun(
            @Nullable CacheSnapshot before, CacheSnapshot now, NodeSnapshot node, RunStatus status) {
        double ratio = now.hitRatio().orElse(Double.NaN);
        String text = Double.isNaN(ratio) ? Messages.text("editor.cache.no-requests") : Formats.percent(ratio);
        return new CacheFace(ratio, text, badge(before, now, node, status));
    }

    private static @Nullable Badge badge(
            @Nullable CacheSnapshot before, CacheSnapshot now, NodeSnapshot node, RunStatus status) {
        if (node.state() == StageState.FAILED) {
            return Badge.ERR;
        }
        CacheSnapshot since = status.isEnded() ? CacheSnapshot.EMPTY : before == null ? now : before;
        long hits = now.hits() - since.hits();
        long misses = now.misses() - since.misses();
        long joined = now.coalesced() - since.coalesced();
        if ((hits > 0 ? 1 : 0) + (misses > 0 ? 1 : 0) + (joined > 0 ? 1 : 0) > 1) {
            return Badge.MIX;
        }
        return switch (node.lastOutcome()) {
            case HIT -> Badge.HIT;
            case MISS -> Badge.MISS;
            case COALESCED -> Badge.JOINED;
            case UNCACHEABLE, BYPASSED -> null;
            case null -> null;
        };
    }

    private static State state(NodeSnapshot now) {
        return switch (now.state()) {
            case IDLE -> State.IDLE;
            case RUNNING -> State.RUNNING;
            case WAITING -> State.WAITING;
            case BLOCKED -> State.BLOCKED;
            case PAUSED -> State.PAUSED;
            case CANCELLED -> State.CANCELLED;
            case DONE -> done(now);
            case FAILED -> State.FAILED;
            case BYPASSED -> State.BYPASSED;
            case MUTED -> State.MUTED;
        };
    }

    /// An end is no success when parts failed on the way, and a failure when nothing else came of it.
    private static State done(NodeSnapshot now) {
        if (now.failures() == 0) {
            return State.DONE;
        }
        return now.partsOut() == 0 ? State.FAILED : State.PARTLY;
    }

    private static @Nullable TimeShares shares(@Nullable NodeSnapshot before, NodeSnapshot now) {
        double busy = now.busyNanos() - (before == null ? 0 : before.busyNanos());
        double waiting = now.waitingNanos() - (before == null ? 0 : before.waitingNanos());
        double blocked = now.blockedNanos() - (before == null ? 0 : before.blockedNanos());
        double all = busy + waiting + blocked;
        return all <= 0 ? null : new TimeShares(busy / all, waiting / all, blocked / all);
    }

    private static String rate(
            State state,
            @Nullable NodeSnapshot before,
            NodeSnapshot now,
            RunSnapshot run,
            long elapsedNanos,
            @Nullable TimeShares time) {
        return switch (state) {
            case IDLE, MUTED, BYPASSED -> "";
            case DONE, PARTLY, PAUSED, CANCELLED -> Formats.count(now.partsOut());
            case FAILED ->
                run.recentFailures().stream()
                        .filter(failure -> failure.node().equals(now.id()))
                        .reduce((first, last) -> last)
                        .map(RunFailure::failure)
                        .map(failure -> failure.code())
                        .orElse("");
            case BLOCKED -> time == null ? "" : Formats.wholePercent(time.blocked());
            case RUNNING, WAITING -> {
                if (time != null && time.busy() >= NEARLY_ALWAYS) {
                    yield Messages.text("editor.rate.busy", Formats.wholePercent(time.busy()));
                }
                if (before == null || elapsedNanos <= 0) {
                    yield "";
                }
                long out = now.partsOut() - before.partsOut();
                yield Formats.perSecond(out * 1e9 / elapsedNanos);
            }
        };
    }

    private static List<Count> counts(NodeSnapshot now) {
        List<Count> counts = new ArrayList<>();
        CacheSnapshot cache = now.cache();
        if (cache != null && cache.requests() > 0) {
            counts.addAll(CacheCounts.of(cache));
        } else if (now.partsIn() > 0) {
            counts.add(new Count(
                    Messages.text("editor.count.in-out", shorten(now.partsIn()), shorten(now.partsOut())), Tone.MUTED));
        } else {
            counts.add(new Count(Formats.count(now.partsOut(), "part", "parts"), Tone.MUTED));
        }
        if (now.failures() > 0) {
            counts.add(new Count(Messages.text("editor.count.failed", shorten(now.failures())), Tone.DANGER));
        }
        return counts;
    }

    /// A count that never takes more than five characters.
    static String shorten(long count) {
        if (count < 10_000) {
            return Formats.count(count);
        }
        if (count < 1_000_000) {
            return String.format(Locale.ENGLISH, count < 100_000 ? "%.1fk" : "%.0fk", count / 1e3);
        }
        return String.format(Locale.ENGLISH, count < 100_000_000 ? "%.1fM" : "%.0fM", count / 1e6);
    }

    private static Preview preview(PipelineNode node, Optional<ProcessorDescriptor> descriptor, NodeSnapshot now) {
        if (now.prompt() != null) {
            return new Preview.Prompt(now.prompt());
        }
        Part part = now.lastPart();
        if (part == null) {
            return known(node, descriptor);
        }
        if (part.isImage()) {
            return new Preview.Picture(part);
        }
        if (part.isAudio()) {
            return new Preview.Wave(part);
        }
        if (part.isText()) {
            return new Preview.Flow(flow(part));
        }
        return new Preview.Facts(part.mimeType(), Formats.bytes(part.sizeBytes()));
    }

    private static String flow(Part part) {
        try {
            String text = part.text();
            String start = text.length() > 4 * PREVIEW_CHARACTERS ? text.substring(0, 4 * PREVIEW_CHARACTERS) : text;
            String one = start.replaceAll("\\s+", " ").strip();
            return one.length() > PREVIEW_CHARACTERS ? one.substring(0, PREVIEW_CHARACTERS) : one;
        } catch (IllegalStateException notUtf8) {
            return part.mimeType();
        }
    }

    private static double well(Preview preview) {
        return switch (preview) {
            case Preview.Settings ignored -> 0;
            case Preview.Purpose ignored -> 0;
            case Preview.Facts ignored -> NodeMeasures.WAVE_WELL + NodeMeasures.WELL_GAP;
            case Preview.Flow ignored -> NodeMeasures.TEXT_WELL;
            case Preview.Picture ignored -> NodeMeasures.PICTURE_WELL;
            case Preview.Wave ignored -> NodeMeasures.WAVE_WELL;
            case Preview.Prompt ignored -> NodeMeasures.TEXT_WELL;
        };
    }

    /// The height kept free for the parts a processor emits, so that nodes seldom grow when a run starts.
    private static double reserved(Optional<ProcessorDescriptor> descriptor) {
        PortType type = descriptor
                .flatMap(each -> each.outputs().stream().findFirst())
                .map(PortSpec::mainType)
                .orElse(PortType.TEXT);
        return switch (type) {
            case AUDIO -> NodeMeasures.WAVE_WELL;
            case IMAGE -> NodeMeasures.PICTURE_WELL;
            case TEXT, VIDEO, JSON, ANY -> NodeMeasures.TEXT_WELL;
        };
    }

    /// Before there is a part: what the author set, else what the first parameters are.
    private static Preview known(PipelineNode node, Optional<ProcessorDescriptor> descriptor) {
        if (descriptor.isEmpty()) {
            return new Preview.Purpose(Messages.text("editor.node.unknown-processor", node.processor()));
        }
        List<String> lines = new ArrayList<>();
        for (ParamSpec spec : descriptor.get().params()) {
            JsonValue given = node.params().get(spec.name());
            if (given != null) {
                lines.addAll(words(spec, given));
            }
        }
        for (ParamSpec spec : descriptor.get().params()) {
            if (!node.params().has(spec.name()) && spec.type() != ParamType.BOOL) {
                lines.addAll(words(spec, spec.defaultValue()));
            }
        }
        return lines.isEmpty()
                ? new Preview.Purpose(descriptor.get().summary())
                : new Preview.Settings(lines.subList(0, Math.min(3, lines.size())));
    }

    private static List<String> words(ParamSpec spec, JsonValue value) {
        // "Calls at once 16", not "Calls at once 16 calls".
        boolean told = spec.title().toLowerCase(Locale.ROOT).contains(spec.unit());
        String unit = spec.unit().isEmpty() || told ? "" : " " + spec.unit();
        return switch (value) {
            case JsonArray list ->
                list.values().stream()
                        .filter(JsonString.class::isInstance)
                        .map(each -> ending(spec, ((JsonString) each).value()))
                        .toList();
            case JsonString text -> text.value().isEmpty() ? List.of() : List.of(ending(spec, text.value()));
            case JsonInteger number ->
                List.of(spec.title() + " "
                        + switch (spec.type()) {
                            case DURATION -> Formats.duration(Duration.ofMillis(number.longValue()));
                            case BYTES -> Formats.bytes(number.longValue());
                            default -> Formats.count(number.longValue()) + unit;
                        });
            case JsonReal number -> List.of(spec.title() + " " + number.value() + unit);
            default -> List.of();
        };
    }

    /// A file by its own name, since the folder would fill the line; any other text with its title.
    private static String ending(ParamSpec spec, String text) {
        int slash = Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\'));
        boolean file = spec.type() == ParamType.FILE || (spec.type() == ParamType.LIST && slash >= 0);
        if (file) {
            return slash >= 0 && slash < text.length() - 1 ? text.substring(slash + 1) : text;
        }
        return spec.type() == ParamType.LIST ? text : spec.title() + " " + text;
    }

    private static String tag(PipelineNode node, Optional<ProcessorDescriptor> descriptor) {
        boolean simulated = descriptor.filter(ProcessorDescriptor::simulated).isPresent();
        return simulated
                        && node.title() != null
                        && !node.title().toLowerCase(Locale.ROOT).contains("simulated")
                ? Messages.text("editor.node.simulated")
                : "";
    }

    private static String spoken(State state, NodeSnapshot now) {
        StringBuilder text = new StringBuilder(Messages.text(key(state)));
        CacheSnapshot cache = now.cache();
        if (cache != null && cache.hitRatio().isPresent()) {
            text.append(", ")
                    .append(Messages.text(
                            "editor.spoken.hit-ratio",
                            Long.toString(Math.round(cache.hitRatio().getAsDouble() * 100))));
        }
        if (now.failures() > 0) {
            text.append(", ").append(Messages.text("editor.spoken.failures", Formats.count(now.failures())));
        }
        return text.toString();
    }
}

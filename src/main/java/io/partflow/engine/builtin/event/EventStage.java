package io.partflow.engine.builtin.event;

import io.partflow.engine.builtin.nested.NestedProcessors;
import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.cache.ContentCache;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.image.ImageLooks;
import io.partflow.engine.processor.BuildContext;
import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.Params;
import io.partflow.engine.processor.ParamsCheck;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartStream;
import io.partflow.engine.processor.PortSpec;
import io.partflow.engine.processor.PortType;
import io.partflow.engine.processor.Processor;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.processor.ProcessorDescriptor.Category;
import io.partflow.engine.processor.ProcessorDescriptor.Kind;
import io.partflow.engine.processor.ProcessorDescriptor.Work;
import io.partflow.engine.processor.ProcessorEntry;
import io.partflow.engine.prompt.event.CachedDetector;
import io.partflow.engine.prompt.event.Detector;
import io.partflow.engine.prompt.event.EventDebouncer;
import io.partflow.engine.prompt.event.EventDetection;
import io.partflow.engine.prompt.event.EventRule;
import io.partflow.engine.prompt.event.SceneChange;
import io.partflow.engine.prompt.event.TransitionTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Passes every part on, looks at the last pictures, and tells by a part of its own when something has happened.
///
/// An event is a text with the metadata `event_type`; it leaves by `events` alone where that is wired, and else
/// stands
/// in the stream behind the picture that told of it. The parts themselves always leave by `out`. Confined to its
/// stage's thread.
public final class EventStage extends Processor implements CacheRoom.Tenant {
    /// Metadata entry that marks what this stage itself has put into the stream.
    private static final String DETECTED = "detected_event";

    static final ProcessorDescriptor DESCRIPTOR = ProcessorDescriptor.builder("image.events", 1, "Detect events")
            .summary("Passes pictures on and tells by a part of its own when the scene or its light has changed.")
            .category(Category.MEDIA)
            .synonyms("event detection", "scene change", "cut", "brightness", "motion", "camera", "debounce", "alarm")
            .icon("zap")
            .example("Ask a model about a camera's picture only when something has changed in it.")
            .inputs(PortSpec.required("in", PortType.ANY))
            .outputs(PortSpec.optional("out", PortType.ANY), PortSpec.optional("events", PortType.TEXT))
            .params(
                    ParamSpec.choice(
                            "detector",
                            "Detector",
                            "What looks at the pictures: a comparison of their structure and brightness, which answers"
                                    + " cut, darker, brighter or steady; or a processor that answers a text.",
                            "scene",
                            List.of("scene", "processor")),
                    ParamSpec.text(
                                    "processor",
                                    "Processor",
                                    "The processor that answers, with its parameters.",
                                    "model.simulated maxTokens=10")
                            .withProcessors(NestedProcessors.ANY)
                            .visibleWhen("detector", "processor"),
                    ParamSpec.integer(
                                    "cutDistance",
                                    "Cut from",
                                    "Scene: how many bits of structure, of 64, at least differ across a cut.",
                                    SceneChange.Settings.DEFAULT.cutDistance())
                            .withUnit("bits")
                            .withRange(1, 64)
                            .withStep(1)
                            .visibleWhen("detector", "scene"),
                    ParamSpec.real(
                                    "lightShare",
                                    "Light from",
                                    "Scene: how much of the brightness at least is gained or lost.",
                                    SceneChange.Settings.DEFAULT.lightShare())
                            .withRange(0.01, 1)
                            .withStep(0.05)
                            .visibleWhen("detector", "scene"),
                    ParamSpec.integer("maxImages", "Pictures", "How many of the last pictures a detection sees.", 2)
                            .withUnit("pictures")
                            .withRange(1, 1_000)
                            .withStep(1),
                    ParamSpec.list(
                            "table",
                            "Events",
                            "One a line: steady -> darker x2: text, with * for any state, start for none, x2 for twice"
                                    + " in a row, and no text for a silent change; empty for every change of the"
                                    + " scene."),
                    ParamSpec.choice(
                            "counting",
                            "Sightings",
                            "Whether x2 means the second sighting, or the one after it as in genai-processors.",
                            "nth",
                            List.of("nth", "after-nth")),
                    ParamSpec.choice(
                            "pace",
                            "Pace",
                            "Every picture is looked at before the next is read; or live, where pictures pass on while"
                                    + " a detection runs.",
                            "every-image",
                            List.of("every-image", "live")),
                    ParamSpec.flag(
                                    "cached",
                                    "Cache detections",
                                    "Whether the same pictures are looked at once only.",
                                    true)
                            .outsideKey(),
                    ParamSpec.duration(
                                    "ttlMs",
                                    "Time to live",
                                    "How long a detection is remembered.",
                                    CachedDetector.DEFAULT_TTL_MILLIS)
                            .withRange(1, 86_400_000)
                            .withStep(1_000)
                            .outsideKey()
                            .visibleWhen("cached", "true"),
                    ParamSpec.integer(
                                    "maxItems",
                                    "Remembered",
                                    "How many detections are remembered.",
                                    CachedDetector.DEFAULT_MAX_ITEMS)
                            .withUnit("detections")
                            .withRange(1, 10_000_000)
                            .withStep(100)
                            .outsideKey()
                            .visibleWhen("cached", "true"),
                    ParamSpec.integer(
                                    "alike",
                                    "Alike up to",
                                    "Pictures whose looks differ by no more bits, of 64, share a detection; 0 for equal"
                                            + " pictures only.",
                                    0)
                            .withUnit("bits")
                            .withRange(0, 64)
                            .withStep(1)
                            .visibleWhen("cached", "true"),
                    ParamSpec.duration(
                                    "debounceMs",
                                    "Debounce",
                                    "An event of the same type is held off for so long; 0 for never.",
                                    EventDebouncer.DEFAULT_INTERVAL.toMillis())
                            .withRange(0, 86_400_000)
                            .withStep(100),
                    ParamSpec.text("substream", "Substream", "Where events go; empty for the ordinary one.", "")
                            .withRange(0, 100))
            .kind(Kind.STREAM)
            .work(Work.CPU)
            .notDeterministic()
            .build();

    private final Params params;
    private final NestedProcessors nested;
    private final BuildContext build;
    private CacheRoom.@Nullable Calls calls;

    private EventStage(Params params, BuildContext build, NestedProcessors nested) {
        this.params = params;
        this.nested = nested;
        this.build = build;
    }

    /// @param nested what may look at pictures
    public static ProcessorEntry entry(NestedProcessors nested) {
        ParamsCheck check = params -> {
            List<ParamsCheck.Complaint> complaints = new ArrayList<>();
            if (params.text("detector").equals("processor")) {
                nested.complaint(params.text("processor"), NestedProcessors.ANY)
                        .ifPresent(wrong -> complaints.add(new ParamsCheck.Complaint("processor", wrong)));
            }
            for (String line : params.list("table")) {
                try {
                    var unused = TransitionLine.parse(line);
                } catch (IllegalArgumentException wrong) {
                    complaints.add(new ParamsCheck.Complaint("table", wrong.getMessage() + "."));
                }
            }
            return complaints;
        };
        return new ProcessorEntry(DESCRIPTOR, (params, build) -> new EventStage(params, build, nested), check);
    }

    @Override
    public String outputOf(Part part) {
        return part.metadata().has(DETECTED) ? "events" : "out";
    }

    @Override
    public String elseOutputOf(Part part) {
        return "out";
    }

    @Override
    protected void process(PartStream input, PartContext context) throws Exception {
        EventRule rule = table().watch();
        long debounceMillis = params.integer("debounceMs");
        new EventDetection(
                        detector(context),
                        debounceMillis == 0
                                ? rule
                                : rule.debounced(
                                        new EventDebouncer(context.clock(), Duration.ofMillis(debounceMillis))),
                        EventDetection.Settings.DEFAULT
                                .withMaxImages(params.count("maxImages"))
                                .withPace(
                                        params.text("pace").equals("live")
                                                ? EventDetection.Pace.LIVE
                                                : EventDetection.Pace.EVERY_IMAGE))
                .run(input, context);
    }

    private Detector detector(PartContext context) {
        Detector looks = params.text("detector").equals("scene")
                ? new SceneChange(
                        new SceneChange.Settings(params.count("cutDistance"), params.real("lightShare")),
                        new ImageLooks())
                : Detector.of(nested.resolve(params.text("processor"), NestedProcessors.ANY)
                        .supplier(build));
        CacheSettings settings = cacheSettings();
        if (settings == null) {
            return looks;
        }
        CacheRoom.Calls given = calls;
        if (given != null) {
            return new CachedDetector(looks, given);
        }
        ContentCache cache = new ContentCache(build.node(), DESCRIPTOR.id(), settings, context.clock());
        return new CachedDetector(looks, cache, CachedDetector.IMAGES_ALONE, "pf1:" + DESCRIPTOR.id() + ":");
    }

    @Override
    public @Nullable CacheSettings cacheSettings() {
        if (!params.flag("cached")) {
            return null;
        }
        CacheSettings settings = CachedDetector.settings()
                .withTtlMillis(params.integer("ttlMs"))
                .withMaxItems(params.integer("maxItems"));
        int alike = params.count("alike");
        return alike == 0
                ? settings
                : settings.withKey(new CacheSettings.KeyOptions(List.of(), List.of(), List.of(), alike));
    }

    @Override
    public void moveIn(CacheRoom.Calls given) {
        calls = given;
    }

    private TransitionTable table() {
        TransitionTable.Builder table = TransitionTable.builder()
                .counting(
                        params.text("counting").equals("nth")
                                ? TransitionTable.Counting.NTH
                                : TransitionTable.Counting.AFTER_NTH);
        List<String> lines = params.list("table");
        if (lines.isEmpty()) {
            lines = List.of("* -> cut: cut", "* -> darker: darker", "* -> brighter: brighter", "* -> steady");
        }
        for (String line : lines) {
            TransitionLine each = TransitionLine.parse(line);
            if (each.text().isEmpty()) {
                table.on(each.from(), each.to());
            } else {
                table.on(each.from(), each.to(), event(each));
            }
            if (each.times() > 1) {
                table.sightings(each.from(), each.to(), each.times());
            }
        }
        return table.build();
    }

    private Part event(TransitionLine line) {
        return Part.text(line.text())
                .withSubstream(params.text("substream"))
                .withMetadata(EventDebouncer.EVENT_TYPE, JsonValue.of(line.to()))
                .withMetadata(DETECTED, JsonValue.of(true));
    }
}

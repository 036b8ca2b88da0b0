package io.partflow.engine.builtin.audio;

import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.MimeType;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.BuildContext;
import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.Params;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartException;
import io.partflow.engine.processor.PartProcessor;
import io.partflow.engine.processor.PortSpec;
import io.partflow.engine.processor.PortType;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.processor.ProcessorDescriptor.Category;
import io.partflow.engine.processor.ProcessorDescriptor.Work;
import io.partflow.engine.processor.ProcessorEntry;
import java.util.ArrayList;
import java.util.List;

/// Cuts a recording into the stretches in which somebody speaks: first a JSON part with all their times,
/// then a WAV part for each.
///
/// The WAV parts carry no time themselves, only what the recording carries: the same words, sample for
/// sample, are the same part, and a cache behind this step hits. Sounds other than WAV pass on whole behind
/// a JSON part that says so. Immutable, thread-safe.
public final class AudioSegments extends PartProcessor {
    static final ProcessorDescriptor DESCRIPTOR = ProcessorDescriptor.builder("audio.segments", 1, "Speech segments")
            .summary("Cuts a recording at its silences into one part for each stretch of speech.")
            .category(Category.MEDIA)
            .synonyms("voice activity detection", "VAD", "silence", "utterance", "speech", "split audio")
            .icon("mic")
            .example("Send each sentence of a call to transcription by itself, and a repeated prompt only once.")
            .inputs(PortSpec.required("in", PortType.AUDIO))
            .outputs(PortSpec.required("out", PortType.AUDIO, PortType.JSON))
            .params(
                    ParamSpec.duration("maxGapMs", "Gap", "A longer silence ends a segment.", 600)
                            .withRange(20, 60_000)
                            .withStep(50),
                    ParamSpec.duration(
                                    "minSpeechMs",
                                    "Least speech",
                                    "Shorter segments are dropped: clicks and coughs.",
                                    200)
                            .withRange(0, 60_000)
                            .withStep(50),
                    ParamSpec.duration("paddingMs", "Padding", "Silence kept before and after each segment.", 0)
                            .withRange(0, 5_000)
                            .withStep(50),
                    ParamSpec.integer("frameMs", "Frame", "The level is measured once in so many milliseconds.", 10)
                            .withUnit("ms")
                            .withRange(5, 100)
                            .withStep(5),
                    ParamSpec.real(
                                    "offsetDb",
                                    "Threshold offset",
                                    "Added to the threshold found in the recording: higher drops soft speech, lower"
                                            + " keeps noise.",
                                    0)
                            .withUnit("dB")
                            .withRange(-30, 30)
                            .withStep(1))
            .rules(Params.Rule.atMost("frameMs", "maxGapMs"))
            .work(Work.CPU)
            .cachedByDefault()
            .build();

    public static final ProcessorEntry ENTRY = new ProcessorEntry(DESCRIPTOR, AudioSegments::new);

    private record Config(SpeechFinder finder) {
        static Config of(Params params) {
            return new Config(new SpeechFinder(
                    params.count("frameMs"),
                    params.integer("maxGapMs"),
                    params.integer("minSpeechMs"),
                    params.integer("paddingMs"),
                    params.real("offsetDb")));
        }
    }

    private final Config config;

    private AudioSegments(Params params, BuildContext context) {
        config = Config.of(params);
    }

    @Override
    public boolean matches(Part part) {
        return part.isAudio();
    }

    @Override
    protected void process(Part part, PartContext context) throws PartException, InterruptedException {
        if (!MimeType.isWav(part.mimeType())) {
            context.emit(AudioFacts.like(part, AudioFacts.unmeasured(part)));
            context.emit(part);
            return;
        }
        WavAudio audio = WavAudio.read(part.bytes());
        List<SpeechFinder.Segment> segments = config.finder.find(audio);
        context.emit(AudioFacts.like(part, times(audio, segments)));
        for (SpeechFinder.Segment segment : segments) {
            context.emit(Part.blob(audio.slice(segment.fromFrame(), segment.toFrame()), part.mimeType())
                    .withRole(part.role())
                    .withSubstream(part.substream())
                    .withMetadata(part.metadata()));
        }
    }

    private static JsonObject times(WavAudio audio, List<SpeechFinder.Segment> segments) {
        List<JsonValue> times = new ArrayList<>();
        double speech = 0;
        for (SpeechFinder.Segment segment : segments) {
            double start = segment.fromFrame() * 1000.0 / audio.sampleRate();
            double end = segment.toFrame() * 1000.0 / audio.sampleRate();
            speech += end - start;
            times.add(JsonObject.of(
                    "startMs",
                    JsonValue.of(AudioFacts.rounded(start, 1e3)),
                    "endMs",
                    JsonValue.of(AudioFacts.rounded(end, 1e3))));
        }
        return JsonObject.builder()
                .put("durationMs", AudioFacts.rounded(audio.durationMillis(), 1e3))
                .put("speechMs", AudioFacts.rounded(speech, 1e3))
                .put("decoded", true)
                .put("segments", new JsonArray(times))
                .build();
    }
}

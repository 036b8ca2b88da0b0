package io.partflow.engine.builtin.audio;

import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.MimeType;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.BuildContext;
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

/// Measures a sound: a JSON part with codec, duration, rate, channels, peak and mean level. The part keeps
/// role, substream and metadata of the sound.
///
/// Formats other than WAV are named and not measured: `decoded` is false and a `note` says so. Immutable,
/// thread-safe.
public final class AudioFacts extends PartProcessor {
    static final ProcessorDescriptor DESCRIPTOR = ProcessorDescriptor.builder("audio.facts", 1, "Audio facts")
            .summary("Measures a sound: codec, duration, sample rate, channels, peak and mean level.")
            .category(Category.MEDIA)
            .synonyms("sound", "duration", "loudness", "level", "dB", "wav", "metadata")
            .icon("activity")
            .example("Find recordings that are silent or clipped before they are transcribed.")
            .inputs(PortSpec.required("in", PortType.AUDIO))
            .outputs(PortSpec.required("out", PortType.JSON))
            .work(Work.CPU)
            .cachedByDefault()
            .build();

    public static final ProcessorEntry ENTRY = new ProcessorEntry(DESCRIPTOR, AudioFacts::new);

    static final String NOT_DECODED = "not decoded yet";

    private AudioFacts(Params params, BuildContext context) {}

    @Override
    public boolean matches(Part part) {
        return part.isAudio();
    }

    @Override
    protected void process(Part part, PartContext context) throws PartException, InterruptedException {
        JsonObject facts = MimeType.isWav(part.mimeType()) ? measured(WavAudio.read(part.bytes())) : unmeasured(part);
        context.emit(like(part, facts));
    }

    /// A JSON part that stands in the same place as another one.
    static Part like(Part part, JsonObject json) {
        return Part.json(json.toJson())
                .withRole(part.role())
                .withSubstream(part.substream())
                .withMetadata(part.metadata());
    }

    /// What can be said of a sound that is not decoded.
    static JsonObject unmeasured(Part part) {
        return JsonObject.builder()
                .put("format", format(part.mimeType()))
                .put("bytes", part.bytes().length())
                .put("decoded", false)
                .put("note", NOT_DECODED)
                .build();
    }

    private static String format(String mimeType) {
        int end = mimeType.indexOf(';');
        return mimeType.substring("audio/".length(), end < 0 ? mimeType.length() : end);
    }

    private static JsonObject measured(WavAudio audio) throws InterruptedException {
        double peak = 0;
        double squares = 0;
        for (int frame = 0; frame < audio.frames(); frame++) {
            if ((frame & 0xFFFF) == 0 && Thread.interrupted()) {
                throw new InterruptedException();
            }
            for (int channel = 0; channel < audio.channels(); channel++) {
                double sample = audio.sample(frame, channel);
                peak = Math.max(peak, Math.abs(sample));
                squares += sample * sample;
            }
        }
        double count = Math.max(1, audio.frames() * (double) audio.channels());
        return JsonObject.builder()
                .put("format", "wav")
                .put("codec", audio.codec())
                .put("durationMs", rounded(audio.durationMillis(), 1e3))
                .put("sampleRate", audio.sampleRate())
                .put("channels", audio.channels())
                .put("bitsPerSample", audio.bitsPerSample())
                .put("peakDbfs", decibels(peak))
                .put("rmsDbfs", decibels(Math.sqrt(squares / count)))
                .put("decoded", true)
                .build();
    }

    /// Level of an amplitude; null for silence, which has none.
    private static JsonValue decibels(double amplitude) {
        return amplitude > 0 ? JsonValue.of(rounded(20 * Math.log10(amplitude), 1e2)) : JsonValue.ofNull();
    }

    static double rounded(double value, double steps) {
        return Math.round(value * steps) / steps;
    }
}

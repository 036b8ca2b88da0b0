package io.partflow.engine.builtin.audio;

import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.Params;
import io.partflow.engine.processor.PortSpec;
import io.partflow.engine.processor.PortType;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.processor.ProcessorDescriptor.Category;
import io.partflow.engine.processor.ProcessorDescriptor.Kind;
import io.partflow.engine.processor.ProcessorEntry;
import io.partflow.engine.processor.pace.AudioPace;
import java.util.List;

/// Lets raw sound through as fast as it plays, in short pieces.
public final class AudioPacing {
    static final ProcessorDescriptor DESCRIPTOR = ProcessorDescriptor.builder("audio.pace", 1, "Audio pacing")
            .summary("Lets raw 16-bit sound through as fast as it plays, in pieces of a twentieth of a second.")
            .category(Category.MEDIA)
            .synonyms("rate limit", "real time", "playback", "speaker", "PCM", "stream audio")
            .icon("volume-2")
            .example("Stop an answer in the middle of a word when the user interrupts.")
            .inputs(PortSpec.required("in", PortType.ANY))
            .outputs(PortSpec.optional("out", PortType.ANY))
            .params(
                    ParamSpec.integer("rateHz", "Sample rate", "Samples per second of the sound.", 24_000)
                            .withUnit("Hz")
                            .withRange(1_000, 192_000)
                            .withStep(1_000),
                    ParamSpec.choice(
                            "others",
                            "Other parts",
                            "Whether they wait until the sound before them has played, or overtake it.",
                            "wait",
                            List.of("wait", "overtake")))
            .kind(Kind.STREAM)
            .notDeterministic()
            .build();

    public static final ProcessorEntry ENTRY = new ProcessorEntry(DESCRIPTOR, (params, context) -> stage(params));

    private AudioPacing() {}

    private static AudioPace stage(Params params) {
        return new AudioPace(
                params.count("rateHz"),
                params.text("others").equals("wait") ? AudioPace.OtherParts.WAIT : AudioPace.OtherParts.OVERTAKE);
    }
}

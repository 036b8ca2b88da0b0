package io.partflow.engine.builtin.model;

import io.partflow.engine.content.ContentHash;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.BuildContext;
import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.Params;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartProcessor;
import io.partflow.engine.processor.PortSpec;
import io.partflow.engine.processor.PortType;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.processor.ProcessorDescriptor.Category;
import io.partflow.engine.processor.ProcessorDescriptor.Work;
import io.partflow.engine.processor.ProcessorEntry;
import io.partflow.engine.processor.Usage;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Stands in for a model: waits as long as one would and answers with made-up text, both drawn from a hash
/// of the part.
///
/// The same part, seed and parameters give the same answer after the same time, on any computer. Tokens are
/// counted as characters divided by a declared ratio; the price is declared too. Immutable, thread-safe.
public final class SimulatedModel extends PartProcessor {
    static final ProcessorDescriptor DESCRIPTOR = ProcessorDescriptor.builder("model.simulated", 1, "Simulated model")
            .summary("Answers with made-up text after a made-up time, always the same for the same part.")
            .category(Category.PROMPT)
            .synonyms("LLM", "fake", "stub", "mock", "chat", "answer", "latency", "price")
            .icon("cpu")
            .example("See what a cache would save before you pay for a model.")
            .inputs(PortSpec.required("in", PortType.ANY))
            .outputs(PortSpec.required("out", PortType.TEXT))
            .params(
                    ParamSpec.duration("latencyMinMs", "Answer time from", "The shortest time to an answer.", 300)
                            .withRange(0, 600_000)
                            .withStep(50)
                            .outsideKey(),
                    ParamSpec.duration("latencyMaxMs", "Answer time to", "The longest time to an answer.", 1_200)
                            .withRange(0, 600_000)
                            .withStep(50)
                            .outsideKey(),
                    ParamSpec.choice(
                                    "latencyShape",
                                    "Answer times",
                                    "How times spread: evenly, or most of them short and few long (log-normal).",
                                    "uniform",
                                    List.of("uniform", "log-normal"))
                            .outsideKey(),
                    ParamSpec.choice(
                            "style",
                            "Style",
                            "How answers are worded.",
                            "plain",
                            List.of("plain", "friendly", "formal")),
                    ParamSpec.integer(
                                    "maxTokens",
                                    "Output limit",
                                    "The most tokens of an answer; it is cut at a word.",
                                    512)
                            .withUnit("tokens")
                            .withRange(1, 8_192)
                            .withStep(64),
                    ParamSpec.real(
                                    "charsPerToken",
                                    "Characters per token",
                                    "The declared ratio by which tokens are counted.",
                                    4)
                            .withUnit("characters")
                            .withRange(1, 16)
                            .withStep(0.5),
                    ParamSpec.real("priceInUsd", "Price of input", "US dollars for a million tokens in.", 0.3)
                            .withUnit("USD per million")
                            .withRange(0, 1_000)
                            .withStep(0.1)
                            .outsideKey(),
                    ParamSpec.real("priceOutUsd", "Price of output", "US dollars for a million tokens out.", 2.5)
                            .withUnit("USD per million")
                            .withRange(0, 1_000)
                            .withStep(0.1)
                            .outsideKey(),
                    ParamSpec.integer(
                                    "callsAtOnce", "Calls at once", "How many parts are answered at the same time.", 16)
                            .withUnit("calls")
                            .withRange(1, 256)
                            .withStep(1)
                            .outsideKey())
            .rules(Params.Rule.atMost("latencyMinMs", "latencyMaxMs"))
            .work(Work.BLOCKING)
            .cachedByDefault()
            .simulated()
            .build();

    public static final ProcessorEntry ENTRY = new ProcessorEntry(DESCRIPTOR, SimulatedModel::new);

    private static final double NANOS_PER_MILLI = 1e6;

    private enum Shape {
        UNIFORM,
        LOG_NORMAL
    }

    private record Config(
            long latencyMinMillis,
            long latencyMaxMillis,
            Shape shape,
            AnswerGrammar grammar,
            int maxTokens,
            double charsPerToken,
            double priceInUsd,
            double priceOutUsd,
            int callsAtOnce) {
        static Config of(Params params) {
            return new Config(
                    params.integer("latencyMinMs"),
                    params.integer("latencyMaxMs"),
                    params.text("latencyShape").equals("uniform") ? Shape.UNIFORM : Shape.LOG_NORMAL,
                    new AnswerGrammar(
                            AnswerGrammar.Style.valueOf(params.text("style").toUpperCase(Locale.ROOT))),
                    params.count("maxTokens"),
                    params.real("charsPerToken"),
                    params.real("priceInUsd"),
                    params.real("priceOutUsd"),
                    params.count("callsAtOnce"));
        }
    }

    private final Config config;
    private final long seed;

    private SimulatedModel(Params params, BuildContext context) {
        config = Config.of(params);
        seed = context.seed();
    }

    @Override
    public int maxInFlight() {
        return config.callsAtOnce;
    }

    @Override
    public boolean matches(Part part) {
        return !part.isException() && !part.isEndOfTurn();
    }

    @Override
    protected void process(Part part, PartContext context) throws InterruptedException {
        ContentHash content = ContentHash.of(part.bytes().toArray());
        ContentHash circumstances = ContentHash.ofText(part.mimeType() + " " + seed);
        RandomGenerator random = new SplittableRandom(content.low() ^ circumstances.high());
        context.clock().sleep(latencyNanos(random));
        String answer = limited(config.grammar.answer(topic(part), random));
        long in = tokens(part.isText() ? part.text().length() : part.bytes().length());
        long out = tokens(answer.length());
        // A price per million tokens is the price of one token in millionths.
        long microUsd = Math.round(in * config.priceInUsd + out * config.priceOutUsd);
        context.spend(new Usage(in, out, microUsd));
        context.emit(Part.text(answer, "model").withSubstream(part.substream()));
    }

    private static String topic(Part part) {
        if (part.isText()) {
            return AnswerGrammar.topic(part.text());
        }
        return part.isImage() ? "picture" : part.isAudio() ? "recording" : part.isVideo() ? "film" : "file";
    }

    private long latencyNanos(RandomGenerator random) {
        double range = config.latencyMaxMillis - config.latencyMinMillis;
        double share = switch (config.shape) {
            case UNIFORM -> random.nextDouble();
            // Median at a quarter of the range; what lies beyond it is cut.
            case LOG_NORMAL -> Math.min(1, 0.25 * Math.exp(0.6 * random.nextGaussian()));
        };
        return Math.round((config.latencyMinMillis + share * range) * NANOS_PER_MILLI);
    }

    private long tokens(int chars) {
        return (long) Math.ceil(chars / config.charsPerToken);
    }

    private String limited(List<String> sentences) {
        String answer = String.join(" ", sentences);
        int most = (int) Math.min(Integer.MAX_VALUE, Math.floor(config.maxTokens * config.charsPerToken));
        if (answer.length() <= most) {
            return answer;
        }
        int space = answer.lastIndexOf(' ', most);
        return answer.substring(0, space > 0 ? space : most);
    }
}

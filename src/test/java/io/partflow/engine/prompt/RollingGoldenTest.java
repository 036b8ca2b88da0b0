package io.partflow.engine.prompt;

import static io.partflow.engine.content.PeerVectors.number;
import static io.partflow.engine.content.PeerVectors.objects;
import static io.partflow.engine.content.PeerVectors.real;
import static io.partflow.engine.content.PeerVectors.text;
import static io.partflow.engine.content.PeerVectors.textOr;
import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.builtin.FakeContext;
import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonBoolean;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonString;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.PeerVectors;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartStream;
import io.partflow.engine.processor.Processor;
import io.partflow.engine.stream.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Rolling prompts and windows, prompt by prompt as genai-processors makes them. No case is left out.
class RollingGoldenTest {
    private static final List<JsonObject> CASES = objects(PeerVectors.read("rolling.json"), "cases");

    private final TokenCounter tokens = new TokenCounter();
    private final ManualClock clock = new ManualClock();

    static List<JsonObject> prompts() {
        return ofKind("rolling_prompt");
    }

    static List<JsonObject> windows() {
        return ofKind("window");
    }

    private static List<JsonObject> ofKind(String kind) {
        return CASES.stream().filter(each -> text(each, "kind").equals(kind)).toList();
    }

    @Test
    void cases_ofTheFile_areAllOfAKnownKind() {
        assertThat(CASES).isNotEmpty();
        assertThat(prompts().size() + windows().size()).isEqualTo(CASES.size());
    }

    @ParameterizedTest
    @MethodSource("prompts")
    void prompts_ofPeerCase_areThePeers(JsonObject given) throws Exception {
        RollingPrompt prompt = new RollingPrompt(policy(given), tokens, clock);
        List<List<String>> prompts = new ArrayList<>();
        PendingPrompt pending = prompt.pending();
        for (JsonObject op : objects(given, "ops")) {
            switch (text(op, "op")) {
                case "add" -> prompt.add(part(op));
                case "add_many" -> {
                    for (int i = 0; i < number(op, "count"); i++) {
                        prompt.add(Part.text(text(op, "prefix") + i));
                    }
                }
                case "stash" -> prompt.stash(part(op));
                case "apply_stash" -> prompt.applyStash();
                case "finalize" -> {
                    prompt.finish();
                    prompts.add(texts(pending));
                    pending = prompt.pending();
                }
                default -> throw new IllegalArgumentException(op.toJson());
            }
        }
        prompt.finish();
        prompts.add(texts(pending));

        List<JsonValue> expected = PeerVectors.array(expected(given), "prompts").values();
        assertThat(prompts).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            if (expected.get(i) instanceof JsonObject ends) {
                assertThat(prompts.get(i)).hasSize(number(ends, "count"));
                assertThat(prompts.get(i).getFirst()).isEqualTo(text(ends, "first"));
                assertThat(prompts.get(i).getLast()).isEqualTo(text(ends, "last"));
            } else {
                assertThat(prompts.get(i)).as("prompt %d", i).isEqualTo(strings((JsonArray) expected.get(i)));
            }
        }
    }

    private HistoryPolicy policy(JsonObject given) {
        if (!(given.get("policy") instanceof JsonObject policy)) {
            return HistoryPolicy.KEEP_ALL;
        }
        return switch (text(policy, "name")) {
            case "keep_last_n_turns" -> new KeepLastTurns(number(policy, "n"));
            case "drop_old_parts", "duration" ->
                new DropOldParts(Duration.ofNanos(Math.round(1e9 * real(policy, "age_sec"))), clock);
            default -> throw new IllegalArgumentException(policy.toJson());
        };
    }

    private Part part(JsonObject description) {
        Part part = Part.text(text(description, "text"));
        if (JsonBoolean.TRUE.equals(description.get("eot"))) {
            part = part.withMetadata(Part.TURN_COMPLETE, JsonBoolean.TRUE);
        }
        return description.has("age_sec")
                ? part.withMetadata(Part.CAPTURE_TIME, JsonValue.of(clock.nanos() / 1e9 - real(description, "age_sec")))
                : part;
    }

    @ParameterizedTest
    @MethodSource("windows")
    void output_ofPeerCase_isThePeers(JsonObject given) throws Exception {
        Window.Settings settings = Window.Settings.DEFAULT;
        settings = given.has("stride") ? settings.withStride(number(given, "stride")) : settings;
        settings =
                given.has("max_concurrency") ? settings.withMaxConcurrent(number(given, "max_concurrency")) : settings;
        HistoryPolicy policy = given.has("keep_last_n_turns")
                ? new KeepLastTurns(number(given, "keep_last_n_turns"))
                : HistoryPolicy.KEEP_ALL;
        boolean each = textOr(given, "inner", "join").equals("each");
        Window window = new Window(() -> each ? new Each() : new Joined(), policy, tokens, settings);
        FakeContext context = new FakeContext();
        Iterator<Part> input = objects(given, "input").stream().map(this::part).iterator();

        window.run(() -> input.hasNext() ? input.next() : null, context);

        assertThat(context.parts.stream().map(RollingGoldenTest::shown))
                .containsExactlyElementsOf(
                        PeerVectors.array(expected(given), "output").values());
    }

    @Test
    void kindsOfCase_coverEveryPolicyAndWindow() {
        Set<String> names = new TreeSet<>();
        CASES.forEach(each -> names.add(text(each, "name")));

        if (PeerVectors.areOthers()) {
            return;
        }
        assertThat(names)
                .contains("no_policy", "stash", "keep_last_1", "drop_old", "duration", "history_cap")
                .contains("one_turn", "stride_2", "max_concurrency", "each");
    }

    private static JsonValue shown(Part part) {
        return part.isEndOfTurn() && part.text().isEmpty()
                ? JsonObject.of("eot", JsonBoolean.TRUE)
                : JsonValue.of(part.text());
    }

    private static JsonObject expected(JsonObject given) {
        return (JsonObject) PeerVectors.field(given, "expected");
    }

    private static List<String> strings(JsonArray array) {
        return array.values().stream().map(each -> ((JsonString) each).value()).toList();
    }

    private static List<String> texts(PartStream stream) throws InterruptedException {
        List<String> texts = new ArrayList<>();
        for (Part part = stream.next(); part != null; part = stream.next()) {
            texts.add(part.text());
        }
        return texts;
    }

    /// All texts of a window as one part.
    private static final class Joined extends Processor {
        @Override
        protected void process(PartStream input, PartContext context) throws InterruptedException {
            context.emit(Part.text(String.join("|", texts(input))));
        }
    }

    /// Each text of a window as a part of its own.
    private static final class Each extends Processor {
        @Override
        protected void process(PartStream input, PartContext context) throws InterruptedException {
            for (Part part = input.next(); part != null; part = input.next()) {
                context.emit(Part.text(part.text()));
            }
        }
    }
}

package io.partflow.engine.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partflow.engine.content.Delivery;
import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonNull;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Origin;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.ParamType;
import io.partflow.engine.processor.Params;
import io.partflow.engine.processor.PartProcessor;
import io.partflow.engine.processor.PartSink;
import io.partflow.engine.processor.PartSource;
import io.partflow.engine.processor.PortType;
import io.partflow.engine.processor.Processor;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.processor.ProcessorDescriptor.Feed;
import io.partflow.engine.processor.ProcessorDescriptor.Kind;
import io.partflow.engine.processor.ProcessorEntry;
import io.partflow.engine.processor.StageBody;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What every processor that ships must keep to.
class BuiltinContractTest {
    private static final Path SAMPLES = Path.of("samples").toAbsolutePath();

    @TempDir
    Path folder;

    static Stream<ProcessorEntry> entries() {
        return BuiltinProcessors.catalog().descriptors().stream()
                .map(descriptor ->
                        BuiltinProcessors.catalog().find(descriptor.id()).orElseThrow());
    }

    /// The least parameters a node needs: values for those that are required.
    private JsonObject least(ProcessorDescriptor descriptor) {
        JsonObject params = JsonObject.EMPTY;
        for (ParamSpec spec : descriptor.params()) {
            if (spec.required()) {
                JsonValue value = switch (spec.type()) {
                    case LIST ->
                        JsonArray.of(JsonValue.of(SAMPLES.resolve("media/text").toString()));
                    case FILE ->
                        descriptor.kind() == Kind.SOURCE
                                ? JsonValue.of(SAMPLES.resolve("streams/hello-hits.parts.jsonl")
                                        .toString())
                                : JsonValue.of("out.jsonl");
                    default -> throw new AssertionError(descriptor.id() + " requires " + spec.name());
                };
                params = params.with(spec.name(), value);
            }
        }
        return params;
    }

    /// Another value that the parameter allows.
    private static JsonValue other(ParamSpec spec) {
        return switch (spec.type()) {
            case BOOL -> JsonValue.of(!spec.defaultValue().isTruthy());
            case INT, DURATION, BYTES -> JsonValue.of((long) otherNumber(spec));
            case REAL -> JsonValue.of(otherNumber(spec));
            // A text that is a pattern as well.
            case TEXT -> JsonValue.of("a*");
            case CHOICE ->
                JsonValue.of(spec.choices().stream()
                        .filter(choice -> !JsonValue.of(choice).equals(spec.defaultValue()))
                        .findFirst()
                        .orElseThrow());
            case FILE -> JsonValue.of("another.file");
            case LIST -> JsonArray.of(JsonValue.of("another"));
            case SECRET -> JsonObject.of("env", JsonValue.of("ANOTHER"));
        };
    }

    private static double otherNumber(ParamSpec spec) {
        double low = Objects.requireNonNull(spec.min(), spec.name() + " has no least value");
        double high = Objects.requireNonNull(spec.max(), spec.name() + " has no greatest value");
        return JsonValue.of((long) low).equals(spec.defaultValue())
                        || JsonValue.of(low).equals(spec.defaultValue())
                ? high
                : low;
    }

    private static Part sample(PortType type) throws IOException {
        return switch (type) {
            case TEXT, ANY -> Part.text(Files.readString(SAMPLES.resolve("media/text/alice-last-page.txt")), "user");
            case IMAGE -> Part.blob(Files.readAllBytes(SAMPLES.resolve("media/images/rocket.jpg")), "image/jpeg");
            case AUDIO -> Part.blob(Files.readAllBytes(SAMPLES.resolve("media/audio/q3.wav")), "audio/wav");
            case JSON -> Part.json("{}");
            case VIDEO -> throw new AssertionError("no sample film");
        };
    }

    private static Part input(ProcessorDescriptor descriptor) throws IOException {
        return descriptor.inputs().isEmpty()
                ? Part.text("unused")
                : sample(descriptor.inputs().get(0).mainType());
    }

    private StageBody build(ProcessorEntry entry) {
        return FakeContext.build(entry, least(entry.descriptor()), folder);
    }

    private static void feed(StageBody body, FakeContext context, Part... parts) throws Exception {
        switch (body) {
            case PartSource source -> source.run(context);
            case PartProcessor processor -> {
                for (Part part : parts) {
                    processor.apply(part, context);
                }
            }
            case Processor processor -> {
                Iterator<Part> iterator = List.of(parts).iterator();
                processor.run(() -> iterator.hasNext() ? iterator.next() : null, context);
            }
            case PartSink sink -> {
                for (Part part : parts) {
                    sink.take(new Delivery(part, Origin.ofNode("before")), context);
                }
                sink.end(context);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("entries")
    void descriptor_saysEverythingThatIsShown(ProcessorEntry entry) {
        ProcessorDescriptor descriptor = entry.descriptor();

        assertThat(descriptor.summary()).endsWith(".").hasSizeBetween(20, 120);
        assertThat(descriptor.example()).endsWith(".").hasSizeGreaterThan(20);
        assertThat(descriptor.synonyms()).isNotEmpty();
        assertThat(descriptor.icon()).matches("[a-z0-9-]+").isNotEqualTo("box");
        assertThat(descriptor.inputs().isEmpty())
                .isEqualTo(descriptor.kind() == Kind.SOURCE || descriptor.feed() == Feed.RESERVED);
        assertThat(descriptor.outputs().isEmpty()).isEqualTo(descriptor.kind() == Kind.SINK);
        for (ParamSpec spec : descriptor.params()) {
            assertThat(spec.description()).as(spec.name()).endsWith(".");
            assertThat(spec.name()).matches("[a-z][A-Za-z0-9]*");
            if (Set.of(ParamType.INT, ParamType.REAL, ParamType.DURATION, ParamType.BYTES)
                    .contains(spec.type())) {
                assertThat(spec.min()).as(spec.name()).isNotNull();
                assertThat(spec.max()).as(spec.name()).isNotNull();
                assertThat(spec.step()).as(spec.name()).isNotNull();
            }
            if (!spec.required()) {
                assertThat(spec.complaint(spec.defaultValue())).as(spec.name()).isEmpty();
            }
            assertThat(spec.complaint(other(spec))).as(spec.name()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("entries")
    void params_surviveTheirJsonForm(ProcessorEntry entry) {
        Params params = Params.of(entry.descriptor(), least(entry.descriptor()));

        assertThat(Params.of(
                        entry.descriptor(), JsonObject.parse(params.values().toJson())))
                .isEqualTo(params);
    }

    @ParameterizedTest
    @MethodSource("entries")
    void namespace_differsExactlyWhenAKeyParameterDoes(ProcessorEntry entry) {
        JsonObject least = least(entry.descriptor());
        JsonObject before = Params.of(entry.descriptor(), least).keyValues();

        for (ParamSpec spec : entry.descriptor().params()) {
            JsonObject after = Params.of(entry.descriptor(), least.with(spec.name(), other(spec)))
                    .keyValues();

            assertThat(after.equals(before)).as(spec.name()).isEqualTo(!spec.inKey());
        }
    }

    @ParameterizedTest
    @MethodSource("entries")
    void everyAllowedParameter_buildsAnInstanceThatWorks(ProcessorEntry entry) throws Exception {
        Part part = input(entry.descriptor());
        for (ParamSpec spec : entry.descriptor().params()) {
            JsonObject params = least(entry.descriptor());
            boolean namesSomethingThere = spec.type() == ParamType.FILE || spec.type() == ParamType.LIST;
            if (!namesSomethingThere) {
                params = params.with(spec.name(), other(spec));
            }
            if (!entry.check().complaints(Params.of(entry.descriptor(), params)).isEmpty()) {
                continue;
            }
            FakeContext context = new FakeContext();
            try (StageBody body = FakeContext.build(entry, params, folder)) {
                feed(body, context, part);
            }
            assertThat(context.failures).as(spec.name()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("entries")
    void defaults_workAndGiveWhatThePortsPromise(ProcessorEntry entry) throws Exception {
        FakeContext context = new FakeContext();
        try (StageBody body = build(entry)) {
            feed(body, context, input(entry.descriptor()));
        }

        assertThat(context.failures).isEmpty();
        if (!entry.descriptor().outputs().isEmpty() && !entry.descriptor().id().equals("source.text")) {
            assertThat(context.parts).isNotEmpty();
            assertThat(context.parts)
                    .allMatch(part -> PortType.anyAdmits(
                            entry.descriptor().outputs().get(0).types(), part));
        }
    }

    @ParameterizedTest
    @MethodSource("entries")
    void deterministicProcessor_repeatsItself(ProcessorEntry entry) throws Exception {
        if (!entry.descriptor().deterministic()) {
            return;
        }
        Part part = input(entry.descriptor());
        FakeContext one = new FakeContext();
        FakeContext two = new FakeContext();
        try (StageBody body = build(entry)) {
            feed(body, one, part);
        }
        try (StageBody body = build(entry)) {
            feed(body, two, part);
        }

        assertThat(two.parts).isEqualTo(one.parts);
        assertThat(two.slept).isEqualTo(one.slept);
    }

    @ParameterizedTest
    @MethodSource("entries")
    void roleSubstreamAndOrder_areKept(ProcessorEntry entry) throws Exception {
        if (entry.descriptor().kind() != Kind.PART) {
            return;
        }
        Part part = input(entry.descriptor()).withSubstream("side");
        FakeContext context = new FakeContext();
        feed(build(entry), context, part);

        assertThat(context.parts).isNotEmpty().allMatch(out -> out.substream().equals("side"));
    }

    @ParameterizedTest
    @MethodSource("entries")
    void partOfAnotherKind_passesUnchanged(ProcessorEntry entry) throws Exception {
        if (entry.descriptor().kind() != Kind.PART) {
            return;
        }
        Part other = Part.exception("it failed").withSubstream("x");
        FakeContext context = new FakeContext();
        feed(build(entry), context, other);

        assertThat(context.parts).containsExactly(other);
    }

    @ParameterizedTest
    @MethodSource("entries")
    void interrupt_endsWithinASecond(ProcessorEntry entry) throws Exception {
        if (entry.descriptor().kind() == Kind.SINK) {
            return;
        }
        Part part = input(entry.descriptor());
        JsonObject least = least(entry.descriptor());
        JsonObject params =
                entry.descriptor().id().equals("source.text") ? least.with("text", JsonValue.of("words")) : least;
        StageBody body = FakeContext.build(entry, params, folder);

        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(1), () -> {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> feed(body, new FakeContext(), part)).isInstanceOf(InterruptedException.class);
        });
        body.close();
    }

    @Test
    void catalog_hasTheIdsThatDocumentsUse() {
        assertThat(BuiltinProcessors.catalog().descriptors().stream().map(ProcessorDescriptor::id))
                .contains(
                        "source.files",
                        "source.text",
                        "source.recording",
                        "text.split",
                        "text.summary",
                        "image.facts",
                        "audio.facts",
                        "audio.segments",
                        "prompt.rolling",
                        "model.simulated",
                        "sink.viewer",
                        "sink.jsonl");
    }

    @Test
    void onlyTheSimulatedModel_isSimulated() {
        assertThat(BuiltinProcessors.catalog().descriptors().stream()
                        .filter(ProcessorDescriptor::simulated)
                        .map(ProcessorDescriptor::id))
                .containsExactly("model.simulated");
    }

    @Test
    void onlyWhatDependsOnTimeOrArrival_isNotDeterministic() {
        assertThat(BuiltinProcessors.catalog().descriptors().stream()
                        .filter(descriptor -> !descriptor.deterministic())
                        .map(ProcessorDescriptor::id))
                .containsExactly(
                        "flow.merge",
                        "flow.merge-first",
                        "image.timestamps",
                        "audio.pace",
                        "flow.stream-switch",
                        "flow.source",
                        "image.events");
    }

    @ParameterizedTest
    @MethodSource("entries")
    void defaults_passTheCheckOfTheProcessorItself(ProcessorEntry entry) {
        assertThat(entry.check().complaints(Params.of(entry.descriptor(), least(entry.descriptor()))))
                .isEmpty();
    }

    @Test
    void requiredParameters_haveNoDefault() {
        entries()
                .flatMap(entry -> entry.descriptor().params().stream())
                .filter(ParamSpec::required)
                .forEach(spec -> assertThat(spec.defaultValue() instanceof JsonNull
                                || spec.defaultValue().equals(JsonArray.EMPTY))
                        .as(spec.name())
                        .isTrue());
    }
}

package io.partflow.engine.processor.combine;

import static io.partflow.engine.content.PeerVectors.array;
import static io.partflow.engine.content.PeerVectors.number;
import static io.partflow.engine.content.PeerVectors.text;
import static io.partflow.engine.content.PeerVectors.textOr;
import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonString;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.PeerVectors;
import io.partflow.engine.content.Substream;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.processor.ProcessorDescriptor.Work;
import io.partflow.engine.stream.StreamClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every case of `map.json`: trees of processors, what they were given and what genai-processors gave.
class CombineGoldenTest {
    private static final List<JsonObject> CASES = PeerVectors.objects(PeerVectors.read("map.json"), "cases");

    /// Where nodes differ on purpose: genai-processors ends all at the first error, a node counts the bad part and
    /// goes on, as in every pipeline here.
    private static final Set<String> COUNTED = Set.of("p-map-040", "p-map-041", "p-map-042", "p-map-079", "p-map-080");

    /// Where all differ: plain functions of the peer know no reserved substreams, whose parts leave in any order here.
    private static final Set<String> RESERVED_ASIDE = Set.of("p-map-043");

    static List<JsonObject> cases() {
        return CASES;
    }

    @Test
    void cases_ofTheFile_areThere() {
        assertThat(CASES).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void pipeline_ofPeerTree_givesWhatThePeerGave(JsonObject given) throws Exception {
        PeerTree trees = new PeerTree(Bounds.DEFAULT, PartParallel.Work.SIDE_BY_SIDE);
        WaitingClock clock = new WaitingClock();

        check(given, OneStage.inPipeline(trees.processor(given), input(given), clock));

        if (given.has("max_wall_ms")) {
            long needed = clock.sleptMillis() / number(given, "max_wall_ms");
            assertThat(clock.mostAtOnce())
                    .as("sleepers at once in %s", text(given, "id"))
                    .isGreaterThanOrEqualTo((int) needed);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void nodesSideBySide_ofPeerTree_giveWhatThePeerGave(JsonObject given) throws Exception {
        PeerTree trees = new PeerTree(Bounds.DEFAULT, PartParallel.Work.SIDE_BY_SIDE);
        WaitingClock clock = new WaitingClock();

        checkNodes(given, OneStage.inPipeline(trees.stages(given), Work.BLOCKING, input(given), clock));

        if (given.has("max_wall_ms")) {
            long needed = clock.sleptMillis() / number(given, "max_wall_ms");
            assertThat(clock.mostAtOnce())
                    .as("sleepers at once in %s", text(given, "id"))
                    .isGreaterThanOrEqualTo((int) needed);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void fusedNodes_ofPeerTree_giveWhatThePeerGave(JsonObject given) throws Exception {
        PeerTree trees = new PeerTree(Bounds.DEFAULT, PartParallel.Work.INLINE);

        checkNodes(given, OneStage.inPipeline(trees.stages(given), Work.INLINE, input(given), new WaitingClock()));
    }

    /// What nodes give: as [#check], but a part that a node cannot work on does not end the run.
    private static void checkNodes(JsonObject given, OneStage.Outcome outcome) {
        JsonObject expected = (JsonObject) PeerVectors.field(given, "expected");
        if (!expected.has("error")) {
            assertThat(outcome.bad()).isEmpty();
            check(given, outcome);
            return;
        }
        assertThat(PeerVectors.areOthers() || COUNTED.contains(text(given, "id")))
                .as(text(given, "id"))
                .isTrue();
        assertThat(outcome.failure()).as(text(given, "id")).isEmpty();
        assertThat(outcome.bad())
                .as(text(given, "id"))
                .extracting(Failure::message)
                .anySatisfy(message -> assertThat(message).contains(text(expected, "message")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void processor_aloneWithTheTightestBounds_givesWhatThePeerGave(JsonObject given) throws Exception {
        for (Bounds bounds : List.of(new Bounds(1, 1, 1 << 20), new Bounds(1, 2, 1 << 20))) {
            PeerTree trees = new PeerTree(bounds, PartParallel.Work.INLINE);
            check(given, OneStage.alone(trees.processor(given), input(given), new WaitingClock()));
        }
    }

    private static void check(JsonObject given, OneStage.Outcome outcome) {
        String id = text(given, "id") + " " + text(given, "kind");
        JsonObject expected = (JsonObject) PeerVectors.field(given, "expected");
        if (expected.has("error")) {
            assertThat(outcome.failure())
                    .as(id)
                    .extracting(Failure::message)
                    .containsExactly(text(expected, "message"));
            assertThat(outcome.failure().getFirst().code().replace("_", ""))
                    .isEqualTo(text(expected, "error").toUpperCase(Locale.ROOT));
            return;
        }
        assertThat(outcome.failure()).as(id).isEmpty();
        List<Line> ordered = lines(array(expected, "output"));
        List<Line> reserved = new ArrayList<>(
                expected.has("reserved_any_order") ? lines(array(expected, "reserved_any_order")) : List.of());
        if (RESERVED_ASIDE.contains(text(given, "id")) || PeerVectors.areOthers()) {
            ordered.stream().filter(Line::isReserved).forEach(reserved::add);
        }
        assertThat(outcome.parts())
                .as(id)
                .map(Line::of)
                .containsExactlyElementsOf(
                        ordered.stream().filter(line -> !line.isReserved()).toList());
        assertThat(outcome.reserved()).as(id).map(Line::of).containsExactlyInAnyOrderElementsOf(reserved);
    }

    private record Line(String text, String substream) {
        static Line of(Part part) {
            return new Line(part.text(), part.substream());
        }

        boolean isReserved() {
            return Substream.Reserved.USUAL.holds(substream);
        }
    }

    private static List<Line> lines(JsonArray array) {
        return array.values().stream()
                .map(CombineGoldenTest::part)
                .map(Line::of)
                .toList();
    }

    private static List<Part> input(JsonObject given) {
        return array(given, "input").values().stream()
                .map(CombineGoldenTest::part)
                .toList();
    }

    private static Part part(JsonValue value) {
        return switch (value) {
            case JsonString text -> Part.text(text.value());
            case JsonObject object ->
                Part.text(text(object, "text"), textOr(object, "role", ""))
                        .withSubstream(textOr(object, "substream_name", ""));
            default -> throw new IllegalArgumentException(value.toJson());
        };
    }

    /// The computer's clock, which counts who waits on it.
    private static final class WaitingClock implements StreamClock {
        private final AtomicInteger waiting = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();
        private final AtomicLong sleptNanos = new AtomicLong();

        @Override
        public long nanos() {
            return StreamClock.system().nanos();
        }

        @Override
        public Instant instant() {
            return StreamClock.system().instant();
        }

        @Override
        public void sleep(long nanos) throws InterruptedException {
            sleptNanos.addAndGet(nanos);
            most.accumulateAndGet(waiting.incrementAndGet(), Math::max);
            try {
                StreamClock.system().sleep(nanos);
            } finally {
                waiting.decrementAndGet();
            }
        }

        int mostAtOnce() {
            return most.get();
        }

        long sleptMillis() {
            return sleptNanos.get() / 1_000_000;
        }
    }
}

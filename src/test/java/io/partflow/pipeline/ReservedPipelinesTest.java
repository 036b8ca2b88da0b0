package io.partflow.pipeline;

import static io.partflow.pipeline.CatalogRun.lines;
import static io.partflow.pipeline.CatalogRun.node;
import static io.partflow.pipeline.CatalogRun.sink;
import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.builtin.BuiltinProcessors;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.Substream;
import io.partflow.engine.content.WireForm;
import io.partflow.engine.run.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Which substreams a pipeline reserves, and the wires by which their parts reach a sink.
@Timeout(120)
class ReservedPipelinesTest {
    private static final PipelineDocument DOCUMENT = new PipelineDocument(BuiltinProcessors.catalog());

    @TempDir
    Path folder;

    /// A source of parts on these substreams, each part's text being the name.
    private String recorded(String id, List<String> substreams) throws IOException {
        StringBuilder text = new StringBuilder("{\"format\":\"partflow-recording\",\"version\":1,"
                + "\"created\":\"2026-11-22T07:00:00.000Z\",\"partflow\":\"0.1.0\",\"pipeline\":\"x\","
                + "\"level\":\"inputs\",\"media\":\"x.media\",\"clock\":\"ms-since-run-start\"}\n");
        for (int i = 0; i < substreams.size(); i++) {
            Part part = Part.text(substreams.get(i)).withSubstream(substreams.get(i));
            text.append("{\"at_ms\":0,\"seq\":%d,\"node\":\"%s\",\"port\":\"out\",\"part\":%s}\n"
                    .formatted(i, id, WireForm.toJson(part)));
        }
        text.append("{\"at_ms\":1,\"end\":{\"status\":\"completed\",\"parts\":%d}}\n".formatted(substreams.size()));
        Path file = folder.resolve(id + ".parts.jsonl");
        Files.writeString(file, text.toString());
        return node(id, "source.recording", "\"file\": \"" + file + "\"");
    }

    private static PipelineDocument.Reading reserving(PipelineDocument.Reading reading, String... names) {
        PipelineGraph graph = reading.graph();
        return new PipelineDocument.Reading(
                graph.withSettings(graph.settings().withReserved(new Substream.Reserved(List.of(names)))),
                reading.access(),
                reading.problems());
    }

    @Test
    void namesOfTheDocument_decideWhatBypasses() throws Exception {
        PipelineDocument.Reading reading = CatalogRun.document(
                String.join(
                        ",",
                        recorded("ask", List.of("", "debug", "alerts", "alerts-2", "ui")),
                        node("limit", "flow.limit", "\"take\": 100"),
                        sink("show")),
                "ask.out -> limit.in, limit.out -> show.in");

        assertThat(CatalogRun.of(reading).texts("show")).containsExactly("", "alerts", "alerts-2");
        assertThat(CatalogRun.of(reserving(reading, "alerts")).texts("show")).containsExactly("", "debug", "ui");
        assertThat(CatalogRun.of(reserving(reading)).texts("show")).hasSize(5);
    }

    @Test
    void namesOfTheDocument_areWrittenUnlessTheyAreTheUsualOnes() {
        String text = """
            {"format": "partflow-pipeline", "version": 1, "settings": {"reservedSubstreams": ["alerts", "debug"], "x": 1}}\
            """;
        PipelineGraph graph = DOCUMENT.parse(text).graph();

        assertThat(graph.settings().reserved().names()).containsExactly("alerts", "debug");
        assertThat(DOCUMENT.write(graph)).contains("\"reservedSubstreams\"").contains("\"x\": 1");
        assertThat(DOCUMENT.parse(DOCUMENT.write(graph)).graph()).isEqualTo(graph);
        assertThat(DOCUMENT.write(graph.withSettings(PipelineSettings.DEFAULT))).doesNotContain("reservedSubstreams");
    }

    @Test
    void namesThatAreNone_areAProblem() {
        for (String wrong : List.of("\"debug\"", "[\"\"]", "[7]")) {
            PipelineDocument.Reading reading =
                    DOCUMENT.parse("{\"format\": \"partflow-pipeline\", \"version\": 1, \"settings\":"
                            + " {\"reservedSubstreams\": " + wrong + "}}");

            assertThat(reading.problems())
                    .extracting(Problem::message)
                    .anySatisfy(message -> assertThat(message).contains("reservedSubstreams"));
            assertThat(reading.graph().settings().reserved()).isEqualTo(Substream.Reserved.USUAL);
        }
    }

    @Test
    void reservedParts_reachASinkByAWire_asOrdinaryOnesThatTellWhereTheyWere() throws Exception {
        CatalogRun run = CatalogRun.of(
                String.join(
                        ",",
                        recorded("ask", List.of("", "debug", "status", "debug-2")),
                        sink("show"),
                        node("aside", "flow.reserved", "\"substreams\": [\"debug\"]"),
                        sink("log")),
                "ask.out -> show.in, aside.out -> log.in");

        assertThat(run.texts("show")).containsExactly("");
        assertThat(run.texts("log")).containsExactly("debug", "debug-2");
        Part first = run.accepted().get("log").getFirst();
        assertThat(first.substream()).isEmpty();
        assertThat(first.metadata("reserved_substream")).isEqualTo(JsonValue.of("debug"));
        assertThat(first.metadata("reserved_node")).isEqualTo(JsonValue.of("ask"));
        assertThat(run.end().memory().inFlightBytes()).isZero();
    }

    @Test
    void failures_reachASinkByAWire_withTheNodeTheyHappenedAt() throws Exception {
        byte[] broken = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 1, 2, 3};
        Files.write(folder.resolve("a.png"), broken);
        Files.write(folder.resolve("b.png"), broken);
        CatalogRun run = CatalogRun.of(
                String.join(
                        ",",
                        node("ask", "source.files", "\"paths\": [\"" + folder + "\"]"),
                        node("look", "image.facts", ""),
                        sink("show"),
                        node("aside", "flow.reserved", "\"nodes\": [\"look\"]"),
                        sink("log")),
                "ask.out -> look.in, look.out -> show.in, aside.out -> log.in");

        assertThat(run.end().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(run.accepted().get("log")).hasSize(2).allSatisfy(part -> {
            assertThat(part.isException()).isTrue();
            assertThat(part.metadata("reserved_node")).isEqualTo(JsonValue.of("look"));
        });
    }

    @Test
    void reservedParts_joinTheirOwnStreamInOrder_withoutDeadlock() throws Exception {
        List<String> names = IntStream.range(0, 5_000)
                .mapToObj(i -> i % 2 == 0 ? "a" + i : "debug" + i)
                .toList();
        PipelineDocument.Reading reading = CatalogRun.document(
                String.join(
                        ",",
                        recorded("ask", names),
                        node("aside", "flow.reserved", ""),
                        node("join", "flow.concat", ""),
                        sink("show")),
                "ask.out -> join.first, aside.out -> join.second, join.out -> show.in");

        List<String> shown = CatalogRun.of(reading).texts("show");

        assertThat(shown).hasSize(5_000);
        assertThat(shown.subList(0, 2_500)).allSatisfy(name -> assertThat(name).startsWith("a"));
        assertThat(shown.subList(2_500, 5_000))
                .allSatisfy(name -> assertThat(name).startsWith("debug"));
    }

    @Test
    void twoNodesForReservedParts_bothGetThem_andNeitherWaitsForTheOther() throws Exception {
        CatalogRun run = CatalogRun.of(
                String.join(
                        ",",
                        recorded("ask", List.of("debug", "status")),
                        node("one", "flow.reserved", ""),
                        node("two", "flow.reserved", ""),
                        node("turns", "flow.turns", "\"after\": \"end\""),
                        sink("a"),
                        sink("b"),
                        sink("show")),
                "ask.out -> show.in, one.out -> a.in, two.out -> turns.in, turns.out -> b.in");

        assertThat(run.texts("a")).containsExactly("debug", "status");
        assertThat(run.texts("b")).hasSize(3);
    }

    @Test
    void aSinkThatStopsReading_doesNotHoldUpTheOthers() throws Exception {
        List<String> names = Collections.nCopies(3_000, "debug");
        CatalogRun run = CatalogRun.of(
                String.join(
                        ",",
                        recorded("ask", names),
                        lines("more", "a"),
                        sink("show"),
                        node("aside", "flow.reserved", ""),
                        node("limit", "flow.limit", "\"take\": 2"),
                        sink("log")),
                "ask.out -> show.in, more.out -> show.in, aside.out -> limit.in, limit.out -> log.in");

        assertThat(run.end().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(run.texts("log")).hasSize(2);
    }
}

package io.partflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.KeyFunction;
import io.partflow.engine.cache.Outcome;
import io.partflow.engine.content.ContentHash;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.PeerVectors;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.trace.RecordedAnswer;
import io.partflow.engine.trace.RecordingHeader;
import io.partflow.engine.trace.RecordingLevel;
import io.partflow.engine.trace.RecordingWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurveCommandTest {
    @TempDir
    private Path folder = Path.of("");

    private Path trace(String name) throws IOException {
        Path file = folder.resolve(name);
        try (InputStream in = CurveCommandTest.class.getResourceAsStream("/traces/" + name)) {
            assertThat(in).isNotNull();
            Files.copy(in, file);
        }
        return file;
    }

    private static String[] column(String out, int column) {
        return out.lines().skip(2).map(line -> line.strip().split(" +")[column]).toArray(String[]::new);
    }

    @Test
    void lru_ofMulti1_isThePublishedFigures() throws IOException {
        Invocation.Result result = Invocation.partflow(
                "curve", trace("multi1.trace.gz").toString(), "--sizes", "100,200,400,600,800,1000,1500");

        assertThat(result.err()).isEmpty();
        assertThat(result.status()).isZero();
        assertThat(result.out()).contains("15,858 accesses, 2,606 keys");
        assertThat(column(result.out(), 1))
                .containsExactly("0.18167", "0.40724", "0.45769", "0.47043", "0.47768", "0.48228", "0.48556");
    }

    @Test
    void lru_ofTheLoop_isNothingUntilItFits() throws IOException {
        Path loop = trace("loop.trace.gz");
        Invocation.Result result = Invocation.partflow("curve", loop.toString(), "--sizes", "100,400,1000,1500");

        assertThat(result.out()).contains("505,500 accesses, 1,011 keys");
        assertThat(column(result.out(), 1)).containsExactly("0.00000", "0.00000", "0.00000", "0.99800");
    }

    @Test
    void policies_thatKnowFrequencies_getSomethingFromTheLoop() throws IOException {
        Path loop = trace("loop.trace.gz");
        Invocation.Result result = Invocation.partflow(
                "curve", loop.toString(), "--sizes", "500", "--policy", "lru", "--policy", "tinylfu,optimal");

        assertThat(result.out()).contains("lru").contains("tinylfu").contains("optimal");
        assertThat(Double.parseDouble(column(result.out(), 1)[0])).isZero();
        double tinyLfu = Double.parseDouble(column(result.out(), 2)[0]);
        double optimal = Double.parseDouble(column(result.out(), 3)[0]);
        assertThat(tinyLfu).isGreaterThan(0.3);
        assertThat(optimal).isGreaterThanOrEqualTo(tinyLfu).isLessThan(0.5);
    }

    @Test
    void json_ofAKeysFile_holdsThePoints() throws IOException {
        Path keys = Files.writeString(folder.resolve("keys.txt"), "a\n*\nb\na\n\na\n");
        Invocation.Result result = Invocation.partflow("curve", keys.toString(), "--json", "--sizes", "1,2");

        JsonObject json = JsonObject.parse(result.out());
        assertThat(json.toString()).contains("partflow-curve");
        assertThat(result.out().replaceAll("\\s", ""))
                .contains("\"accesses\":4,\"keys\":2")
                .contains("{\"size\":1,\"hitRatio\":0.25,\"error\":0.0},{\"size\":2,\"hitRatio\":0.5,\"error\":0.0}");
    }

    @Test
    void recording_withRequests_givesACurvePerNodeInBytesAndWithTimesToLive() throws IOException {
        Path file = folder.resolve("a.parts.jsonl");
        try (RecordingWriter writer = RecordingWriter.create(
                file, RecordingHeader.of(Instant.EPOCH, "1", "p", RecordingLevel.EVENTS, List.of("ask")))) {
            for (int i = 0; i < 6; i++) {
                writer.request(i * 1_000_000_000L, "one", "k" + i % 2, Outcome.MISS, 1_000L, 5L, null);
                writer.request(i * 1_000_000_000L, "two", "k", Outcome.HIT, 10L, 5L, null);
            }
            writer.end(6_000_000_000L, "completed");
        }
        Invocation.Result bytes = Invocation.partflow("curve", file.toString(), "--sizes", "1500B,2KB");
        assertThat(bytes.out()).contains(", one: 6 accesses, 2 keys").contains(", two: 6 accesses, 1 keys");
        assertThat(bytes.out().lines().filter(line -> line.contains("0.66667")).count())
                .isEqualTo(1);

        Invocation.Result timed =
                Invocation.partflow("curve", file.toString(), "--ttl", "0,2500ms,1s", "--sizes", "10");
        assertThat(timed.out().replaceAll(" +", " "))
                .contains("0.66667 0.33333 0.00000")
                .contains("0.83333 0.66667 0.00000");
    }

    /// a, b, a, b were asked; at full speed the second a and b join the computations of the first and end with them.
    @Test
    void recording_ofRequestsThatEndedInAnotherOrder_isTakenInTheOrderTheyWereAskedIn() throws IOException {
        Path file = folder.resolve("fast.parts.jsonl");
        RecordedAnswer answer = RecordedAnswer.of(10L, 5L);
        try (RecordingWriter writer = RecordingWriter.create(
                file, RecordingHeader.of(Instant.EPOCH, "0.1.0", "p", RecordingLevel.EVENTS, List.of("ask")))) {
            writer.request(8_000_000L, 1_000L, "one", "a", Outcome.MISS, answer, null);
            writer.request(8_000_000L, 3_000L, "one", "a", Outcome.COALESCED, answer, null);
            writer.request(9_000_000L, 2_000L, "one", "b", Outcome.MISS, answer, null);
            writer.request(9_000_000L, 4_000L, "one", "b", Outcome.COALESCED, answer, null);
            writer.end(9_000_000L, "completed");
        }

        Invocation.Result result = Invocation.partflow("curve", file.toString(), "--sizes", "1,2");
        assertThat(result.out()).contains("1  0.00000").contains("2  0.50000");
    }

    @Test
    void bytes_withoutSizes_drawsEveryPolicyOverTheSizesThatMatter() throws IOException {
        Path file = folder.resolve("sized.parts.jsonl");
        try (RecordingWriter writer = RecordingWriter.create(
                file, RecordingHeader.of(Instant.EPOCH, "1", "p", RecordingLevel.EVENTS, List.of("ask")))) {
            for (int i = 0; i < 40; i++) {
                writer.request(i * 1_000_000L, "answer", "k" + i % 10, Outcome.MISS, 100L, 1L, null);
            }
            writer.end(40_000_000L, "completed");
        }
        Invocation.Result result =
                Invocation.partflow("curve", file.toString(), "--bytes", "--policy", "lru,tinylfu,fifo");
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out()).contains("100 B  0.00000  ").contains("1000 B  0.75000  0.75000  0.75000");
        assertThat(Invocation.partflow("curve", file.toString(), "--bytes", "--policy", "optimal")
                        .status())
                .isEqualTo(2);
    }

    @Test
    void recording_withoutRequests_givesTheKeysOfItsParts() throws IOException {
        Path file = folder.resolve("a.parts.jsonl");
        try (RecordingWriter writer = RecordingWriter.create(
                file, RecordingHeader.of(Instant.EPOCH, "1", "p", RecordingLevel.INPUTS, List.of("ask")))) {
            for (String text : List.of("x", "y", "x", "x")) {
                writer.source(1, "ask", "out", Part.text(text));
            }
            writer.end(2, "completed");
        }
        Invocation.Result result = Invocation.partflow("curve", file.toString(), "--sizes", "1,2");
        assertThat(result.out()).contains(", ask: 4 accesses, 2 keys");
        assertThat(column(result.out(), 1)).containsExactly("0.25000", "0.50000");
    }

    @Test
    void recording_ofAPipelineWithItsOwnReservedSubstreams_leavesThoseOut() throws IOException {
        Path stream = folder.resolve("ask.parts.jsonl");
        try (RecordingWriter writer = RecordingWriter.create(
                stream, RecordingHeader.of(Instant.EPOCH, "1", "p", RecordingLevel.INPUTS, List.of("ask")))) {
            for (String text : List.of("x", "y", "x")) {
                writer.source(1, "ask", "out", Part.text(text).withSubstream("status"));
                writer.source(1, "ask", "out", Part.text("aside").withSubstream("side"));
            }
            writer.end(2, "completed");
        }
        Path pipeline = Files.writeString(folder.resolve("p.partflow.json"), """
            {"format":"partflow-pipeline","version":1,"settings":{"reservedSubstreams":["side"]},"nodes":[
             {"id":"ask","processor":"source.recording","processorVersion":1,"params":{"file":"ask.parts.jsonl"}},
             {"id":"show","processor":"sink.viewer","processorVersion":1,"params":{}}],
             "wires":[{"from":"ask.out","to":"show.in"}]}\
            """);
        Path recorded = folder.resolve("again.parts.jsonl");
        assertThat(Invocation.partflow("run", pipeline.toString(), "--record", recorded.toString())
                        .status())
                .isZero();

        Invocation.Result result = Invocation.partflow("curve", recorded.toString(), "--advice", "--json");
        assertThat(result.out()).contains("\"accesses\": 3", "\"keys\": 2", "\"requests\": 3");
    }

    @Test
    void advice_onARecordedRun_tellsWhatFieldsTimesAndPricesMean() throws IOException {
        Path stream = folder.resolve("ask.parts.jsonl");
        try (RecordingWriter writer = RecordingWriter.create(
                stream, RecordingHeader.of(Instant.EPOCH, "1", "p", RecordingLevel.INPUTS, List.of("ask")))) {
            for (int i = 0; i < 400; i++) {
                Part part = Part.text("question " + i % 20).withMetadata("prober", JsonValue.of(i / 2));
                writer.source(i * 1_000_000L, "ask", "out", part);
            }
            writer.end(400_000_000L, "completed");
        }
        Path pipeline = Files.writeString(folder.resolve("p.partflow.json"), """
            {"format":"partflow-pipeline","version":1,"nodes":[
             {"id":"ask","processor":"source.recording","processorVersion":1,"params":{"file":"ask.parts.jsonl"}},
             {"id":"answer","processor":"model.simulated","processorVersion":1,
              "params":{"latencyMinMs":0,"latencyMaxMs":0,"priceInUsd":0.0,"priceOutUsd":0.0},"cache":{}},
             {"id":"show","processor":"sink.viewer","processorVersion":1,"params":{}}],
             "wires":[{"from":"ask.out","to":"answer.in"},{"from":"answer.out","to":"show.in"}]}\
            """);
        Path recorded = folder.resolve("run.parts.jsonl");
        Invocation.Result run = Invocation.partflow(
                "run",
                pipeline.toString(),
                "--record",
                recorded.toString(),
                "--record-level",
                "events",
                "--report",
                "json");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("\"ablation\"", "\"lifetimes\"", "\"regrets\"");

        Path prices = Files.writeString(
                folder.resolve("prices.json"),
                "{\"format\":\"partflow-prices\",\"version\":1,"
                        + "\"processors\":{\"model.simulated\":{\"inUsdPerMillion\":1000,\"outUsdPerMillion\":0}}}");
        Invocation.Result text = Invocation.partflow(
                "curve", recorded.toString(), "--advice", "--prices", prices.toString(), "--sizes", "1000");
        assertThat(text.err()).isEmpty();
        assertThat(text.out())
                .contains("answer: what its 400 requests say")
                .contains("without prober", "0.0 % -> 95.0 %", "400 keys merged, outputs differ for 0")
                .contains("Leave the metadata entry prober out of the key.");
        JsonObject json = JsonObject.parse(Invocation.partflow("curve", recorded.toString(), "--advice", "--json")
                .out());
        assertThat(json.toString()).contains("\"insight\"", "\"without\"", "\"ignoreMetadata\"", "\"netMs\"");
    }

    @Test
    void errorBudget_isWhatAdviceKeepsTo_andRefusedWhereItIsNoShare() throws IOException {
        Path file = folder.resolve("b.parts.jsonl");
        // 200 questions in two ways of writing them; the answer to one of twenty depends on which.
        try (RecordingWriter writer = RecordingWriter.create(
                file, RecordingHeader.of(Instant.EPOCH, "1", "p", RecordingLevel.EVENTS, List.of("ask")))) {
            for (int i = 0; i < 400; i++) {
                Part part = Part.text(i < 200 ? "question " + i : "Question " + (i - 200));
                CacheKey key = KeyFunction.DEFAULT.key("", List.of(part));
                boolean own = i >= 200 && i % 20 == 0;
                String answer =
                        ContentHash.ofText((own ? "own " : "") + i % 200).toString();
                writer.source(i * 1_000_000L, "ask", "out", part);
                writer.request(
                        i * 1_000_000L,
                        i * 1_000_000L,
                        "answer",
                        String.valueOf(key),
                        Outcome.MISS,
                        new RecordedAnswer(10L, 1_000_000L, null, answer, Usage.NONE),
                        null);
            }
            writer.end(400_000_000L, "completed");
        }
        assertThat(Invocation.partflow("curve", file.toString(), "--advice").out())
                .contains("texts made alike: case")
                .doesNotContain("Make texts alike in the key");
        for (String budget : List.of("5%", "0.05")) {
            assertThat(Invocation.partflow("curve", file.toString(), "--advice", "--error-budget", budget)
                            .out())
                    .contains("Make texts alike in the key: case.", "wrong answers allowed: 5.0 %");
        }
        for (String wrong : List.of("150%", "much", "-1", "")) {
            Invocation.Result refused =
                    Invocation.partflow("curve", file.toString(), "--advice", "--error-budget=" + wrong);
            assertThat(refused.status()).isEqualTo(2);
            assertThat(refused.err()).contains("0.5%");
        }
    }

    @Test
    void advice_onARecordingOfInputs_simulatesTheDefaultCache() throws IOException {
        Path file = folder.resolve("a.parts.jsonl");
        try (RecordingWriter writer = RecordingWriter.create(
                file, RecordingHeader.of(Instant.EPOCH, "1", "p", RecordingLevel.INPUTS, List.of("ask")))) {
            for (int i = 0; i < 100; i++) {
                writer.source(i, "ask", "out", Part.text("t" + i % 4).withMetadata("at", JsonValue.of(i)));
            }
            writer.end(200, "completed");
        }
        Invocation.Result result = Invocation.partflow("curve", file.toString(), "--advice", "--sizes", "10");
        assertThat(result.out())
                .contains("without at", "0.0 % -> 96.0 %", "unknown for 100")
                .doesNotContain("Leave the metadata entry");
    }

    @Test
    void traceFile_ofGenaiProcessors_givesACurveOfEachProcessorsCalls() throws IOException {
        Path file = Files.write(
                folder.resolve("trace.json"), PeerVectors.bytes("interop/trace_nested_Xc7eaNFirsvw6qGj5TQr5s.json"));
        Invocation.Result result = Invocation.partflow("curve", file.toString(), "--advice");
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out()).contains(", shout: 1 accesses", ", Preamble: 1 accesses");
        assertThat(result.err()).contains("every call counts as a request");
    }

    @Test
    void prices_thatAreNone_areRefused() throws IOException {
        Path prices = Files.writeString(folder.resolve("prices.json"), "{\"format\":\"other\"}");
        Path keys = Files.writeString(folder.resolve("keys.txt"), "a\nb\n");
        Invocation.Result result =
                Invocation.partflow("curve", keys.toString(), "--advice", "--prices", prices.toString());
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("partflow-prices");
    }

    @Test
    void mistakes_areToldWithARemedy() throws IOException {
        Path keys = Files.writeString(folder.resolve("keys.txt"), "a\nb\n");
        Path empty = Files.writeString(folder.resolve("empty.txt"), "");
        assertThat(Invocation.partflow("curve", keys.toString(), "--ttl", "5s").status())
                .isEqualTo(2);
        assertThat(Invocation.partflow("curve", keys.toString(), "--ttl", "soon")
                        .err())
                .contains("500ms");
        assertThat(Invocation.partflow("curve", keys.toString(), "--sizes", "1MiB")
                        .status())
                .isEqualTo(2);
        assertThat(Invocation.partflow("curve", keys.toString(), "--policy", "arc")
                        .err())
                .contains("tinylfu");
        assertThat(Invocation.partflow("curve", empty.toString()).status()).isEqualTo(1);
        assertThat(Invocation.partflow("curve", folder.resolve("none").toString())
                        .err())
                .contains("There is no file");
    }
}

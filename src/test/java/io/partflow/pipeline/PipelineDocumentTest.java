package io.partflow.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.content.JsonValue;
import io.partflow.pipeline.PipelineDocument.Access;
import io.partflow.pipeline.PipelineDocument.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineDocumentTest {
    private static final String HELLO = """
        {"format":"partflow-pipeline","version":1,"name":"Hello, hits","settings":{"budgetBytes":104857600,"mode":"balanced","seed":1},
         "nodes":[
          {"id":"ask","processor":"source.recording","processorVersion":1,"params":{"file":"streams/hello-hits.parts.jsonl"},"input":true,"layout":{"x":80,"y":120}},
          {"id":"answer","processor":"model.simulated","processorVersion":1,"title":"Answer","params":{"latencyMinMs":300,"latencyMaxMs":1200},"state":"normal",
           "cache":{"scope":"part","tier":"memory","ttlMs":43200000,"maxItems":1000,"maxBytes":67108864,"policy":"tinylfu","prefix":null,
            "key":{"ignoreMetadata":["probe.time"],"skipPartsWithMetadata":[],"normalise":[],"imageHammingDistance":null},
            "when":{"mimeTypes":[],"minTextLength":0,"neverWithMetadata":[]}},
           "layout":{"x":320,"y":120,"collapsed":false}},
          {"id":"show","processor":"sink.viewer","processorVersion":1,"params":{},"layout":{"x":560,"y":120}}],
         "wires":[{"from":"answer.out","to":"show.in"},{"from":"ask.out","to":"answer.in"}],"frames":[],"notes":[],"contracts":["hitRatio>=0.6"]}
        """;

    private final PipelineDocument document = new PipelineDocument(SampleCatalog.CATALOG);

    @TempDir
    Path folder;

    @Test
    void theFormatsExample_isReadWhole() {
        Reading reading = document.parse(HELLO);

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.access()).isEqualTo(Access.WRITABLE);
        PipelineGraph graph = reading.graph();
        assertThat(graph.name()).isEqualTo("Hello, hits");
        assertThat(graph.nodes()).extracting(PipelineNode::id).containsExactly("answer", "ask", "show");
        PipelineNode answer = graph.node("answer").orElseThrow();
        assertThat(answer.title()).isEqualTo("Answer");
        assertThat(answer.cache()).isNotNull();
        assertThat(answer.cache().key().ignoreMetadata()).containsExactly("probe.time");
        assertThat(answer.params().has("latencyMinMs")).as("equals its default").isFalse();
        assertThat(answer.layout()).isEqualTo(Layout.at(320, 120));
        assertThat(graph.node("ask").orElseThrow().input()).isEqualTo(NodeInput.REPLACEABLE);
        assertThat(graph.wires())
                .containsExactly(Wire.of("answer", "out", "show", "in"), Wire.of("ask", "out", "answer", "in"));
        assertThat(graph.unknown().names()).containsExactlyInAnyOrder("frames", "notes", "contracts");
    }

    @Test
    void writtenText_isInDocumentForm() {
        PipelineGraph graph = PipelineGraph.empty("tiny \u00e9\n")
                .withNode(SampleCatalog.node("b", "text.split")
                        .withParam("length", JsonValue.of(1000))
                        .withParam("by", JsonValue.of("length"))
                        .withLayout(Layout.at(8, 16.5)))
                .withNode(SampleCatalog.node("a", "source.text"))
                .withWire(Wire.of("a", "out", "b", "in"));

        assertThat(document.write(graph)).isEqualTo("""
            {
              "format": "partflow-pipeline",
              "name": "tiny \u00e9\\n",
              "nodes": [
                {
                  "id": "a",
                  "input": true,
                  "layout": {
                    "x": 0,
                    "y": 0
                  },
                  "params": {},
                  "processor": "source.text",
                  "processorVersion": 1
                },
                {
                  "id": "b",
                  "layout": {
                    "x": 8,
                    "y": 16.5
                  },
                  "params": {
                    "by": "length"
                  },
                  "processor": "text.split",
                  "processorVersion": 2
                }
              ],
              "settings": {
                "budgetBytes": 104857600,
                "mode": "balanced",
                "seed": 1
              },
              "version": 1,
              "wires": [
                {
                  "from": "a.out",
                  "to": "b.in"
                }
              ]
            }
            """);
    }

    @Test
    void whatWasWritten_readsBackAndWritesTheSameBytes() {
        String first = document.write(document.parse(HELLO).graph());

        assertThat(document.parse(first).graph())
                .isEqualTo(document.parse(HELLO).graph());
        assertThat(document.write(document.parse(first).graph())).isEqualTo(first);
    }

    @Test
    void unknownFields_atEveryLevel_areKept() {
        String text = """
            {"format":"partflow-pipeline","version":1,"name":"x","later":{"a":[1,2.5,null]},
             "settings":{"turbo":true},
             "nodes":[{"id":"m","processor":"model.simulated","colour":"red","layout":{"x":1,"y":2,"z":3},
              "cache":{"maxItems":null,"warm":1,"key":{"salt":"s"},"when":{"moon":"full"}}},
              {"id":"s","processor":"sink.viewer"}],
             "wires":[{"from":"m.out","to":"s.in","label":"L"}]}
            """;

        Reading reading = document.parse(text);
        String written = document.write(reading.graph());

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.graph().node("m").orElseThrow().cache().maxItems())
                .as("a written null is no limit")
                .isNull();
        assertThat(written)
                .contains("\"turbo\": true", "\"colour\": \"red\"", "\"z\": 3", "\"warm\": 1", "\"salt\": \"s\"")
                .contains("\"moon\": \"full\"", "\"label\": \"L\"", "2.5");
        assertThat(document.write(document.parse(written).graph())).isEqualTo(written);
    }

    @Test
    void unknownFieldsOfACache_goWithTheCache() {
        PipelineNode node = document.parse(
                        "{\"format\":\"partflow-pipeline\",\"version\":1,\"nodes\":[{\"id\":\"m\",\"processor\":\"model.simulated\",\"cache\":{\"warm\":1}}]}")
                .graph()
                .node("m")
                .orElseThrow();

        PipelineGraph off = PipelineGraph.empty("x").withNode(node.withCache(null));

        assertThat(document.write(off)).doesNotContain("warm", "cache");
    }

    @Test
    void damagedText_namesFileLineAndRemedy() {
        Reading reading = document.parse("{\n \"format\": \"partflow-pipeline\",\n \"nodes\": [}\n", "a.partflow.json");

        assertThat(reading.access()).isEqualTo(Access.UNREADABLE);
        assertThat(reading.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("DAMAGED_JSON");
            assertThat(problem.severity()).isEqualTo(Problem.Severity.ERROR);
            assertThat(problem.file()).isEqualTo("a.partflow.json");
            assertThat(problem.message()).contains("a.partflow.json", "line 3");
            assertThat(problem.remedy()).contains("line 3");
        });
    }

    @Test
    void aNameGivenTwice_isDamage() {
        assertThat(document.parse("{\"format\":\"partflow-pipeline\",\"name\":\"a\",\"name\":\"b\"}")
                        .access())
                .isEqualTo(Access.UNREADABLE);
    }

    @Test
    void aNewerVersion_opensReadOnly() {
        Reading reading =
                document.parse("{\"format\":\"partflow-pipeline\",\"version\":2,\"name\":\"n\"}", "n.partflow.json");

        assertThat(reading.access()).isEqualTo(Access.SAVE_AS_ONLY);
        assertThat(reading.isReadOnly()).isTrue();
        assertThat(reading.graph().name()).isEqualTo("n");
        assertThat(reading.problems()).extracting(Problem::code).containsExactly("NEWER_VERSION");
        assertThat(reading.problems().getFirst().remedy()).contains("Save As");
    }

    @Test
    void aWrongField_isToldAndTheFileIsNotWrittenOver() {
        Reading reading = document.parse("""
            {"format":"partflow-pipeline","version":1,"settings":{"mode":"fast","budgetBytes":0},
             "nodes":[{"id":"a","processor":"source.text","cache":{"maxItems":0}},7,{"id":"b"}],"wires":[{"from":"a"}]}
            """);

        assertThat(reading.access()).isEqualTo(Access.SAVE_AS_ONLY);
        assertThat(reading.problems())
                .extracting(Problem::message)
                .anyMatch(message -> message.contains("settings.mode"))
                .anyMatch(message -> message.contains("settings.budgetBytes"))
                .anyMatch(message -> message.contains("nodes[0].cache.maxItems"))
                .anyMatch(message -> message.contains("nodes[1]"))
                .anyMatch(message -> message.contains("nodes[2].processor"))
                .anyMatch(message -> message.contains("wires[0]"));
        assertThat(reading.graph().nodes()).hasSize(1);
    }

    @Test
    void anotherKindOfFile_isNoPipeline() {
        assertThat(document.parse("[1]").problems()).extracting(Problem::code).containsExactly("NOT_A_PIPELINE");
        assertThat(document.parse("{}").problems()).extracting(Problem::code).containsExactly("NOT_A_PIPELINE");
        assertThat(document.parse("").problems()).extracting(Problem::code).containsExactly("DAMAGED_JSON");
    }

    @Test
    void aMissingFile_aFolder_andBytesThatAreNoText_areProblems() throws IOException {
        Path binary = Files.write(folder.resolve("b.partflow.json"), new byte[] {(byte) 0xff, 0, 1});

        assertThat(document.read(folder.resolve("gone.partflow.json")).problems())
                .extracting(Problem::code)
                .containsExactly("FILE_NOT_FOUND");
        assertThat(document.read(folder).problems()).extracting(Problem::code).containsExactly("FILE_NOT_READABLE");
        assertThat(document.read(binary).problems()).extracting(Problem::code).containsExactly("NOT_A_PIPELINE");
    }

    @Test
    void saved_readsBackEqual_andLeavesNothingElse() throws IOException {
        Path file = folder.resolve("p.partflow.json");
        Files.writeString(file, "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        PipelineGraph graph = SampleCatalog.sound();

        assertThat(document.save(graph, file)).isEmpty();

        assertThat(document.read(file).graph()).isEqualTo(graph);
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void saved_throughALink_changesTheFileBehindIt() throws IOException {
        Path real = Files.writeString(folder.resolve("real.partflow.json"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link.partflow.json"), real);

        assertThat(document.save(SampleCatalog.sound(), link)).isEmpty();

        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(document.read(real).graph()).isEqualTo(SampleCatalog.sound());
    }

    @Test
    void saveToNowhere_isAProblemWithSaveAs() {
        assertThat(document.save(SampleCatalog.sound(), folder.resolve("no/such/p.partflow.json")))
                .hasValueSatisfying(problem -> {
                    assertThat(problem.code()).isEqualTo("FILE_NOT_WRITABLE");
                    assertThat(problem.remedy()).contains("Save As");
                });
        assertThat(document.save(SampleCatalog.sound(), folder)).isPresent();
    }

    @Test
    void truncatedAndMutatedTexts_neverThrow() {
        String good = document.write(document.parse(HELLO).graph());
        for (int end = 0; end < good.length(); end++) {
            document.parse(good.substring(0, end));
        }
        long seed = 20_261_122;
        Random random = new Random(seed);
        String alphabet = "{}[]\",:0123456789.-eEnultrfasx \\\u0000\u00e9";
        for (int round = 0; round < 4_000; round++) {
            StringBuilder text = new StringBuilder(round % 2 == 0 ? good : HELLO);
            for (int change = 1 + random.nextInt(4); change > 0; change--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
                    default -> text.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
                }
            }
            Reading reading = document.parse(text.toString());
            GraphCompiler.compile(reading.graph(), SampleCatalog.CATALOG, folder);
            assertThat(document.parse(document.write(reading.graph())).graph())
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(reading.graph());
        }
    }

    @Test
    void valuesOfEveryWrongType_neverThrow() {
        String[] values = {
            "null", "true", "-1", "1e999", "99999999999999999999", "\"x\"", "[]", "[[]]", "{}", "{\"a\":1}"
        };
        String[] names = {
            "format",
            "version",
            "name",
            "settings",
            "nodes",
            "wires",
            "id",
            "processor",
            "processorVersion",
            "params",
            "input",
            "title",
            "state",
            "cache",
            "layout",
            "x",
            "y",
            "collapsed",
            "scope",
            "tier",
            "ttlMs",
            "maxItems",
            "maxBytes",
            "policy",
            "prefix",
            "key",
            "when",
            "ignoreMetadata",
            "imageHammingDistance",
            "minTextLength",
            "from",
            "to"
        };
        for (String name : names) {
            for (String value : values) {
                String text = HELLO.replaceAll(
                        "\"" + name + "\":(\"[^\"]*\"|[0-9a-z]+|\\[\\]|\\{\\})", "\"" + name + "\":" + value);
                Reading reading = document.parse(text);
                GraphCompiler.compile(reading.graph(), SampleCatalog.CATALOG, folder);
                assertThat(document.parse(document.write(reading.graph())).graph())
                        .as("%s: %s", name, value)
                        .isEqualTo(reading.graph());
            }
        }
    }

    @Test
    void aCacheThatIsOn_isWrittenWithAllItsSettings() {
        PipelineGraph graph = PipelineGraph.empty("x")
                .withNode(SampleCatalog.node("m", "model.simulated")
                        .withCache(CacheSettings.DEFAULT.withMaxItems(null).withTtlMillis(0)));

        String text = document.write(graph);

        assertThat(text)
                .contains("\"maxItems\": null", "\"ttlMs\": 0", "\"policy\": \"tinylfu\"", "\"prefix\": null")
                .contains("\"imageHammingDistance\": null");
        assertThat(document.parse(text).graph()).isEqualTo(graph);
    }
}

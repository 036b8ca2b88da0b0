package io.partflow.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.builtin.BuiltinProcessors;
import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.processor.ProcessorCatalog;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class GraphInputsTest {
    private static final ProcessorCatalog CATALOG = BuiltinProcessors.catalog();
    private static final Path ROOT = Path.of("").toAbsolutePath();

    private static PipelineNode node(String id, String processor, NodeInput input) {
        return PipelineNode.of(id, CATALOG.descriptor(processor).orElseThrow(), Layout.ORIGIN)
                .withInput(input);
    }

    @Test
    void theOnlySource_isReplaced_evenUnmarked() {
        PipelineGraph graph = PipelineGraph.empty("x").withNode(node("say", "source.text", NodeInput.FIXED));

        PipelineGraph replaced = GraphInputs.replaceFiles(graph, CATALOG, List.of(Path.of("/a/b.txt"), Path.of("/c")))
                .graph();

        PipelineNode node = replaced.node("say").orElseThrow();
        assertThat(node.processor()).isEqualTo("source.files");
        assertThat(node.params().get("paths")).isEqualTo(JsonArray.of(JsonValue.of("/a/b.txt"), JsonValue.of("/c")));
    }

    @Test
    void everyMarkedSource_isReplaced_othersStay() {
        PipelineGraph graph = PipelineGraph.empty("x")
                .withNode(node("a", "source.files", NodeInput.REPLACEABLE))
                .withNode(node("b", "source.text", NodeInput.REPLACEABLE))
                .withNode(node("c", "source.text", NodeInput.FIXED));

        PipelineGraph replaced =
                GraphInputs.replaceFiles(graph, CATALOG, List.of(Path.of("/f"))).graph();

        assertThat(replaced.node("a").orElseThrow().params().has("paths")).isTrue();
        assertThat(replaced.node("b").orElseThrow().processor()).isEqualTo("source.files");
        assertThat(replaced.node("c")).isEqualTo(graph.node("c"));
    }

    @Test
    void severalUnmarkedSources_areAProblemThatNamesThem() {
        PipelineGraph graph = PipelineGraph.empty("x")
                .withNode(node("a", "source.text", NodeInput.FIXED))
                .withNode(node("b", "source.text", NodeInput.FIXED));

        var replaced = GraphInputs.replaceFiles(graph, CATALOG, List.of(Path.of("/f")));

        assertThat(replaced.graph()).isNull();
        assertThat(replaced.problem().message()).contains("a, b");
        assertThat(replaced.problem().remedy()).contains("input");
    }

    @Test
    void backslashInAName_staysWhereItIsALetter() {
        Path odd = Path.of("/a").resolve("b\\c.txt");
        String expected = odd.getFileSystem().getSeparator().equals("/") ? "b\\c.txt" : "b/c.txt";

        assertThat(GraphPaths.name(Path.of("/a"), odd)).isEqualTo(expected);
    }

    @Test
    void paths_areNamedFromTheDocumentsFolder() {
        assertThat(GraphPaths.name(ROOT.resolve("p"), ROOT.resolve("p/media/a.png")))
                .isEqualTo("media/a.png");
        assertThat(GraphPaths.name(ROOT.resolve("p"), ROOT.resolve("q/a.png"))).isEqualTo("../q/a.png");
        assertThat(GraphPaths.name(ROOT.resolve("p"), ROOT.resolve("p"))).isEqualTo(".");
        assertThat(GraphPaths.name(ROOT.resolve("a/b/c/d"), ROOT.resolve("f.png")))
                .as("too far up")
                .isEqualTo(ROOT.resolve("f.png").toString().replace('\\', '/'));
    }

    @Test
    void aDocumentSavedElsewhere_stillFindsItsFiles() {
        PipelineGraph graph = PipelineGraph.empty("x")
                .withNode(node("a", "source.files", NodeInput.FIXED)
                        .withParam("paths", JsonArray.of(JsonValue.of("media/a.png"), JsonValue.of("/abs/b.png"))));

        PipelineGraph moved = GraphPaths.moved(graph, CATALOG, ROOT.resolve("p"), ROOT.resolve("p/deep"));

        assertThat(moved.node("a").orElseThrow().params().get("paths"))
                .isEqualTo(JsonArray.of(JsonValue.of("../media/a.png"), JsonValue.of("/abs/b.png")));
        assertThat(GraphPaths.moved(moved, CATALOG, ROOT.resolve("p/deep"), ROOT.resolve("p")))
                .isEqualTo(graph);
    }
}

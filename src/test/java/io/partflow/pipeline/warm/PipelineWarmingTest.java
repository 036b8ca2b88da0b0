package io.partflow.pipeline.warm;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.builtin.BuiltinProcessors;
import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.processor.ProcessorCatalog;
import io.partflow.engine.run.RunOptions;
import io.partflow.engine.stream.StreamClock;
import io.partflow.pipeline.GraphInputs;
import io.partflow.pipeline.PipelineDocument;
import io.partflow.pipeline.PipelineGraph;
import io.partflow.pipeline.PipelineNode;
import io.partflow.pipeline.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineWarmingTest {
    @TempDir
    private Path folder;

    private final ProcessorCatalog catalog = BuiltinProcessors.catalog();

    private PipelineGraph graph(String latency) {
        return new PipelineDocument(catalog).parse("""
            {"format":"partflow-pipeline","version":1,"name":"w","nodes":[
             {"id":"in","processor":"source.files","params":{"paths":["none"]},"input":true},
             {"id":"cut","processor":"text.split"},
             {"id":"up","processor":"model.simulated","params":{%s},"cache":{}},
             {"id":"after","processor":"text.split"},
             {"id":"out","processor":"sink.viewer"}],
             "wires":[{"from":"in.out","to":"cut.in"},{"from":"cut.out","to":"up.in"},
              {"from":"up.out","to":"after.in"},{"from":"after.out","to":"out.in"}]}
            """.formatted(latency)).graph();
    }

    private PipelineWarming start(PipelineGraph graph, CacheRoom room) throws Exception {
        Path input = Files.createDirectories(folder.resolve("input"));
        for (String name : List.of("a", "b", "c")) {
            Files.writeString(input.resolve(name + ".txt"), "text " + name);
        }
        PipelineGraph with = Objects.requireNonNull(
                GraphInputs.replaceFiles(graph, catalog, List.of(input)).graph());
        PipelineWarming.Planned planned = PipelineWarming.plan(with, catalog, folder);
        assertThat(planned.problems()).isEmpty();
        return PipelineWarming.start(
                Objects.requireNonNull(planned.plan()), room, RunOptions.DEFAULT.withClock(StreamClock.system()));
    }

    @Test
    void leadingToCaches_leavesOutWhatComesAfter() {
        PipelineGraph leading = PipelineWarming.leadingToCaches(graph(""));

        assertThat(leading.nodes()).extracting(PipelineNode::id).containsExactlyInAnyOrder("in", "cut", "up");
        assertThat(leading.wires()).hasSize(2);
    }

    @Test
    void aFolder_fillsTheCaches_andIsFoundThereTheNextTime() throws Exception {
        PipelineGraph graph = graph("\"latencyMinMs\":0,\"latencyMaxMs\":0");
        try (CacheRoom room = new CacheRoom(StreamClock.system())) {
            try (PipelineWarming warming = start(graph, room)) {
                Warming.Progress end = warming.await();
                assertThat(end.state()).isEqualTo(Warming.State.COMPLETED);
                assertThat(end.read()).isEqualTo(3);
                assertThat(end.added()).isEqualTo(3);
                assertThat(end.failed()).isZero();
            }
            assertThat(room.cache("up").orElseThrow().count()).isEqualTo(3);
            try (PipelineWarming warming = start(graph, room)) {
                assertThat(warming.await().present()).isEqualTo(3);
            }
        }
    }

    @Test
    void aWarmingThatIsCancelled_endsSoonAndSaysSo() throws Exception {
        try (CacheRoom room = new CacheRoom(StreamClock.system());
                PipelineWarming warming = start(graph("\"latencyMinMs\":50000,\"latencyMaxMs\":50000"), room)) {
            assertThat(warming.progress().hasEnded()).isFalse();
            warming.cancel();

            assertThat(warming.await().state()).isEqualTo(Warming.State.CANCELLED);
            assertThat(room.count()).isZero();
        }
    }

    @Test
    void aPipelineWithoutCaches_isAProblem() {
        PipelineGraph graph = graph("");
        PipelineGraph bare = graph.mapNodes(List.of("up"), node -> node.withCache(null));

        PipelineWarming.Planned planned = PipelineWarming.plan(bare, catalog, folder);
        assertThat(planned.plan()).isNull();
        assertThat(planned.problems()).extracting(Problem::code).containsExactly("NOTHING_TO_WARM");
    }
}

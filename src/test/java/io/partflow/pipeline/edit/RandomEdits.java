package io.partflow.pipeline.edit;

import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.stream.StreamMode;
import io.partflow.pipeline.Layout;
import io.partflow.pipeline.NodeInput;
import io.partflow.pipeline.NodeState;
import io.partflow.pipeline.PipelineGraph;
import io.partflow.pipeline.PipelineNode;
import io.partflow.pipeline.PipelineSettings;
import io.partflow.pipeline.SampleCatalog;
import io.partflow.pipeline.Wire;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/// Makes commands of every kind, some of which change nothing; the same ones for the same seed.
final class RandomEdits {
    private static final List<String> PROCESSORS =
            List.of("source.text", "text.split", "model.simulated", "sink.viewer", "audio.transcribe");

    private final Random random;

    RandomEdits(long seed) {
        random = new Random(seed);
    }

    EditCommand next(PipelineGraph graph) {
        return switch (random.nextInt(16)) {
            case 0, 1, 2 -> new AddNode(fresh(graph));
            case 3 -> {
                PipelineNode node = fresh(graph);
                yield new AddNodeWithWire(node, Wire.of(any(graph), "out", node.id(), "in"));
            }
            case 4, 5, 6 -> new AddWire(Wire.of(any(graph), "out", any(graph), "in"));
            case 7 -> new RemoveNodes(Set.of(any(graph)));
            case 8 ->
                graph.wires().isEmpty()
                        ? new RemoveWires(Set.of())
                        : new RemoveWires(Set.of(
                                graph.wires().get(random.nextInt(graph.wires().size()))));
            case 9 -> new MoveNodes(Set.of(any(graph)), random.nextInt(3) * 8.0, -random.nextInt(100) / 3.0);
            case 10 ->
                new SetParam(any(graph), "length", random.nextInt(3) == 0 ? null : JsonValue.of(random.nextInt(9)));
            case 11 ->
                new SetCache(
                        any(graph),
                        random.nextBoolean() ? null : CacheSettings.DEFAULT.withTtlMillis(random.nextInt(5)));
            case 12 -> new SetTitle(any(graph), random.nextBoolean() ? null : "Titel \u00e4 " + random.nextInt(3));
            case 13 -> new SetNodeState(Set.of(any(graph)), NodeState.values()[random.nextInt(3)]);
            case 14 ->
                new Compound(
                        "several",
                        List.of(
                                new SetSettings(new PipelineSettings(
                                        1 + random.nextInt(3),
                                        StreamMode.named().get(random.nextInt(3)),
                                        random.nextInt(4))),
                                new SetInput(any(graph), NodeInput.values()[random.nextInt(2)]),
                                new RenamePipeline("name " + random.nextInt(3))));
            default ->
                random.nextBoolean()
                        ? AutoLayout.of(graph)
                        : new ArrangeNodes(
                                Map.of(any(graph), new Layout(random.nextDouble(), 0, Layout.Shape.COLLAPSED)),
                                "collapse");
        };
    }

    private PipelineNode fresh(PipelineGraph graph) {
        String processor = PROCESSORS.get(random.nextInt(PROCESSORS.size()));
        return SampleCatalog.node(graph.freshId(processor), processor)
                .withLayout(Layout.at(random.nextInt(100), random.nextInt(100)));
    }

    private String any(PipelineGraph graph) {
        return graph.nodes().isEmpty()
                ? "ghost"
                : graph.nodes().get(random.nextInt(graph.nodes().size())).id();
    }
}

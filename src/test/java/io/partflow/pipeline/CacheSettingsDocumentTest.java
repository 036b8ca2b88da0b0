package io.partflow.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.cache.CacheSettings.Behaviour;
import io.partflow.engine.cache.CacheSettings.Conditions;
import io.partflow.engine.cache.CacheSettings.KeyOptions;
import io.partflow.engine.cache.CacheSettings.Partition;
import io.partflow.engine.cache.CacheSettings.StoreUse;
import io.partflow.engine.cache.CacheSettings.Writing;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every setting of a cache comes back from a document as it was written.
class CacheSettingsDocumentTest {
    private static final CacheSettings D = CacheSettings.DEFAULT;
    private static final Behaviour B = Behaviour.DEFAULT;

    private final PipelineDocument document = new PipelineDocument(SampleCatalog.CATALOG);

    static Stream<CacheSettings> settings() {
        List<Partition> partitions = List.of(
                new Partition(List.of("text/*"), 86_400_000, 1_000L, null),
                new Partition(List.of("image/*", "application/pdf"), 0, null, 5L));
        CacheSettings everything = new CacheSettings(
                CacheSettings.Scope.STREAM,
                CacheSettings.Tier.TIERED,
                0,
                null,
                null,
                CacheSettings.Policy.LRU,
                "grün|",
                new KeyOptions(List.of("prober"), List.of("skip"), List.of("nfc"), 64),
                new Conditions(List.of("text/plain"), 12, List.of("private")),
                new Behaviour(0L, 1, 2, 1.0, partitions, new StoreUse(null, 3L, 4L, Writing.BEHIND)));
        return Stream.of(
                D,
                D.withScope(CacheSettings.Scope.STREAM),
                D.withTier(CacheSettings.Tier.STORE),
                D.withTier(CacheSettings.Tier.TIERED),
                D.withTtlMillis(0),
                D.withTtlMillis(Long.MAX_VALUE),
                D.withMaxItems(null),
                D.withMaxItems(1L),
                D.withMaxBytes(null),
                D.withMaxBytes(Long.MAX_VALUE),
                D.withPolicy(CacheSettings.Policy.LRU),
                D.withPrefix(""),
                D.withKey(new KeyOptions(List.of("b", "a"), List.of(), List.of(), null)),
                D.withKey(new KeyOptions(List.of(), List.of("x"), List.of("whitespace"), 0)),
                D.withBehaviour(B.withNegativeTtlMillis(0L)),
                D.withBehaviour(B.withNegativeTtlMillis(7L)),
                D.withBehaviour(B.withRefreshAheadMillis(9)),
                D.withBehaviour(B.withStaleMillis(11)),
                D.withBehaviour(new Behaviour(null, 0, 0, 0.125, List.of(), StoreUse.DEFAULT)),
                D.withBehaviour(B.withPartitions(partitions)),
                D.withBehaviour(B.withStore(new StoreUse(null, 1L, null, Writing.THROUGH))),
                D.withBehaviour(B.withStore(new StoreUse(null, null, 1L, Writing.THROUGH))),
                D.withBehaviour(B.withStore(new StoreUse(null, null, null, Writing.BEHIND))),
                everything);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void settings_writtenAndRead_areTheSame(CacheSettings settings) {
        PipelineNode node = document.parse(text("{}")).graph().node("m").orElseThrow();
        String written = document.write(PipelineGraph.empty("x").withNode(node.withCache(settings)));
        PipelineDocument.Reading read = document.parse(written);

        assertThat(read.problems()).isEmpty();
        assertThat(read.graph().node("m").orElseThrow().cache()).isEqualTo(settings);
        assertThat(document.write(read.graph())).isEqualTo(written);
    }

    @Test
    void partition_thatNamesNoLimits_hasThoseOfACache() {
        PipelineNode node = document.parse(
                        text(
                                "{\"partitions\":[{\"mimeTypes\":[\"text/*\"]},{\"mimeTypes\":[\"image/*\"],\"maxBytes\":null}]}"))
                .graph()
                .node("m")
                .orElseThrow();

        assertThat(node.cache()).isNotNull();
        assertThat(node.cache().behaviour().partitions())
                .containsExactly(
                        new Partition(List.of("text/*"), D.ttlMillis(), 1_000L, 64L << 20),
                        new Partition(List.of("image/*"), D.ttlMillis(), 1_000L, null));
    }

    @Test
    void unknownFieldsOfPartitions_stayWithTheirKinds() {
        PipelineGraph graph = document.parse(text("{\"partitions\":[{\"mimeTypes\":[\"text/*\"],\"tint\":\"red\"},"
                        + "{\"mimeTypes\":[\"image/*\"],\"maxItems\":5,\"tint\":{\"deep\":[1]}}]}"))
                .graph();
        String written = document.write(graph);
        assertThat(written).contains("\"tint\": \"red\"", "\"deep\"");
        assertThat(document.write(document.parse(written).graph())).isEqualTo(written);

        PipelineNode node = graph.node("m").orElseThrow();
        CacheSettings cache = node.cache();
        assertThat(cache).isNotNull();
        List<Partition> images = List.of(cache.behaviour().partitions().get(1));
        String without = document.write(PipelineGraph.empty("x")
                .withNode(node.withCache(cache.withBehaviour(cache.behaviour().withPartitions(images)))));
        assertThat(without).contains("\"deep\"").doesNotContain("red");
    }

    private static String text(String cache) {
        return "{\"format\":\"partflow-pipeline\",\"version\":1,\"nodes\":[{\"id\":\"m\",\"processor\":"
                + "\"model.simulated\",\"cache\":" + cache + "}]}";
    }
}

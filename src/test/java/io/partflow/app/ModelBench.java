package io.partflow.app;

import io.partflow.engine.builtin.BuiltinProcessors;
import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.processor.ProcessorCatalog;
import io.partflow.engine.run.RunOptions;
import io.partflow.engine.stream.ManualClock;
import io.partflow.pipeline.Layout;
import io.partflow.pipeline.PipelineDocument;
import io.partflow.pipeline.PipelineGraph;
import io.partflow.pipeline.PipelineNode;
import io.partflow.pipeline.Wire;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/// The workbench without its window: everything happens at once on the calling thread, except a run, which is
/// waited for.
final class ModelBench {
    static final ProcessorCatalog CATALOG = BuiltinProcessors.catalog();

    final ManualClock clock = new ManualClock();
    final CacheRoom caches = new CacheRoom(clock);
    final List<Notice> notices = new ArrayList<>();
    final Journals journals;
    final WorkbenchModel model;

    ModelBench(Path home) {
        this(home, Runnable::run);
    }

    /// @param background runs what waits
    ModelBench(Path home, Executor background) {
        journals = new Journals(home.resolve("journals"), new PipelineDocument(CATALOG), clock);
        model = new WorkbenchModel(
                new WorkbenchModel.Parts(
                        CATALOG,
                        caches,
                        RunOptions.DEFAULT.withClock(clock),
                        clock,
                        WorkbenchStage.SAMPLES,
                        background,
                        Runnable::run),
                journals);
        model.onNotice(notices::add);
    }

    void close() {
        model.close();
        model.awaitEnd();
    }

    PipelineNode node(String id, String processor, double x) {
        return PipelineNode.of(id, CATALOG.descriptor(processor).orElseThrow(), Layout.at(x, 80));
    }

    /// Lines of text, each answered through a cache, to a viewer.
    PipelineGraph answers(String lines) {
        return PipelineGraph.empty("Answers")
                .withNode(node("ask", "source.text", 80)
                        .withParam("text", JsonValue.of(lines))
                        .withParam("emit", JsonValue.of("line")))
                .withNode(node("answer", "model.simulated", 300).withCache(CacheSettings.DEFAULT))
                .withNode(node("show", "sink.viewer", 520))
                .withWire(Wire.of("ask", "out", "answer", "in"))
                .withWire(Wire.of("answer", "out", "show", "in"));
    }

    Notice lastNotice() {
        return notices.getLast();
    }
}

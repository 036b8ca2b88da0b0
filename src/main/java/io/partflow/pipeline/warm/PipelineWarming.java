package io.partflow.pipeline.warm;

import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.cache.CacheSnapshot;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.processor.ProcessorCatalog;
import io.partflow.engine.run.NodeSnapshot;
import io.partflow.engine.run.Run;
import io.partflow.engine.run.RunFailure;
import io.partflow.engine.run.RunOptions;
import io.partflow.engine.run.RunPlan;
import io.partflow.engine.run.RunSnapshot;
import io.partflow.pipeline.GraphCompiler;
import io.partflow.pipeline.PipelineGraph;
import io.partflow.pipeline.PipelineNode;
import io.partflow.pipeline.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Fills the caches of a pipeline by running what leads to them, and nothing after: no sink writes anything.
///
/// Its inputs are those of the graph: a folder or a recording is put in place with
/// [io.partflow.pipeline.GraphInputs].
public final class PipelineWarming implements Warming {
    /// The plan of a warming, or what is in its way.
    ///
    /// @param plan null when there are errors
    public record Planned(@Nullable RunPlan plan, List<Problem> problems) {
        public Planned {
            problems = List.copyOf(problems);
        }
    }

    private final Run run;
    private volatile boolean cancelled;

    private PipelineWarming(Run run) {
        this.run = run;
    }

    /// Plans the part of a pipeline that leads to its caches.
    ///
    /// @param folder where relative paths of the graph start
    public static Planned plan(PipelineGraph graph, ProcessorCatalog catalog, Path folder) {
        PipelineGraph leading = leadingToCaches(graph);
        if (leading.nodes().isEmpty()) {
            return new Planned(
                    null,
                    List.of(Problem.ofPipeline(
                            "NOTHING_TO_WARM",
                            Problem.Severity.ERROR,
                            "No step of the pipeline has a cache.",
                            "Give the steps that cost most a cache, and warm it then.")));
        }
        GraphCompiler.Compiled compiled = GraphCompiler.compile(leading, catalog, folder);
        return new Planned(compiled.plan(), compiled.errors());
    }

    /// The nodes with a cache and all that comes before them, with the wires between.
    static PipelineGraph leadingToCaches(PipelineGraph graph) {
        Set<String> kept = new HashSet<>();
        List<String> open = new ArrayList<>();
        graph.nodes().stream()
                .filter(node -> node.cache() != null)
                .map(PipelineNode::id)
                .forEach(open::add);
        while (!open.isEmpty()) {
            String id = open.removeLast();
            if (kept.add(id)) {
                graph.wiresTo(id).forEach(wire -> open.add(wire.from().node()));
            }
        }
        return graph.withWires(graph.wires().stream()
                        .filter(wire -> kept.contains(wire.from().node())
                                && kept.contains(wire.to().node()))
                        .toList())
                .withNodes(graph.nodes().stream()
                        .filter(node -> kept.contains(node.id()))
                        .toList());
    }

    /// Begins. The caches are those of the room, and of the stores that it opens.
    ///
    /// @param options such as the clock; a recording is replayed without waiting unless they say otherwise
    public static PipelineWarming start(RunPlan plan, CacheRoom room, RunOptions options) {
        return new PipelineWarming(Run.start(plan, room, options));
    }

    /// The run behind it, for those who want to know more.
    public RunSnapshot snapshot() {
        return run.snapshot();
    }

    @Override
    public Progress progress() {
        return progress(run.snapshot());
    }

    private Progress progress(RunSnapshot now) {
        long added = 0;
        long present = 0;
        for (NodeSnapshot node : now.nodes()) {
            CacheSnapshot cache = node.cache();
            if (cache != null) {
                added += cache.puts();
                present += cache.hits() + cache.coalesced();
            }
        }
        List<Failure> problems =
                now.recentFailures().stream().map(RunFailure::failure).toList();
        return new Progress(state(now), now.partsIn(), added, present, now.failures(), -1, problems);
    }

    private State state(RunSnapshot now) {
        return switch (now.status()) {
            case COMPLETED -> cancelled ? State.CANCELLED : State.COMPLETED;
            case CANCELLED -> State.CANCELLED;
            case FAILED -> State.FAILED;
            case RUNNING, PAUSED -> State.RUNNING;
        };
    }

    @Override
    public void cancel() {
        cancelled = true;
        run.cancel();
    }

    @Override
    public Progress await() throws InterruptedException {
        return progress(run.await());
    }

    @Override
    public void close() {
        run.close();
    }
}

package io.partflow.engine.run;

import io.partflow.engine.cache.CacheNamespace;
import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.cache.CacheSnapshot;
import io.partflow.engine.cache.CacheStore;
import io.partflow.engine.cache.ContentCache;
import io.partflow.engine.cache.SavingsSnapshot;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.processor.PortSpec;
import io.partflow.engine.processor.PortType;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.processor.ProcessorDescriptor.Kind;
import io.partflow.engine.processor.ProcessorException;
import io.partflow.engine.stream.MemoryBudget;
import io.partflow.engine.stream.MemorySnapshot;
import io.partflow.engine.stream.PartInput;
import io.partflow.engine.stream.PartQueue;
import io.partflow.engine.stream.ProcessorPool;
import io.partflow.engine.stream.RunScope;
import io.partflow.engine.stream.StreamClock;
import io.partflow.engine.stream.StreamPace;
import io.partflow.engine.trace.RecordedCache;
import io.partflow.engine.trace.SpanRecorder;
import io.partflow.engine.trace.StreamRecording;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The stages and wires of one run, made from a plan, and the snapshot taken of them. Immutable; its stages
/// are not.
record Topology(RunPlan plan, RunShared shared, List<Stage> stages, List<Wired> wires) {
    /// A wire and the queue that is its body.
    ///
    /// @param from the counters of the stage whose only wire it is, if the two stages are fused
    record Wired(WirePlan plan, PartQueue queue, @Nullable StageStats from) {}

    static Topology assemble(String runId, RunPlan plan, CacheRoom caches, RunOptions options) {
        StreamPace pace = new StreamPace(options.clock(), options.speed(), options.start());
        RunFailure.Recent failures = new RunFailure.Recent(pace);
        RunShared shared = new RunShared(
                options,
                pace,
                new MemoryBudget(plan.budgetBytes()),
                new RunScope(runId),
                new ProcessorPool(runId),
                failures,
                recording(plan, options, pace, failures),
                new SpanRecorder(sinceNow(options.clock())),
                plan.folder(),
                plan.seed(),
                plan.mode(),
                plan.reserved(),
                ReservedLane.of(plan));
        try {
            return assemble(plan, caches, shared);
        } catch (RuntimeException | Error e) {
            shared.scope().close();
            shared.pool().close();
            throw e;
        }
    }

    private static Topology assemble(RunPlan plan, CacheRoom caches, RunShared shared) {
        Map<String, PartInput> inputs = new LinkedHashMap<>();
        Map<String, List<Outlets.Outlet>> outlets = new LinkedHashMap<>();
        Map<String, StagePlan> byId = new LinkedHashMap<>();
        for (StagePlan stage : plan.stages()) {
            byId.put(stage.id(), stage);
            inputs.put(stage.id(), input(stage, shared));
            outlets.put(stage.id(), new ArrayList<>());
        }
        Map<WirePlan, PartQueue> queues = new LinkedHashMap<>();
        for (WirePlan wire : byInputPort(plan.wires(), byId)) {
            PartQueue queue = of(inputs, wire.toNode())
                    .addQueue(plan.mode().queueParts(), plan.mode().batchParts());
            PortSpec from = port(of(byId, wire.fromNode()), Side.OUTPUT, wire.fromPort());
            PortSpec to = port(of(byId, wire.toNode()), Side.INPUT, wire.toPort());
            of(outlets, wire.fromNode()).add(new Outlets.Outlet(queue, from, to));
            queues.put(wire, queue);
        }
        for (StagePlan stage : plan.stages()) {
            if (ReservedLane.feeds(stage)) {
                shared.lane()
                        .lead(of(inputs, stage.id())
                                .addQueue(plan.mode().queueParts(), plan.mode().batchParts()));
            }
        }
        List<Stage> stages = new ArrayList<>();
        for (StagePlan stage : plan.stages()) {
            StageStats stats = new StageStats();
            stages.add(stage(
                    stage, stats, shared, of(inputs, stage.id()), new Outlets(of(outlets, stage.id()), stats), caches));
        }
        List<Wired> wires = new ArrayList<>();
        queues.forEach((wire, queue) -> wires.add(new Wired(wire, queue, fused(wire, plan, stages))));
        return new Topology(plan, shared, List.copyOf(stages), List.copyOf(wires));
    }

    /// Fuses the two stages of a wire if it is the only one of both and their work is cheap.
    ///
    /// @return the counters of the first if they are fused now
    private static @Nullable StageStats fused(WirePlan wire, RunPlan plan, List<Stage> stages) {
        boolean only = plan.wires().stream()
                .noneMatch(other -> other != wire
                        && (other.fromNode().equals(wire.fromNode())
                                || other.toNode().equals(wire.toNode())));
        if (only
                && stage(wire.fromNode(), stages) instanceof PartStage from
                && stage(wire.toNode(), stages) instanceof PartStage to
                && from.canBeFused()
                && to.canBeFused()) {
            from.fuse(to);
            return from.stats;
        }
        return null;
    }

    private static Stage stage(String id, List<Stage> stages) {
        return stages.stream()
                .filter(stage -> stage.plan.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static PartInput input(StagePlan stage, RunShared shared) {
        return new PartInput(
                shared.clock(),
                shared.budget(),
                stage.entry().descriptor().gathering(),
                Math.max(1, shared.budget().budgetBytes() / 2),
                () -> shared.scope().fail(overfull(stage, shared)));
    }

    private static ProcessorException overfull(StagePlan stage, RunShared shared) {
        String half = (shared.budget().budgetBytes() / 2) + " bytes";
        Failure failure = Failure.of(
                "JOIN_BUFFER_FULL",
                stage.id() + " holds back more than " + half
                        + ", half of the memory budget, until the inputs before have ended.",
                "Put the longest branch first, raise the memory budget, or merge by arrival.");
        return new ProcessorException(stage.id(), failure, new IllegalStateException(failure.message()));
    }

    /// The wires so that those into one stage follow each other as its inputs do; else as they are.
    private static List<WirePlan> byInputPort(List<WirePlan> wires, Map<String, StagePlan> byId) {
        Comparator<WirePlan> order = Comparator.comparingInt(wire -> {
            StagePlan to = byId.get(wire.toNode());
            List<PortSpec> ports =
                    to == null ? List.of() : to.entry().descriptor().inputs();
            for (int i = 0; i < ports.size(); i++) {
                if (ports.get(i).name().equals(wire.toPort())) {
                    return i;
                }
            }
            return ports.size();
        });
        return wires.stream().sorted(order).toList();
    }

    private static LongSupplier sinceNow(StreamClock clock) {
        long start = clock.nanos();
        return () -> clock.nanos() - start;
    }

    private static StreamRecording recording(
            RunPlan plan, RunOptions options, StreamPace pace, RunFailure.Recent failures) {
        Path file = options.recordTo();
        return new StreamRecording(
                file == null
                        ? null
                        : new StreamRecording.Order(
                                file,
                                options.recordLevel(),
                                plan.pipeline(),
                                sources(plan),
                                recordedCaches(plan),
                                plan.reserved()),
                pace::streamMillis,
                options.clock(),
                failure -> failures.add("", RunFailure.Severity.ERROR, failure));
    }

    private static Map<String, RecordedCache> recordedCaches(RunPlan plan) {
        Map<String, RecordedCache> caches = new HashMap<>();
        for (StagePlan stage : plan.stages()) {
            CacheSettings settings = stage.cache();
            if (settings != null) {
                caches.put(
                        stage.id(), new RecordedCache(stage.entry().descriptor().id(), settings));
            }
        }
        return caches;
    }

    private static List<String> sources(RunPlan plan) {
        return plan.stages().stream()
                .filter(stage -> stage.entry().descriptor().kind() == Kind.SOURCE)
                .map(StagePlan::id)
                .toList();
    }

    private static <T> T of(Map<String, T> map, String id) {
        T found = map.get(id);
        if (found == null) {
            throw new IllegalArgumentException("a wire names the stage \"" + id + "\", which the plan does not have");
        }
        return found;
    }

    private enum Side {
        INPUT,
        OUTPUT
    }

    private static PortSpec port(StagePlan stage, Side side, String name) {
        ProcessorDescriptor descriptor = stage.entry().descriptor();
        if (stage.mode() == StageMode.BYPASS && side == Side.OUTPUT) {
            // What a bypassed node passes on is its input, whatever its own output would be.
            return PortSpec.optional(name, PortType.ANY);
        }
        return (side == Side.INPUT ? descriptor.input(name) : descriptor.output(name))
                .orElseThrow(() -> new IllegalArgumentException(
                        stage.id() + " has no port \"" + name + "\"; the plan was not compiled from a checked graph"));
    }

    private static Stage stage(
            StagePlan plan, StageStats stats, RunShared shared, PartInput input, Outlets outlets, CacheRoom caches) {
        Kind kind = plan.entry().descriptor().kind();
        if (plan.mode() != StageMode.NORMAL && kind != Kind.SOURCE) {
            return new Stage.Drain(plan, stats, shared, input, outlets);
        }
        Function<CacheSettings, CachedCalls> lodging = settings -> calls(plan, settings, stats, shared, caches);
        return switch (kind) {
            case SOURCE -> new SourceStage(plan, stats, shared, input, outlets);
            case SINK -> new SinkStage(plan, stats, shared, input, outlets);
            case STREAM ->
                new StreamStage(plan, stats, shared, input, outlets, calls(plan, stats, shared, caches), lodging);
            case PART ->
                isWholeStream(plan.cache())
                        ? new StreamStage(
                                plan, stats, shared, input, outlets, calls(plan, stats, shared, caches), lodging)
                        : new PartStage(plan, stats, shared, input, outlets, calls(plan, stats, shared, caches));
        };
    }

    private static boolean isWholeStream(@Nullable CacheSettings settings) {
        return settings != null && settings.scope() == CacheSettings.Scope.STREAM;
    }

    private static @Nullable CachedCalls calls(StagePlan plan, StageStats stats, RunShared shared, CacheRoom caches) {
        CacheSettings settings = plan.cache();
        ProcessorDescriptor descriptor = plan.entry().descriptor();
        // A stream processor's answer depends on all it has read, so that a cache per part would be wrong.
        if (settings == null || (descriptor.kind() == Kind.STREAM && !isWholeStream(settings))) {
            return null;
        }
        return calls(plan, settings, stats, shared, caches);
    }

    private static CachedCalls calls(
            StagePlan plan, CacheSettings settings, StageStats stats, RunShared shared, CacheRoom caches) {
        String prefix = CacheNamespace.prefix(plan.entry(), plan.params(), settings);
        return new CachedCalls(
                cache(plan, settings, prefix, shared, caches),
                caches.keys(prefix, settings.key()),
                prefix,
                shared,
                stats);
    }

    /// The node's cache; in memory alone where its store cannot be used, which is no reason not to run.
    private static ContentCache cache(
            StagePlan plan, CacheSettings settings, String prefix, RunShared shared, CacheRoom caches) {
        String processor = plan.entry().descriptor().id();
        try {
            return caches.cache(plan.id(), processor, settings, prefix);
        } catch (CacheStore.Unavailable e) {
            shared.failures().add(plan.id(), RunFailure.Severity.WARNING, e.failure());
            return caches.cache(plan.id(), processor, settings.withTier(CacheSettings.Tier.MEMORY), prefix);
        }
    }

    RunSnapshot snapshot(String id, RunStatus status, Instant startedAt) {
        List<NodeSnapshot> nodes = new ArrayList<>();
        SavingsSnapshot savings = SavingsSnapshot.NONE;
        long partsIn = 0;
        long partsOut = 0;
        long failures = 0;
        for (Stage stage : stages) {
            NodeSnapshot node = stage.snapshot(status);
            nodes.add(node);
            savings = savings.plus(node.savings());
            failures += node.failures();
            switch (stage.plan.entry().descriptor().kind()) {
                case SOURCE -> partsIn += node.partsOut();
                case SINK -> partsOut += node.partsOut();
                case PART, STREAM -> {
                    // Only the two ends of a pipeline count for the totals.
                }
            }
        }
        return new RunSnapshot(
                id,
                plan.pipeline(),
                status,
                startedAt,
                shared.pace().activeNanos(),
                nodes,
                wires.stream().map(Topology::wire).toList(),
                new MemorySnapshot(
                        shared.budget().budgetBytes(),
                        shared.budget().inFlightBytes(),
                        shared.budget().highWaterBytes()),
                total(nodes),
                savings,
                partsIn,
                partsOut,
                failures,
                shared.failures().list());
    }

    private static WireSnapshot wire(Wired wired) {
        PartQueue.Load load = wired.queue().load();
        StageStats from = wired.from();
        return new WireSnapshot(
                wired.plan().from(),
                wired.plan().to(),
                from == null ? load.parts() : from.partsOut.sum() - from.unrouted.sum(),
                load.depth(),
                load.capacity(),
                load.bytes(),
                load.highWaterParts(),
                load.highWaterBytes(),
                load.blockedNanos(),
                load.waitingNanos());
    }

    private CacheSnapshot total(List<NodeSnapshot> nodes) {
        List<CacheSnapshot> caches =
                nodes.stream().map(NodeSnapshot::cache).filter(Objects::nonNull).toList();
        return CacheSnapshot.sum(caches)
                .withLatency(
                        StageStats.Times.sum(stages.stream().map(stage -> stage.stats.hitTimes)),
                        StageStats.Times.sum(stages.stream().map(stage -> stage.stats.missTimes)));
    }
}

package io.partflow.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.processor.ProcessorDescriptor.Kind;
import io.partflow.engine.processor.ProcessorDescriptor.Work;
import io.partflow.engine.stream.MemorySnapshot;
import io.partflow.engine.stream.StreamClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RunBalanceTest {
    @Test
    void completedRun_addsUp() throws Exception {
        assertThat(RunSnapshot.Balance.errors(ended(), Set.of())).isEmpty();
    }

    @Test
    void partsLeftInFlightAndOnAWire_areNamed() throws Exception {
        RunSnapshot end = ended();
        WireSnapshot wire = end.wires().getFirst();
        List<WireSnapshot> wires = new ArrayList<>(end.wires());
        wires.set(0, new WireSnapshot(wire.from(), wire.to(), wire.parts(), 2, 10, 5, 3, 9, 0, 0));

        List<String> errors = RunSnapshot.Balance.errors(with(end, wires, new MemorySnapshot(100, 7, 50)), Set.of());

        assertThat(errors).hasSize(2);
        assertThat(errors.getFirst()).contains("7 bytes");
        assertThat(errors.getLast()).contains("2 parts").contains(wire.from());
    }

    @Test
    void nodeThatTookMoreThanArrived_isNamed() throws Exception {
        RunSnapshot end = ended();

        List<String> errors = RunSnapshot.Balance.errors(with(end, List.of(), end.memory()), Set.of());

        assertThat(errors).hasSize(2).allSatisfy(error -> assertThat(error).contains("took 3 parts where 0 arrived"));
    }

    private static RunSnapshot ended() throws InterruptedException {
        RunPlan plan = Plans.plan(List.of(
                Plans.source(List.of("a", "b", "a")),
                Plans.stage(
                        "work",
                        Kind.PART,
                        Work.BLOCKING,
                        () -> Plans.processor((part, context) -> context.emit(part)),
                        CacheSettings.DEFAULT),
                Plans.sink()));
        try (Run run = Run.start(plan, new CacheRoom(StreamClock.system()), RunOptions.DEFAULT)) {
            return run.await();
        }
    }

    private static RunSnapshot with(RunSnapshot end, List<WireSnapshot> wires, MemorySnapshot memory) {
        return new RunSnapshot(
                end.runId(),
                end.pipeline(),
                end.status(),
                end.startedAt(),
                end.elapsedNanos(),
                end.nodes(),
                wires,
                memory,
                end.cache(),
                end.savings(),
                end.partsIn(),
                end.partsOut(),
                end.failures(),
                end.recentFailures());
    }
}

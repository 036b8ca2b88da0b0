package io.partflow.pipeline.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partflow.engine.content.JsonValue;
import io.partflow.engine.stream.StreamClock;
import io.partflow.pipeline.NodeState;
import io.partflow.pipeline.PipelineGraph;
import io.partflow.pipeline.SampleCatalog;
import io.partflow.pipeline.Wire;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class EditHistoryTest {
    private final HandClock clock = new HandClock();
    private final EditHistory history = new EditHistory(SampleCatalog.sound(), clock);

    /// A clock that stands still until it is moved.
    static final class HandClock implements StreamClock {
        long nanos;

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochSecond(0, nanos);
        }

        @Override
        public void sleep(long nanos) {
            throw new AssertionError("nobody waits here");
        }
    }

    @Test
    void aStep_canBeUndoneAndRedone_byName() {
        history.execute(new MoveNodes(Set.of("lines", "split", "show"), 8, 16));

        assertThat(history.undoTitle()).contains("move 3 nodes");
        assertThat(history.graph().node("split").orElseThrow().layout().y()).isEqualTo(16);
        assertThat(history.undo()).isTrue();
        assertThat(history.graph()).isEqualTo(SampleCatalog.sound());
        assertThat(history.redoTitle()).contains("move 3 nodes");
        assertThat(history.redo()).isTrue();
        assertThat(history.graph().node("split").orElseThrow().layout().x()).isEqualTo(8);
        assertThat(history.redo()).isFalse();
    }

    @Test
    void whatChangesNothing_leavesNoStep() {
        List<EditCommand> nothing = List.of(
                new MoveNodes(Set.of("lines"), 0, 0),
                new MoveNodes(Set.of("ghost"), 5, 5),
                new AddWire(Wire.of("lines", "out", "split", "in")),
                new AddWire(Wire.of("split", "out", "lines", "in")),
                new AddWire(Wire.of("lines", "out", "ghost", "in")),
                new AddNode(SampleCatalog.node("split", "sink.viewer")),
                new RemoveNodes(Set.of("ghost")),
                new RemoveWires(Set.of(Wire.of("lines", "out", "show", "in"))),
                new SetParam("split", "length", null),
                new SetTitle("split", "  "),
                new SetNodeState(Set.of("split"), NodeState.NORMAL),
                new SetSettings(SampleCatalog.sound().settings()),
                new RenamePipeline("sound"),
                new Compound(
                        "there and back",
                        List.of(new MoveNodes(Set.of("lines"), 8, 8), new MoveNodes(Set.of("lines"), -8, -8))));

        for (EditCommand command : nothing) {
            assertThat(history.execute(command)).as(command.title()).isFalse();
        }
        assertThat(history.canUndo()).isFalse();
        assertThat(history.revision()).isZero();
    }

    @Test
    void removingANode_takesItsWires_andUndoBringsThemBack() {
        history.execute(new RemoveNodes(Set.of("split")));

        assertThat(history.graph().wires()).isEmpty();
        assertThat(history.graph().nodes()).hasSize(2);
        history.undo();
        assertThat(history.graph()).isEqualTo(SampleCatalog.sound());
    }

    @Test
    void aBurstOnOneParameter_isOneStep_untilHalfASecondPasses() {
        history.execute(new SetParam("split", "length", JsonValue.of(1)));
        clock.nanos += EditHistory.MERGE_NANOS;
        history.execute(new SetParam("split", "length", JsonValue.of(12)));
        clock.nanos += EditHistory.MERGE_NANOS;
        history.execute(new SetParam("split", "length", JsonValue.of(120)));
        clock.nanos += EditHistory.MERGE_NANOS + 1;
        history.execute(new SetParam("split", "length", JsonValue.of(5)));

        history.undo();
        assertThat(history.graph().node("split").orElseThrow().params().get("length"))
                .isEqualTo(JsonValue.of(120));
        history.undo();
        assertThat(history.graph()).isEqualTo(SampleCatalog.sound());
        assertThat(history.canUndo()).isFalse();
    }

    @Test
    void aBurstThatEndsWhereItBegan_leavesNoStep() {
        history.execute(new SetParam("split", "length", JsonValue.of(1)));
        history.execute(new SetParam("split", "length", null));

        assertThat(history.canUndo()).isFalse();
        assertThat(history.isDirty()).isFalse();
    }

    @Test
    void aBurst_doesNotSwallowWhatWasSaved() {
        history.execute(new SetParam("split", "length", JsonValue.of(1)));
        history.markSaved(history.revision());
        history.execute(new SetParam("split", "length", JsonValue.of(12)));

        assertThat(history.isDirty()).isTrue();
        history.undo();
        assertThat(history.isDirty()).isFalse();
    }

    @Test
    void dirty_isWhetherTheRevisionDiffersFromTheSavedOne() {
        assertThat(history.isDirty()).isFalse();
        history.execute(new RenamePipeline("a"));
        long saved = history.revision();
        history.markSaved(saved);
        history.execute(new RenamePipeline("b"));
        assertThat(history.isDirty()).isTrue();
        history.undo();
        assertThat(history.isDirty()).isFalse();
        history.undo();
        assertThat(history.isDirty()).isTrue();
        history.execute(new RenamePipeline("a"));
        assertThat(history.isDirty())
                .as("equal, but not the revision that was saved")
                .isTrue();
        assertThat(history.revision()).isGreaterThan(saved);
        history.markUnsaved();
        assertThat(history.isDirty()).isTrue();
    }

    @Test
    void anEditInsideAnEdit_isRefused() {
        AtomicReference<EditHistory> self = new AtomicReference<>();
        AtomicInteger calls = new AtomicInteger();
        EditHistory nosy = new EditHistory(SampleCatalog.sound(), clock, () -> {
            if (calls.incrementAndGet() == 1) {
                self.get().execute(new RenamePipeline("again"));
            }
        });
        self.set(nosy);

        assertThatThrownBy(() -> nosy.execute(new RenamePipeline("once")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("being edited");
        assertThat(nosy.graph().name()).isEqualTo("once");
        assertThat(nosy.undo()).isTrue();
    }

    @Test
    void randomEdits_undoneAll_giveTheOriginal_andRedoneAll_giveTheResult() {
        for (long seed = 1; seed <= 200; seed++) {
            PipelineGraph original = SampleCatalog.sound();
            EditHistory each = new EditHistory(original, clock);
            RandomEdits edits = new RandomEdits(seed);
            for (int step = 0; step < 60; step++) {
                PipelineGraph before = each.graph();
                long revision = each.revision();
                boolean changed = each.execute(edits.next(before));
                assertThat(changed).as("seed %d", seed).isEqualTo(!each.graph().equals(before));
                assertThat(each.revision() > revision).as("seed %d", seed).isEqualTo(changed);
                clock.nanos += EditHistory.MERGE_NANOS + 1;
            }
            PipelineGraph result = each.graph();
            long revision = each.revision();
            while (each.undo()) {
                assertThat(each.canRedo()).isTrue();
            }
            assertThat(each.graph()).as("seed %d", seed).isEqualTo(original);
            assertThat(each.isDirty()).as("seed %d", seed).isFalse();
            while (each.redo()) {
                assertThat(each.canUndo()).isTrue();
            }
            assertThat(each.graph()).as("seed %d", seed).isEqualTo(result);
            assertThat(each.revision()).as("seed %d", seed).isEqualTo(revision);
            var document = new io.partflow.pipeline.PipelineDocument(SampleCatalog.CATALOG);
            PipelineGraph plain = document.withoutDefaults(result);
            assertThat(document.parse(document.write(result)).graph())
                    .as("seed %d", seed)
                    .isEqualTo(plain);
        }
    }

    @Test
    void autoLayout_putsEveryWireFromLeftToRight_andTwiceIsOnce() {
        for (long seed = 1; seed <= 50; seed++) {
            PipelineGraph graph = SampleCatalog.sound();
            RandomEdits edits = new RandomEdits(seed);
            for (int step = 0; step < 60; step++) {
                graph = edits.next(graph).apply(graph);
            }
            PipelineGraph laid = AutoLayout.of(graph).apply(graph);
            for (Wire wire : laid.wires()) {
                assertThat(laid.node(wire.to().node()).orElseThrow().layout().x())
                        .as("seed %d, %s", seed, wire)
                        .isGreaterThan(laid.node(wire.from().node())
                                .orElseThrow()
                                .layout()
                                .x());
            }
            assertThat(laid.nodes().stream()
                            .map(node -> node.layout().x() + "," + node.layout().y()))
                    .as("seed %d: no two in one place", seed)
                    .doesNotHaveDuplicates();
        }
    }
}

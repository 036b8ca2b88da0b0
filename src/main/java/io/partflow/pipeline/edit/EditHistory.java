package io.partflow.pipeline.edit;

import io.partflow.engine.stream.StreamClock;
import io.partflow.pipeline.PipelineGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The graph that is being edited, with every step that led to it.
///
/// Every graph the user has seen has a revision of its own, and later ones have higher revisions; undoing goes back
/// to the revision of
/// that moment. So a document that is undone to what was saved is not dirty. Confined to one thread; a call from
/// inside an edit (from a
/// command or from the change listener) throws, because its outcome would depend on who listens first.
public final class EditHistory {
    /// Two edits of one parameter within this time are one step.
    public static final long MERGE_NANOS = 500_000_000L;

    private record Step(
            EditCommand command, PipelineGraph before, long revisionBefore, PipelineGraph after, long revision) {}

    private final StreamClock clock;
    private final Runnable onChange;
    private final List<Step> done = new ArrayList<>();
    private final List<Step> undone = new ArrayList<>();
    private PipelineGraph graph;
    private long revision;
    private long lastRevision;
    private long savedRevision;
    private long lastEditNanos;
    private boolean editing;

    public EditHistory(PipelineGraph graph, StreamClock clock) {
        this(graph, clock, () -> {});
    }

    /// @param graph where it starts, taken as saved
    /// @param onChange called after every change of the graph or of the saved state, on the same thread
    public EditHistory(PipelineGraph graph, StreamClock clock, Runnable onChange) {
        this.graph = graph;
        this.clock = clock;
        this.onChange = onChange;
    }

    public PipelineGraph graph() {
        return graph;
    }

    /// Does a command and makes it a step; what had been undone can no longer be redone.
    ///
    /// @return whether the graph changed; otherwise there is no step
    /// @throws IllegalStateException when called from inside an edit
    public boolean execute(EditCommand command) {
        PipelineGraph before = graph;
        PipelineGraph after = guarded(() -> command.apply(before));
        if (after.equals(before)) {
            return false;
        }
        long now = clock.nanos();
        Step last = done.isEmpty() ? null : done.getLast();
        boolean merges = last != null
                && undone.isEmpty()
                && now - lastEditNanos <= MERGE_NANOS
                && revision != savedRevision
                && isSameParameter(last.command(), command);
        undone.clear();
        lastRevision++;
        if (merges && last != null) {
            done.removeLast();
            if (after.equals(last.before())) {
                moveTo(after, last.revisionBefore());
                lastEditNanos = now;
                announce();
                return true;
            }
            done.add(new Step(command, last.before(), last.revisionBefore(), after, lastRevision));
        } else {
            done.add(new Step(command, before, revision, after, lastRevision));
        }
        lastEditNanos = now;
        moveTo(after, lastRevision);
        announce();
        return true;
    }

    private static boolean isSameParameter(EditCommand a, EditCommand b) {
        return a instanceof SetParam first
                && b instanceof SetParam second
                && first.node().equals(second.node())
                && first.name().equals(second.name());
    }

    /// Takes the last step back.
    ///
    /// @return whether there was one
    public boolean undo() {
        guarded(() -> graph);
        if (done.isEmpty()) {
            return false;
        }
        Step step = done.removeLast();
        undone.add(step);
        moveTo(step.before(), step.revisionBefore());
        announce();
        return true;
    }

    /// Does the step again that was undone last.
    ///
    /// @return whether there was one
    public boolean redo() {
        guarded(() -> graph);
        if (undone.isEmpty()) {
            return false;
        }
        Step step = undone.removeLast();
        done.add(step);
        moveTo(step.after(), step.revision());
        announce();
        return true;
    }

    public boolean canUndo() {
        return !done.isEmpty();
    }

    public boolean canRedo() {
        return !undone.isEmpty();
    }

    /// What undo would take back, such as "move 3 nodes".
    public Optional<String> undoTitle() {
        return done.isEmpty()
                ? Optional.empty()
                : Optional.of(done.getLast().command().title());
    }

    /// What redo would do again.
    public Optional<String> redoTitle() {
        return undone.isEmpty()
                ? Optional.empty()
                : Optional.of(undone.getLast().command().title());
    }

    /// The number of the graph as it is now; 0 for the first, and a new, higher one for every step.
    public long revision() {
        return revision;
    }

    /// The revision that the file holds; -1 when it holds none of them.
    public long savedRevision() {
        return savedRevision;
    }

    /// Whether the graph differs from what was saved.
    public boolean isDirty() {
        return revision != savedRevision;
    }

    /// Notes that the file now holds a revision: the one that was written, which need no longer be the current one.
    public void markSaved(long writtenRevision) {
        savedRevision = writtenRevision;
        announce();
    }

    /// Notes that the current graph is in no file, as after restoring work or opening a sample to change it.
    public void markUnsaved() {
        savedRevision = -1;
        announce();
    }

    private void moveTo(PipelineGraph other, long itsRevision) {
        graph = other;
        revision = itsRevision;
    }

    private void announce() {
        guarded(() -> {
            onChange.run();
            return graph;
        });
    }

    private PipelineGraph guarded(Supplier<PipelineGraph> work) {
        if (editing) {
            throw new IllegalStateException("the pipeline is being edited; edit it again after this edit has ended");
        }
        editing = true;
        try {
            return work.get();
        } finally {
            editing = false;
        }
    }
}

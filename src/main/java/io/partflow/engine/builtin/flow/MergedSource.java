package io.partflow.engine.builtin.flow;

import io.partflow.engine.content.Origin;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.Substream;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PromptSnapshot;
import io.partflow.engine.processor.SourceContext;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.stream.StreamClock;

/// The context of a source within a stage: it keeps the run's pace and waits for room as one of its own does, but its
/// parts carry the stage's origin, and it cannot be sent to another moment. Confined to the source's thread.
final class MergedSource implements SourceContext {
    private final PartContext stage;
    private final Door door;
    private boolean hasTurn;
    private boolean hasRoom;

    /// @param stage where parts go, for this thread
    MergedSource(PartContext stage) {
        this.stage = stage;
        this.door = stage.door();
    }

    @Override
    public void emit(Part part) throws InterruptedException {
        if (!hasTurn) {
            door.awaitTurn();
        }
        if (!hasRoom) {
            door.awaitRoom(part.sizeBytes());
        }
        hasTurn = false;
        hasRoom = false;
        stage.emit(part);
    }

    @Override
    public void emit(Part part, Origin origin) throws InterruptedException {
        emit(part);
    }

    @Override
    public void admit(long bytes) throws InterruptedException {
        door.awaitRoom(bytes);
        hasRoom = true;
    }

    @Override
    public void awaitMoment(double atMillis) throws InterruptedException {
        door.awaitMoment(atMillis);
        hasTurn = true;
    }

    @Override
    public void warn(Failure warning) {
        door.warn(warning);
    }

    @Override
    public long maxFileBytes() {
        return door.maxFileBytes();
    }

    @Override
    public Door door() {
        return door;
    }

    @Override
    public StreamClock clock() {
        return stage.clock();
    }

    @Override
    public Substream.Reserved reserved() {
        return stage.reserved();
    }

    @Override
    public void spend(Usage usage) {
        stage.spend(usage);
    }

    @Override
    public void fail(Failure failure) throws InterruptedException {
        stage.fail(failure);
    }

    @Override
    public void report(PromptSnapshot prompt) {
        stage.report(prompt);
    }
}

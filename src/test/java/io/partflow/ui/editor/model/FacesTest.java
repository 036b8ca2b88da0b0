package io.partflow.ui.editor.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.cache.SavingsSnapshot;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.run.NodeSnapshot;
import io.partflow.engine.run.RunFailure;
import io.partflow.engine.run.RunSnapshot;
import io.partflow.engine.run.RunStatus;
import io.partflow.engine.run.StageState;
import io.partflow.engine.stream.MemorySnapshot;
import io.partflow.pipeline.PipelineNode;
import io.partflow.ui.editor.model.NodeFace.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FacesTest {
    private static NodeFace ended(long partsOut, long failures) {
        NodeSnapshot files = new NodeSnapshot(
                "files",
                "source.files",
                1,
                StageState.DONE,
                0,
                partsOut,
                0,
                failures,
                1,
                0,
                0,
                null,
                null,
                SavingsSnapshot.NONE,
                null,
                null);
        RunSnapshot run = new RunSnapshot(
                "run-1",
                "files",
                RunStatus.COMPLETED,
                Instant.EPOCH,
                1,
                List.of(files),
                List.of(),
                new MemorySnapshot(1, 0, 0),
                EditorFixtures.cache(0, 0, 0),
                SavingsSnapshot.NONE,
                partsOut,
                partsOut,
                failures,
                failures == 0
                        ? List.of()
                        : List.of(new RunFailure(
                                "files",
                                RunFailure.Severity.ERROR,
                                Failure.of("FILE_EMPTY", "x.txt is empty.", "Choose another."),
                                1)));
        PipelineNode node = EditorFixtures.node("files", "source.files", 0, 0);
        return Faces.inRun(node, Optional.of(EditorFixtures.descriptor("source.files")), null, files, run, 1, 0);
    }

    @Test
    void nodeOfWhichEverythingFailed_hasFailed() {
        NodeFace face = ended(0, 3);

        assertThat(face.state()).isEqualTo(State.FAILED);
        assertThat(face.rate()).isEqualTo("FILE_EMPTY");
        assertThat(face.spoken()).isEqualTo("Failed, 3 failures");
    }

    @Test
    void nodeOfWhichSomeFailed_isNoPlainSuccess() {
        NodeFace face = ended(5, 3);

        assertThat(face.state()).isEqualTo(State.PARTLY);
        assertThat(face.state().tone()).isEqualTo(NodeFace.Tone.WARNING);
        assertThat(face.spoken()).isEqualTo("Partly failed, 3 failures");
    }

    @Test
    void nodeWithoutFailures_isDone() {
        assertThat(ended(5, 0).state()).isEqualTo(State.DONE);
        assertThat(ended(0, 0).state()).isEqualTo(State.DONE);
    }
}

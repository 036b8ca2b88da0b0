package io.partflow.ui.inspect.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.cache.SavingsSnapshot;
import io.partflow.engine.run.NodeSnapshot;
import io.partflow.engine.run.StageState;
import io.partflow.pipeline.NodeState;
import io.partflow.ui.support.Messages;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NodeStateMarkTest {
    private static NodeSnapshot snapshot(StageState state) {
        return new NodeSnapshot(
                "n", "text.split", 1, state, 31, 31, 0, 0, 1, 0, 0, null, null, SavingsSnapshot.NONE, null, null);
    }

    @ParameterizedTest
    @EnumSource
    void everyState_isCalledAsOnTheCanvas(StageState state) {
        String onTheCard = Messages.text("editor.state." + state.name().toLowerCase(Locale.ROOT));

        assertThat(NodeStateMark.of(NodeState.NORMAL, snapshot(state)).word()).isEqualTo(onTheCard);
    }
}

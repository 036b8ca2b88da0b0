package io.partflow.ui.inspect.node;

import io.partflow.engine.run.NodeSnapshot;
import io.partflow.engine.run.StageState;
import io.partflow.pipeline.NodeState;
import io.partflow.ui.support.Messages;
import org.jspecify.annotations.Nullable;

/// How a node's state is shown: a word, an icon and a colour, so that none of the three is needed alone.
///
/// @param icon a name of [io.partflow.ui.support.Icons]
/// @param tone a prefix of the style classes `-text` and `-icon`; empty for muted
record NodeStateMark(String word, String icon, String tone) {
    static NodeStateMark of(NodeState set, @Nullable NodeSnapshot running) {
        if (running == null) {
            return switch (set) {
                case NORMAL -> mark("idle", "circle", "");
                case BYPASS -> mark("bypassed", "corner-down-right", "");
                case MUTE -> mark("muted", "slash", "");
            };
        }
        if (running.state() == StageState.DONE && running.failures() > 0) {
            return running.partsOut() == 0 ? of(StageState.FAILED) : mark("partly", "alert-triangle", "warning");
        }
        return of(running.state());
    }

    private static NodeStateMark of(StageState state) {
        return switch (state) {
            case IDLE -> mark("idle", "circle", "");
            case RUNNING -> mark("running", "playf", "success");
            case WAITING -> mark("waiting", "clock", "");
            case BLOCKED -> mark("blocked", "blocked", "warning");
            case PAUSED -> mark("paused", "pausef", "");
            case CANCELLED -> mark("cancelled", "square", "");
            case DONE -> mark("done", "check", "success");
            case FAILED -> mark("failed", "x", "danger");
            case BYPASSED -> mark("bypassed", "corner-down-right", "");
            case MUTED -> mark("muted", "slash", "");
        };
    }

    private static NodeStateMark mark(String key, String icon, String tone) {
        return new NodeStateMark(Messages.text("inspect.state." + key), icon, tone);
    }
}

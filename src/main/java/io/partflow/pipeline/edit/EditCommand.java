package io.partflow.pipeline.edit;

import io.partflow.pipeline.PipelineGraph;

/// One change of a pipeline that a user can name, do and undo. Immutable; a function of the graph alone.
///
/// To add an edit: its file, and its name in `permits`.
public sealed interface EditCommand
        permits AddNode,
                AddNodeWithWire,
                AddWire,
                ArrangeNodes,
                Compound,
                MoveNodes,
                RemoveNodes,
                RemoveWires,
                RenamePipeline,
                ReplaceGraph,
                SetCache,
                SetConcurrency,
                SetInput,
                SetNodeState,
                SetParam,
                SetSettings,
                SetTitle {
    /// The graph after the change; the very same graph when there is nothing to change or what it speaks of is not
    /// there.
    PipelineGraph apply(PipelineGraph graph);

    /// What it does, to read after "Undo: ": lower case, no full stop, such as "move 3 nodes".
    String title();
}

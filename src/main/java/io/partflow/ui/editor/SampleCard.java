package io.partflow.ui.editor;

import io.partflow.pipeline.PipelineGraph;

/// A sample as palette and empty canvas offer it. Immutable.
///
/// @param id how the application knows it, such as its file name
/// @param icon a name of [io.partflow.ui.support.Icons]
/// @param line what to expect, a few words
/// @param summary what to expect, one or two sentences
/// @param duration how long it runs, in words such as "60 s, offline"
/// @param graph what it looks like
public record SampleCard(
        String id, String title, String icon, String line, String summary, String duration, PipelineGraph graph) {}

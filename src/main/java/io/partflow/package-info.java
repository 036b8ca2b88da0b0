/// Partflow Workbench: streaming pipelines over text, images and audio, and the caches that make them cheap.
///
/// The rooms, from the top: `app` and `cli`; `ui`; `pipeline`; `engine`. Each may use the rooms below it, never one
/// above; there are no cycles, and `engine` and `pipeline` know no JavaFX. The architecture test holds this; a class
/// that needs an exception says so with [CrossesRooms]. Any room may depend on this package, which depends on none.
///
/// Read first: `engine.content.Part`, `engine.processor.Processor`, `pipeline.PipelineGraph`.
@NullMarked
package io.partflow;

import org.jspecify.annotations.NullMarked;

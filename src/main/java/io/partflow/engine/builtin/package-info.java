/// The processors that ship, one file each, and the list that registers them.
///
/// Read first: [BuiltinProcessors], then any one processor, such as `text.TextSplit`: its descriptor stands
/// at the top, its settings are a nested record, its work is the one method below. To add a processor,
/// write such a file and add its `ENTRY` to the list.
///
/// Threads: part processors are thread-safe, everything else is confined to its stage. Depends on the
/// engine's rooms below and knows nothing of pipelines or views.
@NullMarked
package io.partflow.engine.builtin;

import org.jspecify.annotations.NullMarked;

/// What a run leaves behind: recordings of its parts (`*.parts.jsonl`), written as it goes and read back for replay
/// and study.
///
/// Read first: [StreamRecording], [RecordingReader], [RecordedLine]. Writers are thread-safe, a reader is
/// confined to one thread, lines and
/// headers are immutable. Depends on `engine.cache` and the rows below it.
///
/// Invariants: whatever moment a process is killed at, all lines written before are whole; memory does not grow
/// with a recording's length; no
/// recording makes its reader open a file outside its own folder.
@NullMarked
package io.partflow.engine.trace;

import org.jspecify.annotations.NullMarked;

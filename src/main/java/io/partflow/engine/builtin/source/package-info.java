/// Sources: where parts come from. Files and folders, typed text, recordings.
///
/// Read first: [FilesSource], [RecordingSource]; [FileListing] finds files, [MediaTypes] says what they
/// are, [TextReading] reads long text in pieces. Sources are confined to their stage's thread. Depends on
/// `engine.content`, `engine.processor`, `engine.trace` and Apache Tika's table of file types.
///
/// Invariants: a bad file is told and never stops the next; nothing is read before it is admitted to the
/// memory budget.
@NullMarked
package io.partflow.engine.builtin.source;

import org.jspecify.annotations.NullMarked;

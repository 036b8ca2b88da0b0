/// Changing a pipeline: commands with a name, their history, and the journal that survives a crash.
///
/// Read first: [EditCommand], [EditHistory], [RecoveryJournal]. Commands are immutable. A history is confined to
/// one thread, that of the
/// interface; a journal is thread-safe and writes on a thread of its own. Depends on `pipeline`.
///
/// Invariants: a command that would change nothing leaves no trace; undoing all steps gives the very graph that was
/// there before; the
/// user's own file changes only when the user saves.
@NullMarked
package io.partflow.pipeline.edit;

import org.jspecify.annotations.NullMarked;

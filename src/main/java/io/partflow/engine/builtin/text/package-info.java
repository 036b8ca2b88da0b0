/// Processors that work on text: splitting it and summing it up.
///
/// Read first: [TextSplit], [TextSummary]. All are immutable or thread-safe. Depends on `engine.content`, whose
/// `text` finds and ranks sentences for both, and `engine.processor`.
///
/// Invariant: nothing here cuts a character in two.
@NullMarked
package io.partflow.engine.builtin.text;

import org.jspecify.annotations.NullMarked;

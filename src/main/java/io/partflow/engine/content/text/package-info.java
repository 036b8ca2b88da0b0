/// What can be said of a text without a model: its paragraphs, its sentences, and which of them stand for the rest.
///
/// Read first: [Sentences], [LexRank]. All are immutable or thread-safe. Depends on nothing. It lies this low so
/// that prompts and processors can both use it.
///
/// Invariants: nothing here cuts a character in two; equal text gives equal sentences and an equal choice.
@NullMarked
package io.partflow.engine.content.text;

import org.jspecify.annotations.NullMarked;

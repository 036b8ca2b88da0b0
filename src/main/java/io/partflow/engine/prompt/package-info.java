/// What a conversation becomes when it must stay short: the rolling prompt, what its policy keeps, drops and
/// summarises, and what it weighs in
/// tokens.
///
/// Read first: [RollingPrompt], [HistoryPolicy], [CompressingHistory]. A prompt with its history is confined to the
/// thread of its stage;
/// policies, summarizers and token counters are immutable or thread-safe and may be shared. Depends on
/// `engine.content` and
/// `engine.processor`.
///
/// Invariant: a prompt's memory is bounded by its policy, however long it is added to.
@NullMarked
package io.partflow.engine.prompt;

import org.jspecify.annotations.NullMarked;

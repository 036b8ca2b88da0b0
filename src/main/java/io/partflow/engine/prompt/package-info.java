/// What a conversation becomes when it must stay short: the rolling prompt, what its policy keeps, drops and
/// summarises, what it weighs in tokens, and the window that slides over it.
///
/// Read first: [RollingPrompt], [HistoryPolicy], [CompressingHistory], [Window]. A prompt with its history
/// is confined to one thread, the streams it hands out are for any; policies, summarizers and token
/// counters are immutable or thread-safe and may be shared. Depends on `engine.content`, `engine.stream`
/// and `engine.processor`.
///
/// Invariant: a prompt's memory is bounded by its policy, however long it is added to.
@NullMarked
package io.partflow.engine.prompt;

import org.jspecify.annotations.NullMarked;

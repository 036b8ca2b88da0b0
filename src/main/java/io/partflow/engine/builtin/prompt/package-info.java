/// Processors that keep a conversation short.
///
/// Read first: [RollingPromptStage]. Confined to its stage's thread. Depends on `engine.content`,
/// `engine.processor` and `engine.prompt`, where the work is done.
@NullMarked
package io.partflow.engine.builtin.prompt;

import org.jspecify.annotations.NullMarked;

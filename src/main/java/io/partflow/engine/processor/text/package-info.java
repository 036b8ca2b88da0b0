/// Processors that search text where it may be cut into parts anywhere.
///
/// Read first: [MatchRule], [TextMatch]. Rules are immutable; a processor is confined to its stage's
/// thread. Depends on the room `engine.processor` and what that may use.
@NullMarked
package io.partflow.engine.processor.text;

import org.jspecify.annotations.NullMarked;

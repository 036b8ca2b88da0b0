/// Parts made visible
///
/// Read first: [ text, JSON, pictures, sound, bytes.:PartPreview], [PartViewer]. FX thread. May depend on
/// `ui.support`, `pipeline` and `engine`.
@NullMarked
package io.partflow.ui.inspect.part;

import org.jspecify.annotations.NullMarked;

/// The characters of JSON text in ASCII, many at a time.
///
/// Read first: [io.partflow.engine.content.ascii.EscapedText]. Each object is a buffer, confined to one thread at a
/// time. Depends on nothing.
@NullMarked
package io.partflow.engine.content.ascii;

import org.jspecify.annotations.NullMarked;

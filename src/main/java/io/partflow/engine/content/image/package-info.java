/// What an image looks like, in few bits: for keys, for scene changes, for anything that asks whether two pictures
/// are the same to the eye.
///
/// Read first: [ImageSignature], [ImageLooks], [AlikePictures]. A signature is a value; the others are
/// thread-safe. Depends on `engine.content` and the Java image readers; opens no window. It lies this low
/// so that key functions of the cache, prompts and processors can all use it.
///
/// Invariants: the size is known before pixels are decoded; equal pixels have equal signatures on every machine.
@NullMarked
package io.partflow.engine.content.image;

import org.jspecify.annotations.NullMarked;

/// Processors that work on images.
///
/// Read first: [ImageFacts]; [ImageReading] decodes within limits, [PixelGrid] holds and shrinks pixels,
/// [DominantColours] finds colours. All are immutable or thread-safe. Depends on `engine.content`,
/// `engine.processor` and the Java image readers; opens no window.
///
/// Invariants: size is known before pixels are decoded; decoding ends within 200 ms of an interrupt.
@NullMarked
package io.partflow.engine.builtin.image;

import org.jspecify.annotations.NullMarked;

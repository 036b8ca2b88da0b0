/// Processors that work on sound.
///
/// Read first: [AudioFacts], [AudioSegments]; [WavAudio] reads and writes WAV, [SpeechFinder] finds where
/// somebody speaks. All are immutable or thread-safe. Depends on `engine.content` and `engine.processor`.
///
/// Invariant: samples are read in place and written as they were read, so a segment equals its stretch of
/// the original bit by bit.
@NullMarked
package io.partflow.engine.builtin.audio;

import org.jspecify.annotations.NullMarked;

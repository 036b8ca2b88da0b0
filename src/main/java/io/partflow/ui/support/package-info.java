/// What every view shares: theme, fonts, icons, port glyphs, words, formats, and the one clock that samples a
/// run.
///
/// Read first: [io.partflow.ui.support.Theme] (colours and styles of a scene), `SnapshotPump` (how numbers
/// reach the screen) and [io.partflow.ui.support.Formats] (how they are written).
///
/// Threads: everything here belongs to the FX thread unless its own documentation says otherwise; `Formats`,
/// `Messages` and `ThemeColors` are immutable and free of threads.
///
/// May depend on `pipeline` and `engine`, and on no other room of `ui`.
@NullMarked
package io.partflow.ui.support;

import org.jspecify.annotations.NullMarked;

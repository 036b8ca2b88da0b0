/// The composition root: what starts the workbench or a command.
///
/// Read first: [Launcher]. May depend on every other room; none depends on it.
@NullMarked
package io.partflow.app;

import org.jspecify.annotations.NullMarked;

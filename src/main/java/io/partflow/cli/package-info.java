/// The command line: the same engine as the workbench, without a window.
///
/// Read first: [PartflowCommand], [RunCommand], [CommandContext]. A command runs on the thread that calls it
/// and is used once. Depends on `pipeline` and `engine`; a window or a picture is reached only through
/// [WorkbenchStarter] and [PictureDrawer], so that no class of JavaFX is loaded from here.
///
/// Invariants: results go to standard output, everything else to standard error; the exit status is one of
/// [ExitStatus].
@NullMarked
package io.partflow.cli;

import org.jspecify.annotations.NullMarked;

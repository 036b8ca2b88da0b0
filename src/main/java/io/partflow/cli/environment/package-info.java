/// What the program finds around it: the kind of system, its display, its folders, and whether all it needs
/// is there.
///
/// Also what a command ends with: its status, or a refusal with a remedy.
///
/// Read first: [Surroundings], [Folders], [Refusal]. Everything here is immutable. Depends on the plain number
/// formats
/// of `pipeline.report` alone, and loads no class of JavaFX.
@NullMarked
package io.partflow.cli.environment;

import org.jspecify.annotations.NullMarked;

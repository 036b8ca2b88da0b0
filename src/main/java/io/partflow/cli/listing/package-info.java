/// Answers of commands as text, JSON or a page for a manual. Pure functions of the values they print.
///
/// Depends on `pipeline.report` for tables and on the engine for the values.
@NullMarked
package io.partflow.cli.listing;

import org.jspecify.annotations.NullMarked;

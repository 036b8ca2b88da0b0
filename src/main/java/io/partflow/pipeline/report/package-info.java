/// What a run has to say when it is over: the report in its JSON and text forms, and the assertions it is
/// checked against.
///
/// Read first: [RunReport], [ReportJson], [Assertion]. Everything here is immutable or a pure function, so
/// that the command line and the interface show the same numbers. Depends on `engine.run`, `engine.content`
/// and [io.partflow.pipeline.Problem].
///
/// Invariant: every number comes from one [io.partflow.engine.run.RunSnapshot]; null means unknown, never 0.
@NullMarked
package io.partflow.pipeline.report;

import org.jspecify.annotations.NullMarked;

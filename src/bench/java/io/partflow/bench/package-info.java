/// Benchmarks: one class per subject, each with its peer or limit beside it, so that one run gives the ratio.
///
/// Read first: `src/bench/README.md`. Measured by JMH in the Maven profile `bench`, never as a test.
@NullMarked
package io.partflow.bench;

import org.jspecify.annotations.NullMarked;

/// Amounts as a person types them: sizes and spans of time.
///
/// Read first: [ByteSize], [Age]. Pure functions. Depends on nothing.
@NullMarked
package io.partflow.cli.amounts;

import org.jspecify.annotations.NullMarked;

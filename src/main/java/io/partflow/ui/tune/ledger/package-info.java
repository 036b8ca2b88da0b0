/// What a cache has saved and spent, how fast it answers, and which evictions were regretted.
///
/// Read first: [LedgerViewModel], [LedgerView]. FX thread. Depends on `ui.tune.sample`.
///
/// Invariant: what is measured and what is estimated never share a number.
@NullMarked
package io.partflow.ui.tune.ledger;

import org.jspecify.annotations.NullMarked;

/// What can be looked into: the selected node, a part, a cache entry, the table of entries, the list of problems.
///
/// Read first: [io.partflow.ui.inspect.node.NodeInspector], [io.partflow.ui.inspect.entry.EntryTable] and
/// [io.partflow.ui.inspect.part.PartViewer]. Each view has a view model that knows no scene and is tested without a
/// toolkit.
///
/// Threads: views and view models belong to the FX thread; what reads values (decoding, fetching entries) runs on
/// an executor that is
/// passed in, and comes back through another.
///
/// May depend on `ui.support`, `pipeline` and `engine`. Invariants: documents change only by edit commands handed
/// out; every number comes
/// from a snapshot or from entries fetched off the FX thread; no value is shown whole unasked.
@NullMarked
package io.partflow.ui.inspect;

import org.jspecify.annotations.NullMarked;

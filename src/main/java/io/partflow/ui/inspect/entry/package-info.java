/// The cache's entries as a table, and one of them whole.
///
/// Read first: [EntriesViewModel], [EntryTable]. FX thread. May depend on `ui.support`, `pipeline` and `engine`.
@NullMarked
package io.partflow.ui.inspect.entry;

import org.jspecify.annotations.NullMarked;

/// What the tier in memory is made of, apart from the answers it keeps: the table of its entries, and how they are
/// counted.
///
/// Read first: [KeyedTable]. Many threads read, one at a time writes. Depends on `engine.content` and on
/// `engine.cache.recency`.
@NullMarked
package io.partflow.engine.cache.memory;

import org.jspecify.annotations.NullMarked;

/// Filling caches before they are needed: from files, from a recording, from another store.
///
/// Read first: [Warming]. Every way runs on threads of its own, tells how far it is and can be cancelled;
/// what is kept by then stays. Depends on `pipeline` and `engine.run`, `engine.cache` and below.
@NullMarked
package io.partflow.pipeline.warm;

import org.jspecify.annotations.NullMarked;

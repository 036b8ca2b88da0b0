package io.partflow.engine.stream;

import java.util.concurrent.atomic.AtomicLong;

/// A number on cache lines of its own, so that threads that write to its neighbours do not slow down its
/// readers. Thread-safe.
final class PaddedLong extends AtomicLong {
    private static final long serialVersionUID = 1L;

    // Never read: they keep whatever is allocated next two cache lines away.
    @SuppressWarnings("unused")
    private long p01, p02, p03, p04, p05, p06, p07, p08, p09, p10, p11, p12, p13, p14, p15;
}

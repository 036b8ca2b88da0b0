package io.partflow.engine.cache;

import io.partflow.engine.processor.Failure;
import java.nio.file.Path;
import java.util.List;

/// Keeps the entries of many caches beyond the end of the program, in one file or on another machine. Thread-safe.
///
/// Each cache sees the entries under its own prefix, so that users or tenants with prefixes of their own see nothing
/// of each other.
public interface CacheStore extends AutoCloseable {
    /// Opens stores by the name of their file.
    @FunctionalInterface
    interface Opener {
        /// @throws Unavailable when the store cannot be used; then nothing of it has been changed
        CacheStore open(Path file);
    }

    /// Says why a store cannot be used. Unchecked, because only the place that names the store to its user can do
    /// something about it.
    final class Unavailable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Failure failure;

        public Unavailable(Failure failure, Throwable cause) {
            super(failure.message(), cause);
            this.failure = failure;
        }

        public Unavailable(Failure failure) {
            super(failure.message());
            this.failure = failure;
        }

        public Failure failure() {
            return failure;
        }
    }

    /// The tier of the entries under one prefix. All tiers of one prefix are views of the same entries.
    ///
    /// @param limits for the entries of this prefix
    CacheTier tier(String prefix, CacheTier.Limits limits, EvictionListener listener);

    /// The tier of the entries under one prefix, with a tier in memory above it.
    ///
    /// @param memory is filled by what is put and by what is found below, and owned by the result
    CacheTier below(
            CacheTier memory,
            String prefix,
            CacheTier.Limits limits,
            CacheSettings.Writing writing,
            EvictionListener listener);

    /// What has gone wrong since it was opened, each kind once, in the order it happened first.
    List<Failure> problems();

    /// Waits until everything that was put is where it shall stay.
    void flush();

    @Override
    void close();
}

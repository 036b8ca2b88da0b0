package io.partflow.engine.cache.sqlite;

import io.partflow.engine.cache.CacheKey;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Hits that have been served and are not in the store yet. Thread-safe; noting takes no lock of its own.
final class HitNotes {
    /// What is noted of one key.
    static final class Note {
        private final AtomicLong hits = new AtomicLong();
        private volatile long lastMillis;

        long hits() {
            return hits.get();
        }

        long lastMillis() {
            return lastMillis;
        }
    }

    private final Map<CacheKey, Note> notes = new ConcurrentHashMap<>();
    private volatile Runnable gathering = () -> {};

    /// @param more notes the hits that are still counted elsewhere; called before notes are written
    void gatherWith(Runnable more) {
        gathering = more;
    }

    /// Notes what is counted elsewhere, such as by memory above the store.
    void gather() {
        gathering.run();
    }

    void note(CacheKey key, long hits, long atMillis) {
        // In one step with the removal of a note that has been written.
        notes.compute(key, (same, old) -> {
            Note note = old == null ? new Note() : old;
            note.hits.addAndGet(hits);
            note.lastMillis = Math.max(note.lastMillis, atMillis);
            return note;
        });
    }

    /// Forgets what was noted of a key, because another value is under it or none.
    void forget(CacheKey key) {
        notes.remove(key);
    }

    /// Takes off what has been written.
    void written(CacheKey key, long hits) {
        notes.computeIfPresent(key, (same, note) -> note.hits.addAndGet(-hits) <= 0 ? null : note);
    }

    long hits(CacheKey key) {
        Note note = notes.get(key);
        return note == null ? 0 : note.hits();
    }

    long lastMillis(CacheKey key) {
        Note note = notes.get(key);
        return note == null ? 0 : note.lastMillis();
    }

    boolean isEmpty() {
        return notes.isEmpty();
    }

    int size() {
        return notes.size();
    }

    Map<CacheKey, Note> all() {
        return notes;
    }
}

package io.partflow.engine.content.image;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.partflow.engine.content.Bytes;
import io.partflow.engine.content.ContentHash;
import io.partflow.engine.content.Part;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Remembers pictures, and says of each picture which of those seen before it looks like. Thread-safe.
///
/// A picture belongs to the first-seen one that it differs least from, the earlier of two, as long as they
/// differ by no more than the distance; else it is the first of a new kind. It is compared with first-seen
/// ones alone, never with others of the kind, so that a slow change cannot lead from one picture to
/// another. The same pictures in the same order give the same answers; threads that ask at once are
/// answered in the order in which they come.
///
/// Remembers at most [#MOST_KINDS]; beyond, the kind that was asked for longest ago is forgotten. Bytes
/// that were looked at lately are not decoded again. Takes a few hundred kilobytes at most.
public final class AlikePictures {
    /// The most kinds of pictures that are told apart.
    public static final int MOST_KINDS = 4_096;

    /// The first picture of a kind, and when it was last asked for, counted in questions.
    private static final class Kind {
        final ImageSignature first;
        long asked;

        Kind(ImageSignature first) {
            this.first = first;
        }
    }

    private final int distance;
    private final ImageLooks looks;
    private final Cache<ContentHash, ImageSignature> decoded = Caffeine.newBuilder()
            .maximumSize(MOST_KINDS)
            .executor(Runnable::run)
            .build();
    private final ReentrantLock lock = new ReentrantLock();
    // Both under the lock; in the order in which they were first seen.
    private final List<Kind> kinds = new ArrayList<>();
    private long questions;

    /// @param distance the most by which pictures of a kind differ from its first one, see
    /// [ImageSignature#difference], from 0 to 64
    public AlikePictures(int distance) {
        this(distance, new ImageLooks());
    }

    /// @param distance as above
    /// @param looks decodes the pictures
    public AlikePictures(int distance, ImageLooks looks) {
        if (distance < 0 || distance > ImageSignature.BITS) {
            throw new IllegalArgumentException(
                    "image distance is " + distance + "; it must be from 0 to " + ImageSignature.BITS);
        }
        this.distance = distance;
        this.looks = looks;
    }

    /// The first-seen picture that this one looks like, its own signature where it is the first of its
    /// kind; null where the part holds no image that can be decoded.
    public @Nullable ImageSignature firstSeen(Part image) {
        Bytes bytes = image.bytes();
        ContentHash hash = ContentHash.of(bytes);
        ImageSignature signature = decoded.getIfPresent(hash);
        if (signature == null) {
            try {
                signature = looks.signature(bytes);
            } catch (IOException e) {
                // Not an image after all: whoever processes the part will say so.
                return null;
            }
            decoded.put(hash, signature);
        }
        return firstSeen(signature);
    }

    /// The first-seen picture that one of this signature looks like, the same signature where it is the
    /// first.
    public ImageSignature firstSeen(ImageSignature signature) {
        lock.lock();
        try {
            questions++;
            Kind nearest = nearest(signature);
            if (nearest == null) {
                if (kinds.size() == MOST_KINDS) {
                    forgetOldest();
                }
                nearest = new Kind(signature);
                kinds.add(nearest);
            }
            nearest.asked = questions;
            return nearest.first;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Kind nearest(ImageSignature signature) {
        Kind nearest = null;
        int least = distance + 1;
        for (Kind kind : kinds) {
            int difference = kind.first.difference(signature);
            if (difference < least) {
                least = difference;
                nearest = kind;
            }
        }
        return nearest;
    }

    private void forgetOldest() {
        int oldest = 0;
        for (int i = 1; i < kinds.size(); i++) {
            if (kinds.get(i).asked < kinds.get(oldest).asked) {
                oldest = i;
            }
        }
        kinds.remove(oldest);
    }

    /// How many kinds of pictures are told apart now.
    public int kinds() {
        lock.lock();
        try {
            return kinds.size();
        } finally {
            lock.unlock();
        }
    }
}

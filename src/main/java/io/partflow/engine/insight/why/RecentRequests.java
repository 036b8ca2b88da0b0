package io.partflow.engine.insight.why;

import io.partflow.engine.content.Part;
import io.partflow.engine.content.TextBody;
import io.partflow.engine.content.image.ImageSignature;
import io.partflow.engine.insight.curve.KeyTable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The last distinct requests that were computed, and where to find those that are like another. Confined to one
/// thread.
final class RecentRequests {
    /*
     * A ring of requests. One table leads from numbers that two like requests share to the latest request with that
     * number: the whole without metadata, the parts in any order, each body, and sixteen bands of the text's sketch.
     * Two texts with half of their stretches in common share a band 99 times of 100, with a third 84. Pictures are
     * compared one by one, which is a population count each.
     *
     * Inputs are held as long as they fit in a number of bytes, the latest first.
     */
    static final int MOST = 16_384;

    private static final long MOST_HELD_BYTES = 8L << 20;
    private static final long MOST_INPUT_BYTES = 256L << 10;
    private static final int MOST_BODIES = 16;
    private static final int MOST_SKETCHED = 1 << 14;
    private static final int BAND_PARTS = TextSketch.bands();

    /// One of them.
    private static final class Slot {
        final long id;
        final long node;
        final RequestPrint print;
        final long[] hashes;

        @Nullable
        List<Part> input;

        long inputBytes;

        Slot(long id, long node, RequestPrint print, long[] hashes) {
            this.id = id;
            this.node = node;
            this.print = print;
            this.hashes = hashes;
        }
    }

    private final Slot[] slots = new Slot[MOST];
    private final KeyTable byId = new KeyTable(1_024);
    private final KeyTable byHash = new KeyTable(1_024);
    // The slots whose inputs are held, the oldest first: in the order in which slots are filled and forgotten.
    private final ArrayDeque<Integer> held = new ArrayDeque<>();
    private final long[] images = new long[MOST];
    private long heldBytes;
    private int next;
    private int count;
    private int imageCount;

    int size() {
        return count;
    }

    /// Remembers a request in place of the oldest; one that is known moves nowhere.
    void add(long id, long node, RequestPrint print, List<Part> input) {
        if (byId.get(id) >= 0) {
            return;
        }
        int at = next;
        next = (next + 1) % MOST;
        forget(at);
        Slot slot = new Slot(id, node, print, hashes(node, print, input));
        slots[at] = slot;
        byId.put(id, at);
        for (long hash : slot.hashes) {
            byHash.put(hash, at);
        }
        images[at] = image(print);
        imageCount += images[at] == 0 ? 0 : 1;
        count++;
        hold(at, slot, input);
    }

    private void hold(int at, Slot slot, List<Part> input) {
        long bytes = 0;
        for (Part part : input) {
            bytes += part.sizeBytes();
        }
        if (bytes > MOST_INPUT_BYTES) {
            return;
        }
        slot.input = List.copyOf(input);
        slot.inputBytes = bytes;
        heldBytes += bytes;
        held.add(at);
        while (heldBytes > MOST_HELD_BYTES) {
            release(slots[held.remove()]);
        }
    }

    private void release(Slot slot) {
        if (slot.input != null) {
            slot.input = null;
            heldBytes -= slot.inputBytes;
        }
    }

    private void forget(int at) {
        Slot old = slots[at];
        if (old == null) {
            return;
        }
        if (old.input != null) {
            release(old);
            // The slot is filled anew at once: its number left behind would let go of the new input instead.
            held.remove();
        }
        int forgotten = byId.remove(old.id);
        for (long hash : old.hashes) {
            if (byHash.get(hash) == at) {
                int gone = byHash.remove(hash);
            }
        }
        imageCount -= images[at] == 0 ? 0 : 1;
        count--;
    }

    private static long image(RequestPrint print) {
        for (PartPrint part : print.parts()) {
            ImageSignature signature = part.signature();
            if (signature != null) {
                return signature.structure() == 0 ? 1 : signature.structure();
            }
        }
        return 0;
    }

    private static long sameParts(long node, RequestPrint print) {
        return PartPrint.mixed(node, print.unordered(), 11);
    }

    private static long sameButMetadata(long node, RequestPrint print) {
        return PartPrint.mixed(node, print.withoutMetadata(), 12);
    }

    private static long[] hashes(long node, RequestPrint print, List<Part> input) {
        int bodies = Math.min(MOST_BODIES, print.parts().size());
        String text = text(input);
        long[] hashes = new long[2 + bodies + (text.isEmpty() ? 0 : BAND_PARTS)];
        hashes[0] = sameParts(node, print);
        hashes[1] = sameButMetadata(node, print);
        for (int i = 0; i < bodies; i++) {
            // The last parts of a prompt are those that tell it from others.
            hashes[2 + i] = PartPrint.mixed(
                    node, print.parts().get(print.parts().size() - 1 - i).body(), 13);
        }
        if (!text.isEmpty()) {
            TextSketch sketch = TextSketch.of(text);
            for (int i = 0; i < BAND_PARTS; i++) {
                hashes[2 + bodies + i] = PartPrint.mixed(node, sketch.band(i), 14);
            }
        }
        return hashes;
    }

    private static String text(List<Part> input) {
        StringBuilder text = new StringBuilder();
        for (Part part : input) {
            if (part.body() instanceof TextBody(String body) && text.length() < MOST_SKETCHED) {
                text.append(body, 0, Math.min(body.length(), MOST_SKETCHED - text.length()));
            }
        }
        return text.toString();
    }

    @Nullable
    RequestPrint print(long id) {
        int at = byId.get(id);
        return at < 0 ? null : slots[at].print;
    }

    List<RequestPrint> prints(long node) {
        List<RequestPrint> prints = new ArrayList<>();
        for (Slot slot : slots) {
            if (slot != null && slot.node == node) {
                prints.add(slot.print);
            }
        }
        return prints;
    }

    @Nullable
    List<Part> input(long id) {
        int at = byId.get(id);
        return at < 0 ? null : slots[at].input;
    }

    /// The latest request of a node with the same parts in another order, or null.
    @Nullable
    RequestPrint reordered(long node, RequestPrint print) {
        return at(byHash.get(sameParts(node, print)));
    }

    /// The latest request of a node that differs in its metadata alone, or null.
    @Nullable
    RequestPrint otherMetadata(long node, RequestPrint print) {
        return at(byHash.get(sameButMetadata(node, print)));
    }

    private @Nullable RequestPrint at(int slot) {
        return slot < 0 ? null : slots[slot].print;
    }

    /// The request of a node most like this one, or null where none shares anything with it.
    @Nullable
    RequestPrint nearest(long node, RequestPrint print, List<Part> input) {
        RequestPrint best = null;
        double similarity = 0;
        Set<Integer> candidates = new HashSet<>();
        for (long hash : hashes(node, print, input)) {
            int at = byHash.get(hash);
            if (at >= 0) {
                candidates.add(at);
            }
        }
        int picture = nearestImage(node, print);
        if (picture >= 0) {
            candidates.add(picture);
        }
        for (int at : candidates) {
            double each = slots[at].print.similarity(print);
            if (each > similarity
                    || (best != null && each == similarity && slots[at].print.atMillis() > best.atMillis())) {
                similarity = each;
                best = slots[at].print;
            }
        }
        return best;
    }

    private int nearestImage(long node, RequestPrint print) {
        long wanted = imageCount == 0 ? 0 : image(print);
        int best = -1;
        int distance = Integer.MAX_VALUE;
        for (int at = 0; wanted != 0 && at < MOST; at++) {
            if (images[at] != 0 && slots[at].node == node) {
                int each = Long.bitCount(images[at] ^ wanted);
                if (each < distance) {
                    distance = each;
                    best = at;
                }
            }
        }
        return best;
    }
}

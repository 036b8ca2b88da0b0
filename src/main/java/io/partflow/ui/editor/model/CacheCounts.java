package io.partflow.ui.editor.model;

import io.partflow.engine.cache.CacheSnapshot;
import io.partflow.ui.editor.model.NodeFace.Count;
import io.partflow.ui.editor.model.NodeFace.Tone;
import io.partflow.ui.support.Messages;
import java.util.ArrayList;
import java.util.List;

/// How the requests of a node's cache ended, in one line of at most [#WIDTH] characters.
///
/// Requests that joined a computation in flight count in the hit ratio beside the line, so they must be in the line:
/// "0 hits, 27 misses" beside 25 % would contradict itself.
final class CacheCounts {
    /// What fits into a node of 160 px; more would be cut with an ellipsis.
    static final int WIDTH = 25;

    private CacheCounts() {}

    static List<Count> of(CacheSnapshot cache) {
        List<Count> full = counts(cache, true, true);
        if (width(full) <= WIDTH) {
            return full;
        }
        List<Count> sign = counts(cache, true, false);
        return width(sign) <= WIDTH ? sign : counts(cache, false, false);
    }

    private static List<Count> counts(CacheSnapshot cache, boolean plurals, boolean words) {
        List<Count> counts = new ArrayList<>();
        counts.add(new Count(
                Messages.text(
                        cache.hits() == 1 || !plurals ? "editor.count.hit" : "editor.count.hits",
                        Faces.shorten(cache.hits())),
                Tone.HIT));
        counts.add(new Count(
                Messages.text(
                        cache.misses() == 1 || !plurals ? "editor.count.miss" : "editor.count.misses",
                        Faces.shorten(cache.misses())),
                Tone.MISS));
        if (cache.coalesced() > 0) {
            counts.add(new Count(
                    Messages.text(
                            words ? "editor.count.joined" : "editor.count.joined-short",
                            Faces.shorten(cache.coalesced())),
                    Tone.COALESCED));
        }
        return counts;
    }

    private static int width(List<Count> counts) {
        return counts.size()
                - 1
                + counts.stream().mapToInt(count -> count.text().length()).sum();
    }
}

package io.partflow.engine.trace;

import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.Outcome;
import io.partflow.engine.content.Part;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The last spans of every node of one run, for whoever looks at them. Thread-safe.
///
/// Off until somebody looks: then a stage pays one volatile read per part. On, each node keeps its last
/// [#SPANS_PER_NODE] spans; older ones go and are counted. It holds no part, only the begin of texts.
public final class SpanRecorder {
    /// How many spans of a node are kept.
    public static final int SPANS_PER_NODE = 512;

    private static final int PREVIEW_CHARACTERS = 80;

    // More than wait in the queues of most runs; a stamp that is overwritten makes one waiting time unknown.
    private static final int STAMPS = 1 << 14;

    /// Whether spans are recorded.
    public enum Watch {
        ON,
        OFF
    }

    /// The last spans of a node.
    ///
    /// @param spans oldest first
    /// @param seen how many there were
    /// @param dropped how many of them went for newer ones
    public record Spans(List<PartSpan> spans, long seen, long dropped) {
        public static final Spans NONE = new Spans(List.of(), 0, 0);

        public Spans {
            spans = List.copyOf(spans);
        }
    }

    private record Stamp(int identity, long nanos) {}

    private final LongSupplier sinceStartNanos;
    private final Map<String, Ring> rings = new ConcurrentHashMap<>();
    private volatile @Nullable AtomicReferenceArray<@Nullable Stamp> stamps;

    /// @param sinceStartNanos the time since the start of the run
    public SpanRecorder(LongSupplier sinceStartNanos) {
        this.sinceStartNanos = sinceStartNanos;
    }

    /// Begins or ends to record. What was recorded stays until recording begins again.
    public void watch(Watch watch) {
        switch (watch) {
            case ON -> {
                if (stamps == null) {
                    rings.clear();
                    stamps = new AtomicReferenceArray<>(STAMPS);
                }
            }
            case OFF -> stamps = null;
        }
    }

    public boolean isOn() {
        return stamps != null;
    }

    /// Notes that a part is offered to queues.
    public void entered(Part part) {
        AtomicReferenceArray<@Nullable Stamp> all = stamps;
        if (all != null) {
            int identity = System.identityHashCode(part);
            all.setPlain(identity & (STAMPS - 1), new Stamp(identity, sinceStartNanos.getAsLong()));
        }
    }

    /// Notes that a node begins with a part.
    ///
    /// @return what is to be told how it goes on; null while nobody looks
    public @Nullable OpenSpan begin(String node, Part part) {
        AtomicReferenceArray<@Nullable Stamp> all = stamps;
        if (all == null) {
            return null;
        }
        int identity = System.identityHashCode(part);
        Stamp stamp = all.getPlain(identity & (STAMPS - 1));
        Long entered = stamp != null && stamp.identity() == identity ? Long.valueOf(stamp.nanos()) : null;
        return new OpenSpan(rings.computeIfAbsent(node, id -> new Ring()), part, entered);
    }

    /// The last spans of a node; none for one that had none.
    public Spans spans(String node) {
        Ring ring = rings.get(node);
        return ring == null ? Spans.NONE : ring.snapshot();
    }

    /// A span that has not ended. Told by one thread at a time.
    public final class OpenSpan {
        private final Ring ring;
        private final Part part;
        private final @Nullable Long entered;
        private final long started = sinceStartNanos.getAsLong();
        private @Nullable Long lookedUp;
        private @Nullable Outcome outcome;
        private @Nullable CacheKey key;
        private @Nullable Long made;
        private int emitted;
        private long emitNanos;

        private OpenSpan(Ring ring, Part part, @Nullable Long entered) {
            this.ring = ring;
            this.part = part;
            this.entered = entered;
        }

        /// The cache has answered, or has said that it cannot; only the first time counts.
        public void lookedUp() {
            if (lookedUp == null) {
                lookedUp = sinceStartNanos.getAsLong();
            }
        }

        /// What the cache is asked for.
        public void keyed(CacheKey asked) {
            key = asked;
        }

        /// How the request to the cache ended.
        public void answered(Outcome how) {
            outcome = how;
        }

        /// The answer of the cache; null without one.
        public @Nullable Outcome outcome() {
            return outcome;
        }

        /// The processor has done its work.
        public void made() {
            made = sinceStartNanos.getAsLong();
        }

        /// A part was passed on.
        ///
        /// @param tookNanos how long that took
        public void emitted(long tookNanos) {
            emitted++;
            emitNanos += tookNanos;
        }

        /// The node is done with the part.
        ///
        /// @param answer how the request to the cache ended; null without one
        public void end(@Nullable Outcome answer, PartSpan.End end) {
            long ended = sinceStartNanos.getAsLong();
            ring.add(number -> new PartSpan(
                    number,
                    part.mimeType(),
                    preview(part),
                    part.sizeBytes(),
                    entered,
                    started,
                    answer == null ? null : lookedUp,
                    answer,
                    key,
                    made,
                    emitted,
                    emitNanos,
                    ended,
                    end));
        }
    }

    private static String preview(Part part) {
        if (!part.isText()) {
            return "";
        }
        String text = part.text();
        int end = Math.min(text.length(), PREVIEW_CHARACTERS);
        if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end).replaceAll("\\s+", " ").strip();
    }

    /// The last spans of one node. Thread-safe.
    private static final class Ring {
        /// Makes a span of its number.
        @FunctionalInterface
        interface Numbered {
            PartSpan of(long number);
        }

        private final ArrayDeque<PartSpan> spans = new ArrayDeque<>();
        private long seen;

        synchronized void add(Numbered span) {
            seen++;
            if (spans.size() == SPANS_PER_NODE) {
                spans.removeFirst();
            }
            spans.addLast(span.of(seen));
        }

        synchronized Spans snapshot() {
            return new Spans(List.copyOf(spans), seen, seen - spans.size());
        }
    }
}

package io.partflow.engine.processor.text;

import io.partflow.engine.content.Part;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartStream;
import io.partflow.engine.processor.Processor;
import java.util.ArrayDeque;
import java.util.regex.Matcher;

/// Finds text in a stream, also across the borders of parts, and gives each match as a part of its own.
public final class TextMatch extends Processor {
    /*
     * Parts wait in a buffer until a match ends in it, until it is clear that none can begin in them, or until they
     * are
     * flushed. Each arriving part leads to at most one match when parts are removed, and the end of the stream to all
     * that are left: so the order of results is that of genai-processors. The buffer is bounded in characters, so the
     * cost of a part is too.
     */
    private static final long BYTES_PER_CHAR = 1024;

    private final MatchRule rule;

    public TextMatch(MatchRule rule) {
        this.rule = rule;
    }

    @Override
    public boolean keepsPace() {
        return false;
    }

    @Override
    protected void process(PartStream input, PartContext context) throws Exception {
        Buffer buffer = new Buffer(context);
        for (Part part = input.next(); part != null; part = input.next()) {
            if (!isReadable(part, context)) {
                continue;
            }
            if (!rule.removes()) {
                context.emit(part);
            }
            buffer.take(part);
        }
        buffer.finish();
    }

    /// Whether the text to be searched is text; tells when it is not, so that one bad part does not end the stream.
    private boolean isReadable(Part part, PartContext context) throws InterruptedException {
        try {
            var unused = rule.searches(part) ? part.text() : "";
            return true;
        } catch (Part.NotUtf8Exception e) {
            context.fail(Failure.of(e));
            return false;
        }
    }

    /// The parts of one stream that wait. Confined to the stage's thread.
    private final class Buffer {
        private final PartContext context;
        private final ArrayDeque<Part> parts = new ArrayDeque<>();
        private final StringBuilder text = new StringBuilder();
        private long bytes;

        Buffer(PartContext context) {
            this.context = context;
        }

        void take(Part part) throws InterruptedException {
            if (rule.flush().test(part)) {
                // What waited to grow longer is complete now, and a text may hold more than the one match that its
                // arrival led to.
                finish();
                add(part);
                releaseAll();
                return;
            }
            add(part);
            if (!rule.mayMatch(text)) {
                releaseBeforeWordStart();
            } else {
                boolean cuts = rule.border() == MatchRule.Border.CUT;
                boolean onlyOne = cuts && rule.mode() != MatchRule.Mode.KEEP_ALL;
                boolean found = extract(cuts);
                while (found && !onlyOne && !parts.isEmpty()) {
                    found = extract(cuts);
                }
            }
            while (text.length() > rule.bufferChars() || bytes > BYTES_PER_CHAR * rule.bufferChars()) {
                releaseFirst();
            }
        }

        void finish() throws InterruptedException {
            boolean found = true;
            while (found && !parts.isEmpty()) {
                found = extract(true);
            }
            releaseAll();
        }

        private void add(Part part) {
            parts.addLast(part);
            bytes += part.sizeBytes();
            if (rule.searches(part)) {
                text.append(part.text());
            }
        }

        private void releaseAll() throws InterruptedException {
            while (!parts.isEmpty()) {
                releaseFirst();
            }
        }

        private void releaseFirst() throws InterruptedException {
            Part first = removeFirst();
            if (rule.searches(first)) {
                text.delete(0, first.text().length());
            }
            if (rule.removes()) {
                context.emit(first);
            }
        }

        /// Lets go of what ends before the last characters, in which a word start may have begun.
        private void releaseBeforeWordStart() throws InterruptedException {
            if (!rule.removes()) {
                return;
            }
            int room = text.length() - rule.wordStart().length();
            int offset = 0;
            while (!parts.isEmpty()) {
                Part first = parts.getFirst();
                if (first.isText()) {
                    offset += first.text().length();
                    if (offset >= room) {
                        return;
                    }
                }
                releaseFirst();
            }
        }

        /// Takes the first match out of the buffer, with all that comes before it.
        private boolean extract(boolean atBorder) throws InterruptedException {
            Matcher matcher = rule.pattern().matcher(text);
            boolean found = matcher.find();
            while (found && matcher.end() == matcher.start()) {
                found = matcher.find();
            }
            if (!found || !atBorder && matcher.hitEnd()) {
                return false;
            }
            cut(matcher.start(), matcher.end(), matcher.group());
            return true;
        }

        private void cut(int start, int end, String match) throws InterruptedException {
            int offset = 0;
            while (!parts.isEmpty()) {
                Part part = removeFirst();
                if (!rule.searches(part)) {
                    pass(part);
                    continue;
                }
                String own = part.text();
                int before = Math.min(own.length(), start - offset);
                if (before > 0) {
                    pass(before == own.length() ? part : part.withText(own.substring(0, before)));
                }
                if (start >= offset && start < offset + own.length()) {
                    Part whole = part.withText(match).withSubstream(rule.substreamOutput());
                    context.emit(rule.transform().apply(whole));
                }
                int after = end - offset;
                if (after < own.length() && rule.mode() != MatchRule.Mode.KEEP_FIRST) {
                    Part rest = after == 0 ? part : part.withText(own.substring(after));
                    parts.addFirst(rest);
                    bytes += rest.sizeBytes();
                    text.delete(0, end);
                    return;
                }
                offset += own.length();
            }
            text.setLength(0);
        }

        private Part removeFirst() {
            Part first = parts.removeFirst();
            bytes -= first.sizeBytes();
            return first;
        }

        private void pass(Part part) throws InterruptedException {
            if (rule.removes()) {
                context.emit(part);
            }
        }
    }
}

package io.partflow.engine.prompt;

import io.partflow.engine.content.Part;
import io.partflow.engine.processor.PromptSnapshot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// The parts of a rolling prompt: summaries first, then the parts that stand as they came, oldest first;
/// with running sums, so that nothing is counted twice.
///
/// Confined to the thread of its prompt. A policy changes it through the methods that drop and summarise.
public final class PromptHistory {
    /*
     * Idea. The parts that stand as they came lie in a ring of references, their weights beside it in rings of
     * numbers: an addition is three stores and no allocation, and dropping or summarising n parts reads n numbers
     * one after the other and no part. A summary is weighed when somebody first asks what the prompt weighs:
     * counting its tokens takes a hundred times longer than making a plain one, and where nobody asks, most are
     * merged away unweighed.
     *
     * Invariants. The sums are those of the rings from head to head + size. Slots outside hold no part.
     *
     * Complexity. Adding, dropping and summarising are constant for each part, apart from the summarizer and the
     * doubling of the rings, up to the most parts that the policy lets stand.
     */
    private static final int FIRST_CAPACITY = 64;
    private static final long UNKNOWN = -1;

    /// A part that stands for several, with its weight.
    private static final class Summary {
        final Part part;
        final long originalCount;
        long tokens = UNKNOWN;

        Summary(Part part, long originalCount) {
            this.part = part;
            this.originalCount = originalCount;
        }
    }

    private final TokenCounter counter;

    private @Nullable Part[] parts = new Part[FIRST_CAPACITY];
    private long[] tokens = new long[FIRST_CAPACITY];
    // Twice the bytes, plus one where the part ends a turn.
    private long[] marks = new long[FIRST_CAPACITY];
    private int head;
    private int size;

    private final ArrayDeque<Summary> summaries = new ArrayDeque<>();
    private long summaryTokens;
    private long summaryBytes;

    private long keptTokens;
    private long keptBytes;
    private int keptTurns;
    private long addedTokens;
    private long dropped;
    private long summarised;
    // Goes up whenever something but an addition changes the prompt.
    private long version;

    // What the previous prompt began with and this one still does: so many summaries, and the parts behind
    // them.
    private int sharedSummaries;
    private long sharedTokens;

    PromptHistory(TokenCounter counter) {
        this.counter = counter;
    }

    /// Begins a step: the prompt as it is now is the previous one from here on.
    void beginStep() {
        sharedSummaries = summaries.size();
        sharedTokens = keptTokens;
    }

    void add(Part part, long partTokens) {
        if (size == parts.length) {
            grow();
        }
        int at = (head + size) & (parts.length - 1);
        long bytes = part.sizeBytes();
        int turn = part.isEndOfTurn() ? 1 : 0;
        parts[at] = part;
        tokens[at] = partTokens;
        marks[at] = bytes << 1 | turn;
        size++;
        keptTokens += partTokens;
        keptBytes += bytes;
        keptTurns += turn;
        addedTokens += partTokens;
    }

    private void grow() {
        int capacity = parts.length;
        @Nullable Part[] moreParts = new Part[2 * capacity];
        long[] moreTokens = new long[2 * capacity];
        long[] moreMarks = new long[2 * capacity];
        int behind = capacity - head;
        System.arraycopy(parts, head, moreParts, 0, behind);
        System.arraycopy(parts, 0, moreParts, behind, head);
        System.arraycopy(tokens, head, moreTokens, 0, behind);
        System.arraycopy(tokens, 0, moreTokens, behind, head);
        System.arraycopy(marks, head, moreMarks, 0, behind);
        System.arraycopy(marks, 0, moreMarks, behind, head);
        parts = moreParts;
        tokens = moreTokens;
        marks = moreMarks;
        head = 0;
    }

    /// How many parts stand as they came.
    public int keptParts() {
        return size;
    }

    /// How many summaries stand before them.
    public int summaries() {
        return summaries.size();
    }

    /// What the whole prompt weighs in tokens.
    public long tokens() {
        return summaryTokens() + keptTokens;
    }

    /// What the parts that stand as they came weigh in bytes.
    public long keptBytes() {
        return keptBytes;
    }

    /// How many of them end a turn.
    public int keptTurns() {
        return keptTurns;
    }

    /// What the whole prompt weighs in bytes.
    public long bytes() {
        return summaryBytes() + keptBytes;
    }

    long weight(BudgetHistory.Unit unit) {
        return switch (unit) {
            case TOKENS -> tokens();
            case BYTES -> bytes();
        };
    }

    /// What the summaries weigh.
    long summaryWeight(BudgetHistory.Unit unit) {
        return switch (unit) {
            case TOKENS -> summaryTokens();
            case BYTES -> summaryBytes();
        };
    }

    private long summaryTokens() {
        if (summaryTokens == UNKNOWN) {
            long sum = 0;
            for (Summary summary : summaries) {
                if (summary.tokens == UNKNOWN) {
                    summary.tokens = counter.count(summary.part);
                }
                sum += summary.tokens;
            }
            summaryTokens = sum;
        }
        return summaryTokens;
    }

    private long summaryBytes() {
        if (summaryBytes == UNKNOWN) {
            long sum = 0;
            for (Summary summary : summaries) {
                sum += summary.part.sizeBytes();
            }
            summaryBytes = sum;
        }
        return summaryBytes;
    }

    /// A number that differs once anything but an addition has changed the prompt.
    long version() {
        return version;
    }

    /// Parts dropped so far.
    long dropped() {
        return dropped;
    }

    /// Parts summarised so far.
    long summarised() {
        return summarised;
    }

    private void summariesChanged() {
        version++;
        summaryTokens = UNKNOWN;
        summaryBytes = UNKNOWN;
    }

    /// The fewest of the oldest parts that together weigh at least so much; never the newest one, so fewer
    /// where all others do not suffice.
    int oldestOver(BudgetHistory.Unit unit, long excess) {
        int count = 0;
        long weight = 0;
        while (weight < excess && count < size - 1) {
            int at = (head + count) & (parts.length - 1);
            weight += switch (unit) {
                case TOKENS -> tokens[at];
                case BYTES -> marks[at] >>> 1;
            };
            count++;
        }
        return count;
    }

    /// The oldest part that stands as it came.
    ///
    /// @throws NoSuchElementException when there is none
    public Part oldest() {
        Part oldest = parts[head];
        if (oldest == null) {
            throw new NoSuchElementException("no part stands as it came");
        }
        return oldest;
    }

    /// Drops the oldest parts that stand as they came, without trace.
    ///
    /// @param count from 0 to [#keptParts()]
    public void dropOldest(int count) {
        remove(count);
        dropped += count;
    }

    /// Drops the oldest turn: all parts up to the first that ends one. Nothing happens where none does.
    public void dropOldestTurn() {
        if (keptTurns > 0) {
            int count = 1;
            while ((marks[(head + count - 1) & (parts.length - 1)] & 1) == 0) {
                count++;
            }
            dropOldest(count);
        }
    }

    /// Drops all summaries; the parts they stood for still count as summarised.
    public void dropSummaries() {
        sharedSummaries = 0;
        sharedTokens = 0;
        summaries.clear();
        summariesChanged();
    }

    /// Puts one summary in the place of the oldest parts that stand as they came.
    ///
    /// @param count from 1 to [#keptParts()]
    public void summariseOldest(int count, Summarizer summarizer) {
        if (count < 1) {
            throw new IllegalArgumentException("a summary of " + count + " parts; it takes at least 1");
        }
        Summary summary = new Summary(summarizer.summarise(copyOfOldest(count), count), count);
        remove(count);
        summarised += count;
        summaries.addLast(summary);
        summariesChanged();
    }

    /// Puts one summary in the place of the two oldest; nothing happens with fewer.
    public void mergeOldestSummaries(Summarizer summarizer) {
        if (summaries.size() < 2) {
            return;
        }
        Summary first = summaries.removeFirst();
        Summary second = summaries.removeFirst();
        sharedSummaries = 0;
        sharedTokens = 0;
        long originalCount = first.originalCount + second.originalCount;
        Summary merged =
                new Summary(summarizer.summarise(List.of(first.part, second.part), originalCount), originalCount);
        summaries.addFirst(merged);
        summariesChanged();
    }

    private void requireKept(int count) {
        if (count < 0 || count > size) {
            throw new IllegalArgumentException("taking " + count + " parts where " + size + " stand");
        }
    }

    private List<Part> copyOfOldest(int count) {
        requireKept(count);
        Part[] copy = new Part[count];
        int atEnd = Math.min(count, parts.length - head);
        System.arraycopy(parts, head, copy, 0, atEnd);
        System.arraycopy(parts, 0, copy, atEnd, count - atEnd);
        return Arrays.asList(copy);
    }

    private void remove(int count) {
        requireKept(count);
        if (count == 0) {
            return;
        }
        version++;
        // What stood behind the removed ones is no longer where it was.
        sharedTokens = 0;
        sharedSummaries = Math.min(sharedSummaries, summaries.size());
        int mask = parts.length - 1;
        for (int i = 0; i < count; i++) {
            int at = (head + i) & mask;
            parts[at] = null;
            keptTokens -= tokens[at];
            keptBytes -= marks[at] >>> 1;
            keptTurns -= (int) (marks[at] & 1);
        }
        head = (head + count) & mask;
        size -= count;
    }

    /// A copy of the whole prompt, in order.
    List<Part> parts() {
        List<Part> all = new ArrayList<>(summaries.size() + size);
        summaries.forEach(summary -> all.add(summary.part));
        all.addAll(copyOfOldest(size));
        return List.copyOf(all);
    }

    PromptSnapshot snapshot() {
        return new PromptSnapshot(size, dropped, summarised, addedTokens, tokens(), sharedPrefixTokens());
    }

    private long sharedPrefixTokens() {
        long shared = summaryTokens() + sharedTokens;
        var newest = summaries.descendingIterator();
        for (int i = summaries.size(); i > sharedSummaries; i--) {
            shared -= newest.next().tokens;
        }
        return shared;
    }
}

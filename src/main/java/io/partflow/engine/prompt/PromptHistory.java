package io.partflow.engine.prompt;

import io.partflow.engine.content.Part;
import io.partflow.engine.processor.PromptSnapshot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// The parts of a rolling prompt: summaries first, then the parts that stand as they came, oldest first; with
/// running sums, so that nothing is
/// counted twice.
///
/// Confined to the thread of its prompt. A policy changes it through the methods that drop and summarise.
public final class PromptHistory {
    /// A part with its weight, and how many parts as they came it stands for.
    private record Entry(Part part, long tokens, long originalCount) {}

    private final TokenCounter counter;
    private final ArrayDeque<Entry> summaries = new ArrayDeque<>();
    private final ArrayDeque<Entry> kept = new ArrayDeque<>();
    private long summaryTokens;
    private long summaryBytes;
    private long keptTokens;
    private long keptBytes;
    private int keptTurns;
    private long addedTokens;
    private long dropped;
    private long summarised;
    private long sharedPrefixTokens;

    PromptHistory(TokenCounter counter) {
        this.counter = counter;
    }

    /// Begins a step: the prompt as it is now is the previous one from here on.
    void beginStep() {
        sharedPrefixTokens = summaryTokens + keptTokens;
    }

    void add(Part part, long tokens) {
        kept.addLast(new Entry(part, tokens, 1));
        keptTokens += tokens;
        keptBytes += part.sizeBytes();
        keptTurns += part.isEndOfTurn() ? 1 : 0;
        addedTokens += tokens;
    }

    /// How many parts stand as they came.
    public int keptParts() {
        return kept.size();
    }

    /// How many summaries stand before them.
    public int summaries() {
        return summaries.size();
    }

    /// What the whole prompt weighs in tokens.
    public long tokens() {
        return summaryTokens + keptTokens;
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
        return summaryBytes + keptBytes;
    }

    long weight(BudgetHistory.Unit unit) {
        return switch (unit) {
            case TOKENS -> tokens();
            case BYTES -> bytes();
        };
    }

    /// The fewest of the oldest parts that together weigh at least so much; never the newest one, so fewer where all
    /// others do not suffice.
    int oldestOver(BudgetHistory.Unit unit, long excess) {
        int count = 0;
        long weight = 0;
        for (Entry entry : kept) {
            if (weight >= excess || count == kept.size() - 1) {
                break;
            }
            weight += switch (unit) {
                case TOKENS -> entry.tokens();
                case BYTES -> entry.part().sizeBytes();
            };
            count++;
        }
        return count;
    }

    /// The oldest part that stands as it came.
    ///
    /// @throws java.util.NoSuchElementException when there is none
    public Part oldest() {
        return kept.getFirst().part();
    }

    /// Drops the oldest parts that stand as they came, without trace.
    ///
    /// @param count from 0 to [#keptParts()]
    public void dropOldest(int count) {
        take(count);
        dropped += count;
    }

    /// Drops the oldest turn: all parts up to the first that ends one. Nothing happens where none does.
    public void dropOldestTurn() {
        if (keptTurns > 0) {
            boolean ended = false;
            while (!ended) {
                ended = oldest().isEndOfTurn();
                dropOldest(1);
            }
        }
    }

    /// Drops all summaries; the parts they stood for still count as summarised.
    public void dropSummaries() {
        sharedPrefixTokens = 0;
        summaries.clear();
        summaryTokens = 0;
        summaryBytes = 0;
    }

    /// Puts one summary in the place of the oldest parts that stand as they came.
    ///
    /// @param count from 1 to [#keptParts()]
    public void summariseOldest(int count, Summarizer summarizer) {
        if (count < 1) {
            throw new IllegalArgumentException("a summary of " + count + " parts; it takes at least 1");
        }
        summarised += count;
        addSummary(take(count), count, summarizer, false);
    }

    /// Puts one summary in the place of the two oldest; nothing happens with fewer.
    public void mergeOldestSummaries(Summarizer summarizer) {
        if (summaries.size() < 2) {
            return;
        }
        Entry first = summaries.removeFirst();
        Entry second = summaries.removeFirst();
        summaryTokens -= first.tokens() + second.tokens();
        summaryBytes -= first.part().sizeBytes() + second.part().sizeBytes();
        sharedPrefixTokens = 0;
        addSummary(
                List.of(first.part(), second.part()), first.originalCount() + second.originalCount(), summarizer, true);
    }

    private void addSummary(List<Part> parts, long originalCount, Summarizer summarizer, boolean atFront) {
        Part part = summarizer.summarise(parts, originalCount);
        Entry summary = new Entry(part, counter.count(part), originalCount);
        summaryTokens += summary.tokens();
        summaryBytes += part.sizeBytes();
        if (atFront) {
            summaries.addFirst(summary);
        } else {
            summaries.addLast(summary);
        }
    }

    private List<Part> take(int count) {
        if (count > kept.size()) {
            throw new IllegalArgumentException("taking " + count + " parts where " + kept.size() + " stand");
        }
        if (count > 0) {
            sharedPrefixTokens = Math.min(sharedPrefixTokens, summaryTokens);
        }
        List<Part> taken = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Entry entry = kept.removeFirst();
            keptTokens -= entry.tokens();
            keptBytes -= entry.part().sizeBytes();
            keptTurns -= entry.part().isEndOfTurn() ? 1 : 0;
            taken.add(entry.part());
        }
        return taken;
    }

    /// A copy of the whole prompt, in order.
    List<Part> parts() {
        List<Part> all = new ArrayList<>(summaries.size() + kept.size());
        summaries.forEach(entry -> all.add(entry.part()));
        kept.forEach(entry -> all.add(entry.part()));
        return List.copyOf(all);
    }

    PromptSnapshot snapshot() {
        return new PromptSnapshot(kept.size(), dropped, summarised, addedTokens, tokens(), sharedPrefixTokens);
    }
}

package io.partflow.engine.prompt;

import io.partflow.engine.processor.PromptSnapshot;
import java.util.ArrayDeque;
import java.util.List;

/// The last steps of a prompt's policy. Confined to the thread of the prompt.
final class StepLog {
    /// How many steps are kept; older ones go.
    static final int MOST_STEPS = 64;

    private final PromptHistory history;
    private final ArrayDeque<PromptSnapshot.Step> steps = new ArrayDeque<>();
    private List<PromptSnapshot.Step> copy = List.of();
    private boolean copied = true;
    private long seen;
    private long parts;
    private long versionBefore;
    private long droppedBefore;
    private long summarisedBefore;
    private long tokensBefore;

    StepLog(PromptHistory history) {
        this.history = history;
    }

    /// Notes that a part was added.
    void added() {
        parts++;
    }

    /// The policy is about to be asked.
    void begin() {
        versionBefore = history.version();
        droppedBefore = history.dropped();
        summarisedBefore = history.summarised();
        tokensBefore = history.tokens();
    }

    /// The policy has been asked; a step in which it changed nothing is none.
    void end() {
        if (history.version() == versionBefore) {
            return;
        }
        seen++;
        if (steps.size() == MOST_STEPS) {
            steps.removeFirst();
        }
        PromptSnapshot now = history.snapshot();
        steps.addLast(new PromptSnapshot.Step(
                parts,
                now.partsKept(),
                now.partsDropped() - droppedBefore,
                now.partsSummarised() - summarisedBefore,
                tokensBefore,
                now.tokensAfter(),
                now.sharedPrefixTokens()));
        copied = false;
    }

    /// Oldest first; the same list while nothing is added.
    List<PromptSnapshot.Step> steps() {
        if (!copied) {
            copy = List.copyOf(steps);
            copied = true;
        }
        return copy;
    }

    /// How many there were.
    long seen() {
        return seen;
    }
}
